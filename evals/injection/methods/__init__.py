"""What is compared: the system, and ways of answering that know less."""
