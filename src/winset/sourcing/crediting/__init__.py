"""What a document says that it rests on: media, documents, notes and lists, links, occasions, persons."""
