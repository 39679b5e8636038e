"""Samples into figures: medians with their range, and how the first thing measured stands to the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Literal

from pydantic import BaseModel, ConfigDict

Unit = Literal["s", "MB", "per s", "count"]


@dataclass(frozen=True)
class Samples:
    """What was measured of `name`, once per repeat; at least one value."""

    name: str
    quantity: str
    unit: Unit
    values: tuple[float, ...]


class FrozenModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(FrozenModel):
    """`subject_over_this` divides the subject's median by this one; None for the subject and where there is none."""

    name: str
    quantity: str
    unit: Unit
    median: float
    lowest: float
    highest: float
    values: tuple[float, ...]
    subject_over_this: float | None


class Section(FrozenModel):
    """`subject` is what the others are compared with: the name of the first row."""

    title: str
    subject: str
    rows: tuple[Row, ...]


class Report(FrozenModel):
    """`load_average` is that of the minute before; above zero, others worked on the machine's processors."""

    repeats: int
    processors: int
    load_average: float
    python: str
    program: str
    sections: tuple[Section, ...]


def section(title: str, samples: Iterable[Samples]) -> Section:
    """One section; the name measured first is its subject."""
    measured = tuple(samples)
    subject = measured[0].name
    medians = {one.quantity: median(one.values) for one in measured if one.name == subject}
    return Section(title=title, subject=subject, rows=tuple(_row(one, subject, medians) for one in measured))


def _row(one: Samples, subject: str, medians: dict[str, float]) -> Row:
    middle = median(one.values)
    compared = one.name != subject and one.quantity in medians and middle != 0
    return Row(
        name=one.name,
        quantity=one.quantity,
        unit=one.unit,
        median=middle,
        lowest=min(one.values),
        highest=max(one.values),
        values=one.values,
        subject_over_this=medians[one.quantity] / middle if compared else None,
    )
