"""Does the guard accept what a passage supports, and nothing else? Claims beside passages, judged by people."""
