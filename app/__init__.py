"""What people work through: the command line. It joins `ingest` and `rag`; neither knows of it."""
