"""One metric, one file: each gives a figure with its n, its 95 % interval and the counts behind it."""
