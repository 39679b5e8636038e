"""What the chat page and the API keep: threads, reviews and the audit trail, in one database."""
