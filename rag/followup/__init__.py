"""Follow-ups: what a later message means, and what it does to the case."""
