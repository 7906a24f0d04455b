"""How the stance network was trained."""
