"""What the body's rule makes of the positions: blockers, what could pass, how sure. Runs from numbers alone."""
