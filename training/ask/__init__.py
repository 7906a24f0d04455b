"""Fits how a question's passages are weighed, and when nothing is held to answer it."""
