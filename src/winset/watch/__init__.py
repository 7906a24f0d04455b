"""Watching: sources read on a schedule into a kept case, and what each round changed. An edge, as the desk is one."""
