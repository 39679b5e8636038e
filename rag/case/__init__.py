"""Reading facts out of text, each with the words that say it: words in, facts out."""
