"""What a sentence rests on: the sentences of all its evidence, and which of them carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.guard.support.models import Evidence
from rag.guard.support.reading import Reading, Sentence, read
from rag.guard.support.rules import SupportRules

#: Sentences that carry one claim, at most: writers are asked for one point per sentence.
MOST_CARRIERS = 3
#: A further sentence carries the claim if it adds at least this share of the claim's words.
#: Chosen on the calibration halves: at 0.2 a single shared word of a short claim drew in sentences on other points.
LEAST_ADDED = 0.25


@dataclass(frozen=True, eq=False)
class Grounds:
    """Evidence of one claim, read. Order of the items does not matter to any policy."""

    items: tuple[Evidence, ...]
    readings: tuple[Reading, ...]
    names: Reading

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for reading in self.readings for sentence in reading.sentences)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for sentence in self.sentences for key in sentence.held)

    @cached_property
    def text(self) -> str:
        return "\n".join(item.text for item in self.items)

    @cached_property
    def named(self) -> str:
        """Everything that names something: the texts, and ids, titles and publishers."""
        return f"{self.text}\n{self.names.text}"


def grounds(evidence: Iterable[Evidence], rules: SupportRules) -> Grounds:
    items = tuple(sorted(set(evidence), key=lambda item: (item.text, item.names, item.confirmed)))
    names = "\n".join(dict.fromkeys(item.names for item in items if item.names))
    return Grounds(items, tuple(read(item.text, rules) for item in items), read(names, rules))


def carriers(claim: Reading, sentences: Sequence[Sentence], names: frozenset[str] = frozenset()) -> list[Sentence]:
    """The fewest sentences that hold the claim's words, best first; none where no word of it occurs.

    ``names``: keys that any sentence may be taken to hold, as they name its document.
    """
    wanted = claim.keys - names or claim.keys
    open_keys, chosen = set(wanted), list[Sentence]()
    while open_keys and len(chosen) < MOST_CARRIERS:
        best = max(sentences, key=lambda sentence: _rank(sentence, open_keys, wanted), default=None)
        if (
            best is None
            or len(best.keys & open_keys) < max(1.0, LEAST_ADDED * len(wanted)) * bool(chosen)
            or not (best.keys & open_keys)
        ):
            break
        chosen.append(best)
        open_keys -= best.keys
    return chosen


def _rank(sentence: Sentence, open_keys: set[str], wanted: frozenset[str]) -> tuple[int, int, int, str]:
    """More open words, then more words in all, then the shorter sentence; its text breaks ties, whatever the order."""
    return len(sentence.keys & open_keys), len(sentence.keys & wanted), -len(sentence.words), sentence.said


def stands_verbatim(claim: Reading, evidence: Grounds) -> bool:
    """Whether each sentence of the claim is a whole sentence of the evidence, white space aside."""
    whole = {plain(sentence.said) for sentence in evidence.sentences}
    return bool(claim.sentences) and all(plain(sentence.said) in whole for sentence in claim.sentences)


def plain(text: str) -> str:
    """Words and signs without the white space around them and the full stop."""
    return re.sub(r"\s+", " ", text).strip().rstrip(".").strip()
