"""Does a conversation keep its case? Scripted follow-ups, each with what a clinician must see after it."""
