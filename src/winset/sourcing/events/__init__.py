"""What happened when, or is planned."""
