"""A measured value with what it rests on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from evals.metrics.wilson import wilson_interval

#: Digits after the point: finer differences are no news with sets of this size.
DIGITS = 4


class Figure(BaseModel):
    """``value`` and the ends of its 95 % interval, from 0 to 1; all None where ``n`` leaves nothing to measure.

    ``n``: how many pairs it counts. ``reason``: the counts in words, or why there is no value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None
    low: float | None
    high: float | None
    n: int
    reason: str

    @classmethod
    def of(cls, value: float, interval: tuple[float, float], *, n: int, reason: str) -> Figure:
        low, high = (round(end, DIGITS) for end in interval)
        return cls(value=round(value, DIGITS), low=low, high=high, n=n, reason=reason)

    @classmethod
    def share(cls, count: int, n: int, *, of: str, are: str) -> Figure:
        """``count`` of ``n``, with Wilson's interval. ``of`` names the pairs counted, ``are`` what ``count`` are."""
        if n == 0:
            return cls.absent(f"no {of}")
        return cls.of(count / n, wilson_interval(count, n), n=n, reason=f"{count} of {n} {of} {are}")

    @classmethod
    def absent(cls, reason: str) -> Figure:
        return cls(value=None, low=None, high=None, n=0, reason=reason)
