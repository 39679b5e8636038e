"""The tools of a Model Context Protocol server: the core's answers for an assistant that asks on a user's behalf."""
