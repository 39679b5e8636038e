"""Is what has no source, or is no question for a machine, refused, and nothing else."""
