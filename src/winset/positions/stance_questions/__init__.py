"""What a language model is asked about a stance, what it may answer, and what of its answer holds."""
