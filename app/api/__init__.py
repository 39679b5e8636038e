"""The HTTP API: the same core as the command line and the page, for programs."""
