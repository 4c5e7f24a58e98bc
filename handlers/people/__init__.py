"""/people: who is known, on which platforms, and who is one and the same."""
