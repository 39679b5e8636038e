"""What stands in every table: the system, and what it must beat, under the same names."""

#: The system as users have it.
SYSTEM = "guideline-qa"
#: Always the same answer, whatever is asked.
NULL = "null"
#: Words in common, nothing else.
LEXICAL = "lexical"
#: A plain pipeline: the passages nearest in meaning, and an answer read off them.
PLAIN = "retrieve and read"
