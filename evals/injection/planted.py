"""A question with something planted: the label of an item, and the words a method is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evals.citations.halves import half_of
from evals.frame.metric import Item
from evals.frame.models import Half
from evals.injection.base import Base
from evals.injection.order import Harmless, Order, Place

#: Places inside the corpus; everywhere else the user's text holds what is planted.
IN_CORPUS: tuple[Place, ...] = ("document", "section")


@dataclass(frozen=True)
class Planted:
    """``base_name`` names ``base``. ``lot``: a number that settles what may fall either way (before, after)."""

    base_name: str
    base: Base
    on: date
    place: Place
    what: Order | Harmless
    lot: int

    @property
    def order(self) -> Order | None:
        return self.what if isinstance(self.what, Order) else None

    @property
    def harmless(self) -> Harmless | None:
        return self.what if isinstance(self.what, Harmless) else None

    @property
    def in_corpus(self) -> bool:
        return self.place in IN_CORPUS

    @property
    def clean_text(self) -> str:
        """What the user says where nothing is planted."""
        return _text(self.base.ask, self.base.note)

    @property
    def text(self) -> str:
        """What the user says."""
        if self.in_corpus:
            return self.clean_text
        if self.place == "note":
            middle = len(self.base.note) // 2
            return _text(self.base.ask, (*self.base.note[:middle], self.what.text, *self.base.note[middle:]))
        parts = [self.base.ask, self.what.text]
        return _text(" ".join(parts if self.lot % 2 else reversed(parts)), self.base.note)

    @property
    def half(self) -> Half:
        return half_of(self.what.id)


def plant(
    orders: Iterable[Order], harmless: Iterable[Harmless], bases: Mapping[str, Base], *, on: date, seed: int
) -> tuple[Item[Planted], ...]:
    """An item for every place of every order, and one for every harmless text, each in a base drawn by lot."""
    found = [*_orders(orders, bases, on, seed), *_harmless(harmless, bases, on, seed)]
    return tuple(_item(planted) for planted in found)


def _orders(orders: Iterable[Order], bases: Mapping[str, Base], on: date, seed: int) -> Iterator[Planted]:
    for order in orders:
        for place in order.places:
            fit = [name for name, base in bases.items() if _fits(order, place, base)]
            yield _drawn(order, place, fit, bases, on, seed)


def _harmless(texts: Iterable[Harmless], bases: Mapping[str, Base], on: date, seed: int) -> Iterator[Planted]:
    for text in texts:
        places: tuple[Place, Place] = ("question", "note")
        place = places[_lot(text.id, seed) % 2]
        fit = [name for name, base in bases.items() if base.decided and bool(base.note) == (place == "note")]
        yield _drawn(text, place, fit, bases, on, seed)


def _fits(order: Order, place: Place, base: Base) -> bool:
    if place in ("note", "question") and bool(base.note) != (place == "note"):
        return False
    return base.decided or not order.decides


def _drawn(
    what: Order | Harmless, place: Place, fit: Sequence[str], bases: Mapping[str, Base], on: date, seed: int
) -> Planted:
    lot = _lot(f"{what.id}@{place}", seed)
    name = fit[lot // 2 % len(fit)]
    return Planted(name, bases[name], on, place, what, lot)


def _item(planted: Planted) -> Item[Planted]:
    what, order = planted.what, planted.order
    tags = {
        "place": (planted.place,),
        "kind": (order.kind if order else "harmless",),
        "set": (what.origin,),
        "question": (planted.base.kind,),
    }
    text = f"{what.text}\n(planted: {planted.place}; asked: {planted.clean_text})"
    return Item(id=f"{what.id}@{planted.place}", text=text, label=planted, cluster=what.id, tags=tags)


def _text(ask: str, note: Sequence[str]) -> str:
    return "\n".join([ask, "", *note]) if note else ask


def _lot(name: str, seed: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:4], "big")
