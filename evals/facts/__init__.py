"""How well the facts of a text are read."""
