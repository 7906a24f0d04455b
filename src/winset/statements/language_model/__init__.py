"""What a language model is shown of a document, what it may answer, and where the words of its answer stand."""
