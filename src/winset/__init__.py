"""winset: documents in, a cited answer out. Who stands where, who can block, what could still pass."""

__version__ = "0.1.0"
