"""Which credits mean one source, which statements one utterance, and where each comes from in the end."""
