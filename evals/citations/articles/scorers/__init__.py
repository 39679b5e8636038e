"""Who says whether cited passages support a sentence: the guard, words in common, and models asked beside them."""
