"""What the system is measured by, seen from outside."""
