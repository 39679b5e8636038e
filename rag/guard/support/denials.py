"""Which words of a sentence its negations reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.guard.support.reading import Sentence
from rag.guard.support.rules import NegationRules


@dataclass(frozen=True, eq=False)
class Denials:
    """Stretches of the text from a negation to the end of its reach."""

    spans: tuple[tuple[int, int], ...]

    def covers(self, start: int) -> bool:
        return any(low <= start < high for low, high in self.spans)


@lru_cache(maxsize=4096)
def denials(sentence: Sentence, rules: NegationRules) -> Denials:
    text = sentence.text[: sentence.end]
    harmless = [found.span() for found in rules.not_cue.finditer(text, sentence.start)]
    cues = [
        found
        for found in rules.cue.finditer(text, sentence.start)
        if not any(low <= found.start() < high for low, high in harmless)
    ]
    return Denials(tuple((cue.end(), _reach(cue, text, sentence, rules)) for cue in cues))


def _reach(cue: re.Match[str], text: str, sentence: Sentence, rules: NegationRules) -> int:
    """The end of the clause, or of the words a negation reaches at most."""
    border = rules.end.search(text, cue.end())
    end = border.start() if border else sentence.end
    most = rules.short_reach if rules.short.fullmatch(cue[0]) else rules.reach
    reached = [word for word in sentence.words if cue.end() <= word.start < end][:most]
    return reached[-1].end if reached else cue.end()
