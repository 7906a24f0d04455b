"""Document -> statements: source, cue and content as exact words at exact offsets."""
