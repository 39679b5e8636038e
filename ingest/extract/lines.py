"""Lines of a page joined to the sentences they were set from."""

from __future__ import annotations

import re
from itertools import pairwise

#: A line at least this share of the page's longest one was broken at the margin, not ended by its writer.
FULL_LINE = 0.7
_ENDED = re.compile(r"[.:;?!|]$")
#: What goes on in the middle of a sentence: small letters, numbers with what they count, an opening bracket.
_GOES_ON = re.compile(r"[a-z(]|\d+(?:\.\d+)? ?(?:%|[a-z])")


def unwrapped(page: str) -> str:
    """A sentence set over several lines becomes one line; lists, tables and short lines keep theirs."""
    lines = page.split("\n")
    full = FULL_LINE * max(map(len, lines))
    joined = lines[:1]
    for before, line in pairwise(lines):
        if len(before) >= full and not _ENDED.search(before) and _GOES_ON.match(line):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return "\n".join(joined)
