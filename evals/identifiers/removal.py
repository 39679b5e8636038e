"""What a method removed of one text, and what each item asks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from evals.frame.metric import Item
from evals.identifiers.notes import LabelledSpan, LabelledText

#: What a method removes of a text, as offsets.
Finder = Callable[[str], Iterable[tuple[int, int]]]

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True)
class Label:
    """One identifier of a text; or, without ``span``, the rest of that text."""

    note: LabelledText
    span: LabelledSpan | None = None


@dataclass(frozen=True)
class Removal:
    """``gone``: places in the text."""

    text: str
    gone: frozenset[int]

    def covers(self, span: LabelledSpan) -> bool:
        """Whether every letter and digit of it is gone; a point or a space says nothing."""
        return all(at in self.gone for at in range(span.start, span.end) if self.text[at].isalnum())

    def left(self, places: Iterable[int]) -> str:
        """What still stands there of letters and digits; a dot for each that is gone."""
        return "".join("·" if at in self.gone else self.text[at] for at in places if self.text[at].isalnum())


@dataclass(frozen=True)
class Removing:
    """A method of the frame: each text is read once."""

    find: Finder
    _known: dict[str, Removal] = field(default_factory=dict)

    def __call__(self, item: Item[Label]) -> Removal:
        text = item.label.note.text
        if text not in self._known:
            gone = frozenset(at for start, end in self.find(text) for at in range(start, end))
            self._known[text] = Removal(text, gone)
        return self._known[text]


def items_of(notes: Sequence[LabelledText]) -> list[Item[Label]]:
    """For each text its rest, then each of its identifiers; those of one text depend on each other."""
    return [item for note in notes for item in _items(note)]


def _items(note: LabelledText) -> Iterator[Item[Label]]:
    yield Item(id=note.id, text=note.text, label=Label(note), cluster=note.id)
    for span in note.spans:
        yield Item(
            id=f"{note.id}/{span.start}",
            text=note.text,
            label=Label(note, span),
            cluster=note.id,
            tags={"identifier": (span.kind,)},
        )


def other_places(note: LabelledText) -> list[int]:
    """Letters and digits that identify nobody."""
    labelled = _labelled(note)
    return [at for at, sign in enumerate(note.text) if sign.isalnum() and at not in labelled]


def other_tokens(note: LabelledText) -> list[range]:
    """What stands between spaces and has nothing labelled in it."""
    labelled = _labelled(note)
    found = [range(*match.span()) for match in _TOKEN.finditer(note.text)]
    return [token for token in found if labelled.isdisjoint(token)]


def _labelled(note: LabelledText) -> frozenset[int]:
    return frozenset(at for span in note.spans for at in range(span.start, span.end))
