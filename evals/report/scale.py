"""How the figures of a metric are written and drawn: shares from 0 to 1, or amounts such as seconds and grades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

from evals.bench.figures import Unit
from evals.bench.table import amount
from evals.frame.models import Measure
from evals.metrics.figure import DIGITS, Figure

#: Digits of a share; more where fewer would make it look whole, or nothing.
SHARE_DIGITS = 3
#: Steps an axis has at most.
STEPS = 5
#: Words of a metric's name that tell its unit.
UNITS: dict[str, Unit] = {"seconds": "s", "s": "s", "time": "s", "megabytes": "MB", "mb": "MB", "memory": "MB"}


@dataclass(frozen=True)
class Scale:
    """``top``: where the axis ends. ``unit`` is None for a bare number."""

    share: bool
    top: float
    ticks: tuple[float, ...]
    unit: Unit | None = None

    def number(self, value: float) -> str:
        if self.share:
            return share_words(value)
        return amount(value, self.unit) if self.unit else bare(value)

    def interval(self, figure: Figure) -> str:
        """Both ends, or nothing where there are none."""
        if figure.low is None or figure.high is None:
            return ""
        return f"{self.number(figure.low)}-{self.number(figure.high)}"

    def cell(self, figure: Figure) -> str:
        """Value, interval and n; a dash where there is nothing to measure."""
        if figure.value is None:
            return "-"
        interval = self.interval(figure)
        return f"{self.number(figure.value)} {f'[{interval}] ' if interval else ''}{figure.n:4d}"

    def place(self, value: float) -> float:
        """Where on the axis, in hundredths of its length."""
        return round(100 * min(max(value / self.top, 0.0), 1.0), 2)


def scale_of(measure: Measure, *, timed: bool) -> Scale:
    """One scale for all methods of a metric. Times are amounts even where all are under 1."""
    ends = list(_ends(measure))
    if not timed and all(0 <= end <= 1 for end in ends):
        return Scale(True, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0))
    words = measure.name.lower().split("-")
    unit = next((UNITS[word] for word in reversed(words) if word in UNITS), None)
    return Scale(False, *_axis(max(ends, default=1.0)), unit if timed else None)


def share_words(value: float) -> str:
    """ "0.583"; "0.9996" and not "1.000", which would be all."""
    near_an_end = round(value, SHARE_DIGITS) in (0, 1) and round(value, DIGITS) not in (0, 1)
    return f"{value:.{DIGITS if near_an_end else SHARE_DIGITS}f}"


def bare(value: float) -> str:
    """Three digits that count."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _ends(measure: Measure) -> Iterator[float]:
    for row in measure.rows:
        yield from (end for end in (row.figure.value, row.figure.low, row.figure.high) if end is not None)


def _axis(highest: float) -> tuple[float, tuple[float, ...]]:
    """Ends on the first round step at or after the highest figure."""
    if highest <= 0:
        return 1.0, (0.0, 1.0)
    power = 10.0 ** floor(log10(highest / STEPS))
    step = next(size * power for size in (1, 2, 5, 10) if size * power * STEPS >= highest)
    count = next(number for number in range(1, STEPS + 1) if round(number * step, 12) >= highest)
    return round(count * step, 12), tuple(round(number * step, 12) for number in range(count + 1))
