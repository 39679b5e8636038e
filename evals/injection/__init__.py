"""Do orders hidden in questions, notes and documents change nothing."""
