"""Reports of negotiations: "X, supported by Y and opposed by Z, proposed ...", each actor with its own stance."""
