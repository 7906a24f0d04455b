"""Actors joined by the stances they share, over time: discourse networks."""
