"""A person's review of an article: its states, its history, and what an approval rests on."""
