"""Questions with coded answers, and how often `winset ask` finds them or says that there is none."""
