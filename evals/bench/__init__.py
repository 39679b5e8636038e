"""How fast and how large: each figure from real processes, beside a named alternative, in one run."""
