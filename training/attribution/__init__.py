"""Train the attributor that winset ships: see README.md in this folder."""
