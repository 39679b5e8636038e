"""What reads facts: the system, and what it must beat. Each is called with an item and gives values by fact."""
