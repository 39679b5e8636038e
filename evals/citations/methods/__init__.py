"""What is measured: the guard, and beside it what anybody could do without one."""
