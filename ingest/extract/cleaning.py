"""Characters no text needs: what is left is safe to show, and the same file gives the same text."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters; marks that turn the direction of writing, which can show another text than the one that is read;
# invisible marks; and halves of characters, which no output can hold.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+(?=\n|$)")
_BLANK_LINES = re.compile(r"\n{3,}")
# Typesetters' joined letters: a word with one is found by nobody.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def cleaned(text: str) -> str:
    """Newlines as line ends, no unseen characters, no spaces before a line end, at most one blank line in a row."""
    lines = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).translate(_LIGATURES)
    return _BLANK_LINES.sub("\n\n", _SPACES.sub("", lines)).strip("\n")
