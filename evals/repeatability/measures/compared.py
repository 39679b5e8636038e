"""How two texts are compared: to the byte, with the first place that differs for the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from evals.audience.request import Request
from evals.frame.metric import Check
from evals.repeatability.trace import Repeats, Trace

#: Characters shown before and after the first that differs.
SHOWN = 40


def same(part: Callable[[Trace], str | None]) -> Callable[[Request, Repeats], Iterable[Check]]:
    """A judge that compares ``part`` of each later answer with that of the first; silent where there is no such part.

    An answer that is not there is not the same, also where the first is missing too.
    """

    def judge(request: Request, found: Repeats) -> Iterator[Check]:
        for name, other in found.others.items():
            broken = found.first.error or other.error
            first, second = part(found.first), part(other)
            if broken:
                yield Check(0, "an answer", broken, name)
            elif first is not None or second is not None:
                yield _compared(first or "", second or "", name)

    return judge


def _compared(first: str, second: str, name: str) -> Check:
    if first == second:
        return Check(1, "the same", "the same", name)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
    start, end = max(alike - SHOWN, 0), alike + SHOWN
    return Check(0, first[start:end], second[start:end], name)
