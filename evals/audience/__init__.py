"""Do other words for other readers leave facts, citations and verdict alone, and are they easier to read?"""
