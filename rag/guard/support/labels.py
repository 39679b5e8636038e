"""Names, codes, dates and numbers that were exchanged: each stands beside the words it stands beside in its source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import SupportRules

POLICY = "names"
_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][\w-]*[a-z][\w-]*(?:(?: |-| & )[A-Z][\w-]*)*")
_PART = re.compile(r"[,;:()]|(?<!\w)(?:and|or|but|while|whereas|where|when|which|who|so|if)(?!\w)", re.IGNORECASE)
#: Kinds whose exchange another policy finds.
_OWN_POLICY = frozenset({"number", "code"})
#: Words beside a label that have to stand beside another one, at least: one alone may be a word of the whole sentence.
LEAST = 2


@dataclass(frozen=True, eq=False)
class Label:
    """``kind``: labels of one kind can be mistaken for each other. ``beside``: keys of the words of its part of the
    sentence. ``begins``: its capital may be that of the sentence.
    """

    key: str
    kind: str
    text: str
    start: int
    end: int
    beside: frozenset[str]
    begins: bool

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def labels(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each label that stands where the source has another, or beside one it is kept apart from."""
    cited = [labels_in(sentence, rules) for sentence in evidence.sentences]
    for sentence in claim.sentences:
        every = labels_in(sentence, rules)
        said = [one for one in every if not _names_document(one, evidence)]
        for one in said:
            if one.kind not in _OWN_POLICY and _exchanged(one, cited):
                yield Finding(POLICY, f"“{one.words}” stands where what it cites has another")
        for one, other in pairwise(said):
            if not _parted(one, other) and _kept_apart(one, other, {each.key for each in every}, cited):
                yield Finding(POLICY, f"“{one.words}” and “{other.words}” do not belong together in what it cites")


def _names_document(one: Label, evidence: Grounds) -> bool:
    return re.search(rf"(?<!\w){re.escape(one.words)}(?!\w)", evidence.names.text, re.IGNORECASE) is not None


def _exchanged(one: Label, cited: list[tuple[Label, ...]]) -> bool:
    own = [other.beside for found in cited for other in found if _is(other, one)]
    rivals = [
        other.beside
        for found in cited
        for other in found
        if other.kind == one.kind and not other.begins and not _is(other, one)
    ]
    held = frozenset[str]().union(*own)
    here = one.beside & held - frozenset[str]().union(*rivals)
    there = max((len(one.beside & beside - held) for beside in rivals), default=0)
    return bool(own) and there >= LEAST and there > len(here)


def _parted(one: Label, other: Label) -> bool:
    return _PART.search(one.text, one.end, other.start) is not None


def _kept_apart(one: Label, other: Label, said: set[str], cited: list[tuple[Label, ...]]) -> bool:
    """Wherever the source has both in a sentence, labels that the claim does not have, or a comma, part them."""
    apart = [
        any(each.key not in said for each in found[low + 1 : high]) or _comma_between(found[low], found[high])
        for found in cited
        for low, high in _neighbours(found, one, other)
    ]
    return bool(apart) and all(apart)


def _neighbours(found: tuple[Label, ...], one: Label, other: Label) -> Iterator[tuple[int, int]]:
    """Where the one stands next to the other, none of the two in between."""
    last: tuple[int, Label] | None = None
    for number, each in enumerate(found):
        sides = [side for side in (one, other) if _is(each, side)]
        for side in sides:
            if last is not None and last[1] is not side:
                yield last[0], number
            last = (number, side)


def _comma_between(low: Label, high: Label) -> bool:
    """Two names a comma apart are members of a list, and one of them says nothing of the other."""
    between = low.text[low.end : high.start]
    return low.kind == high.kind == "name" and re.search("[,;]", between) is not None


def _is(cited: Label, said: Label) -> bool:
    """ "Noridian JF" is "Noridian" too."""
    return cited.kind == said.kind and set(said.key.split()) <= set(cited.key.split())


@lru_cache(maxsize=8192)
def labels_in(sentence: Sentence, rules: SupportRules) -> tuple[Label, ...]:
    """In order; a stretch is one label."""
    text = sentence.text[: sentence.end]
    spans = [(amount.start, amount.end, "number") for amount in sentence.amounts]
    patterns = [("code", rules.names.codes), ("level", rules.names.levels), ("part", rules.names.designators)]
    for kind, pattern in (*patterns, ("name", _CAPITALISED)):
        for found in pattern.finditer(text, sentence.start):
            ordinary = kind == "name" and (found[0] in rules.names.ordinary or found[0].lower() in rules.stop_words)
            if not ordinary and not any(low < found.end() and found.start() < high for low, high, _ in spans):
                spans.append((*found.span(), kind))
    edges = [sentence.start, *(found.start() for found in _PART.finditer(text, sentence.start)), sentence.end]
    return tuple(_label(sentence, low, high, kind, edges) for low, high, kind in sorted(spans))


def _label(sentence: Sentence, start: int, end: int, kind: str, edges: list[int]) -> Label:
    place = bisect_right(edges, start) - 1
    beside = frozenset(word.key for word in sentence.between(edges[place], edges[min(place + 1, len(edges) - 1)]))
    own = frozenset(word.key for word in sentence.between(start, end))
    key = re.sub(r"\W+", " ", sentence.text[start:end].lower())
    begins = kind == "name" and start == sentence.start
    return Label(key, kind, sentence.text, start, end, beside - own, begins)
