"""Other tools' formats, in and out: case files in YAML, statements as JSON lines."""
