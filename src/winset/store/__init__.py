"""A case that is kept: one SQLite file, its schema in numbered migrations."""
