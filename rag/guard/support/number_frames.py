"""A sentence that repeats its source word for word, with another number in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.guard.support.reading import Sentence
from rag.guard.support.rules import SupportRules

_FIGURES = r"\d+(?:[.,]\d+)*"
_FRAME = "#"


def altered(sentence: Sentence, sources: Sequence[Sentence], rules: SupportRules) -> str | None:
    """A reason where the words are those of a source's sentence and some number is not."""
    words, said = _parted(sentence, rules)
    if not said:
        return None
    known = [numbers for source in sources for frame, numbers in (_parted(source, rules),) if frame == words]
    if not known or said in known:
        return None
    changed = next(one for one, other in zip(said, known[0], strict=True) if one != other)
    return f"it repeats what it cites with another number (“{changed}”)"


@lru_cache(maxsize=2048)
def _parted(sentence: Sentence, rules: SupportRules) -> tuple[str, tuple[str, ...]]:
    """The sentence with a mark for each number, and the numbers."""
    number = re.compile(rf"{rules.numbers.number.pattern}|{_FIGURES}", re.IGNORECASE)
    said = re.sub(r"\s+", " ", sentence.said).strip().rstrip(".")
    return number.sub(_FRAME, said).lower(), tuple(found[0].lower() for found in number.finditer(said))
