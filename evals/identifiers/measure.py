"""How much of what identifies is removed, and how much of the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from evals.identifiers.notes import LabelledText
from evals.identifiers.report import IdentifierReport, Shown
from evals.metrics.figure import Figure
from rag.guard.identifiers.models import Kind

#: What a method removes of a text, as offsets.
Finder = Callable[[str], Iterable[tuple[int, int]]]

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class _Outcome:
    note: LabelledText
    gone: frozenset[int]

    @property
    def labelled(self) -> set[int]:
        return {at for span in self.note.spans for at in range(span.start, span.end)}

    def covers(self, start: int, end: int) -> bool:
        """Whether every letter and digit between is gone; a point or a space says nothing."""
        return all(at in self.gone for at in range(start, end) if self.note.text[at].isalnum())

    def rest(self) -> set[int]:
        """Letters and digits that identify nobody."""
        return {at for at, sign in enumerate(self.note.text) if sign.isalnum()} - self.labelled

    def tokens(self) -> list[set[int]]:
        """What stands between spaces and has nothing labelled in it."""
        found = [set(range(*match.span())) for match in _TOKEN.finditer(self.note.text)]
        return [token for token in found if not token & self.labelled]


def measure(notes: Sequence[LabelledText], find: Finder, *, half: str, failures: int) -> IdentifierReport:
    """All figures of one method on these texts; ``failures``: how many texts with an error to show."""
    found = [_Outcome(note, _characters(find(note.text))) for note in notes]
    spans = [(span.kind, outcome.covers(span.start, span.end)) for outcome in found for span in outcome.note.spans]
    kinds = [kind for kind in get_args(Kind) if any(kind == one for one, _ in spans)]
    return IdentifierReport(
        half=half,
        texts=len(notes),
        recall=_recall([covered for _, covered in spans]),
        recall_by_kind={kind: _recall([covered for one, covered in spans if one == kind]) for kind in kinds},
        characters_lost=_characters_lost(found),
        tokens_lost=_tokens_lost(found),
        clean_texts_changed=_changed([outcome for outcome in found if not outcome.note.spans]),
        failures=tuple(_shown(found))[:failures],
    )


def _recall(covered: Collection[bool]) -> Figure:
    return Figure.share(sum(covered), len(covered), of="identifiers", are="were removed whole")


def _characters_lost(found: Iterable[_Outcome]) -> Figure:
    """Letters of a text go together, so the interval is narrower than the truth."""
    counts = [(len(outcome.rest() & outcome.gone), len(outcome.rest())) for outcome in found]
    return Figure.share(
        sum(lost for lost, _ in counts), sum(n for _, n in counts), of="other characters", are="were removed"
    )


def _tokens_lost(found: Iterable[_Outcome]) -> Figure:
    tokens = [bool(token & outcome.gone) for outcome in found for token in outcome.tokens()]
    return Figure.share(sum(tokens), len(tokens), of="other tokens", are="were touched")


def _changed(found: Collection[_Outcome]) -> Figure:
    changed = sum(bool(outcome.gone) for outcome in found)
    return Figure.share(changed, len(found), of="texts without identifiers", are="were changed")


def _shown(found: Iterable[_Outcome]) -> Iterable[Shown]:
    for outcome in found:
        text, spans = outcome.note.text, outcome.note.spans
        missed = [text[span.start : span.end] for span in spans if not outcome.covers(span.start, span.end)]
        lost = ["".join(text[at] for at in sorted(token)) for token in outcome.tokens() if token & outcome.gone]
        if missed or lost:
            yield Shown(id=outcome.note.id, missed=tuple(missed), lost=tuple(lost))


def _characters(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))
