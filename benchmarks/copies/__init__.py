"""A made-up syndicated corpus, and who copied whom in it."""
