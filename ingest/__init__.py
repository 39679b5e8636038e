"""Documents to passages to vectors: everything that happens to the corpus before a question is asked."""
