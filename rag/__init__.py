"""From a question to a checked article: read the case, decide, retrieve, write, guard."""
