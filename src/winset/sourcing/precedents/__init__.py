"""Earlier instances of the kind of thing that is proposed."""
