"""A case beside a version of it, and what may differ between their statuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evals.frame.measuring import measure, play
from evals.frame.metric import Check, Item, Metric
from evals.frame.models import Measure
from evals.verdicts.asked import Asked, Form
from evals.verdicts.case import VerdictCase
from rag.criteria.determination import Status

Method = Callable[[Item[Asked]], str]

#: How far along a request is; a supporting fact may only move it up. What is out of scope has no place.
RANK = {Status.NOT_COVERED: 0, Status.NOT_MET: 0, Status.DOCUMENTATION: 1, Status.POLICY_CHECK: 2, Status.MET: 2}


@dataclass(frozen=True)
class Variant:
    """``after`` is ``before`` in other words, units or order, or with something added."""

    before: Asked
    after: Asked
    change: str


@dataclass(frozen=True)
class Statuses:
    before: str
    after: str


def variant(case: VerdictCase, form: Form, change: str, **changed: object) -> Variant:
    """``changed``: fields of the case."""
    return Variant(Asked(case, form), Asked(replace(case, **changed), form), change)  # type: ignore[arg-type]


def same(variant: Variant, found: Statuses) -> Iterator[Check]:
    """Whatever the status, it must stay."""
    yield Check(float(found.before == found.after), f"{found.before}, as before", f"{found.after} ({variant.change})")


def no_worse(variant: Variant, found: Statuses) -> Iterator[Check]:
    """The status may only go up. One that is in no order (out of scope) may not come of it."""
    before, after = (_rank(one) for one in (found.before, found.after))
    yield Check(float(after >= before), f"{found.before} or better", f"{found.after} ({variant.change})")


def measure_variants(
    metric: Metric[Variant, Statuses], variants: Sequence[Variant], methods: Mapping[str, Method], *, seed: int
) -> Measure:
    """Every method on both sides of each variant."""
    items = [_item(number, one) for number, one in enumerate(variants)]
    played = {name: play(items, _both(method)) for name, method in methods.items()}
    return measure(metric, played, seed=seed)


def _both(method: Method) -> Callable[[Item[Variant]], Statuses]:
    def play_both(item: Item[Variant]) -> Statuses:
        before, after = _asked(item, item.label.before, "before"), _asked(item, item.label.after, "after")
        return Statuses(method(before), method(after))

    return play_both


def _item(number: int, one: Variant) -> Item[Variant]:
    case = one.after.case
    said = case.said if one.after.form == "text" else f"{case.facts}"
    return Item(id=f"{one.after.form}/{case.id}/{one.change}", text=said, label=one, cluster=case.group)


def _asked(item: Item[Variant], asked: Asked, side: str) -> Item[Asked]:
    """Under an id of its own: a method may remember items."""
    return Item(id=f"{item.id}/{side}", text=item.text, label=asked)


def _rank(status: str) -> int:
    return RANK.get(Status(status), -1) if status in set(Status) else -1
