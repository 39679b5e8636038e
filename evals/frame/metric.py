"""A metric: what it looks at, and how it judges one item that was played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Label = TypeVar("Label")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Check:
    """One judgement. ``value``: 1 right, 0 wrong. ``part``: what of the item it is on, where there are several."""

    value: float
    expected: str = ""
    found: str = ""
    part: str = ""


@dataclass(frozen=True)
class Item(Generic[Label]):
    """Something to be answered, with its label. ``tags``: the slices it belongs to, such as ``{"payer": ("x",)}``."""

    id: str
    text: str
    label: Label
    cluster: str = ""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Played(Generic[Label, Outcome]):
    """An item beside what a method made of it; ``outcome`` is None where it broke, and ``error`` says how."""

    item: Item[Label]
    outcome: Outcome | None
    error: str = ""


@dataclass(frozen=True)
class Metric(Generic[Label, Outcome]):
    """``judge`` gives a check for each thing it judges on an item, none where the item says nothing of it.

    It is never asked about an outcome that is not there: that fails as one check, as does a judge that breaks, with
    the value ``worst``.
    """

    name: str
    about: str
    judge: Callable[[Label, Outcome], Iterable[Check]]
    of: str = "judgements"
    higher_is_better: bool = True
    worst: float = 0.0

    def __post_init__(self) -> None:
        if not self.higher_is_better and self.worst <= 0:
            raise ValueError(f"{self.name}: where lower is better, say what counts as worst")
