"""Who the source of a statement is and whom it represents: states, bodies, offices and people, with dates."""
