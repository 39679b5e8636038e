"""Does the same input give the same bytes, in another process, order and surrounding?"""
