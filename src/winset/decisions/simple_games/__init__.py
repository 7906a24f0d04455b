"""Simple voting games and the counting of their coalitions: what the indices of power are made from."""
