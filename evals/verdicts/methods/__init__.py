"""What gives a status: the system, and what it must beat. Each is called with an item and says a status in words."""
