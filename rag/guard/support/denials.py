"""Which words of a sentence its negations reach."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from rag.guard.support.reading import Sentence
from rag.guard.support.rules import NegationRules

#: Characters in which a negation's reach ends: its words are counted, and none is longer than most sentences.
FARTHEST = 300


@dataclass(frozen=True, eq=False)
class Denials:
    """Stretches of the text from a negation to the end of its reach."""

    spans: tuple[tuple[int, int], ...]

    def covers(self, start: int) -> bool:
        place = bisect_right(self.spans, (start, sys.maxsize)) - 1
        return any(low <= start < high for low, high in self.spans[max(0, place - 1) : place + 1])


@lru_cache(maxsize=4096)
def denials(sentence: Sentence, rules: NegationRules) -> Denials:
    text = sentence.text[: sentence.end]
    harmless = bytearray(len(text) + 1)
    for found in rules.not_cue.finditer(text, sentence.start):
        harmless[found.start() : found.end()] = b"x" * (found.end() - found.start())
    cues = [found for found in rules.cue.finditer(text, sentence.start) if not harmless[found.start()]]
    return Denials(tuple((cue.end(), _reach(cue, text, sentence, rules)) for cue in cues))


def _reach(cue: re.Match[str], text: str, sentence: Sentence, rules: NegationRules) -> int:
    """The end of the clause, or of the words a negation reaches at most."""
    border = rules.end.search(text, cue.end(), cue.end() + FARTHEST)
    end = border.start() if border else sentence.end
    most = rules.short_reach if rules.short.fullmatch(cue[0]) else rules.reach
    first = bisect_left(sentence.word_starts, cue.end())
    reached = [word for word in sentence.words[first : first + most] if word.start < end]
    return reached[-1].end if reached else cue.end()
