"""The small network that reads a statement together with its context and the proposal."""
