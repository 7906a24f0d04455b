"""One file for each coded set: predictions from its texts alone, measured by the set's own scorer."""
