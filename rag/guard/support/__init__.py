"""Whether the words of a passage support a sentence, judged by small policies that each give a reason."""
