"""A supporting fact added: the request may only come nearer to being met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from evals.frame.metric import Metric
from evals.verdicts.case import VerdictCase
from evals.verdicts.metamorphic.variant import RANK, Statuses, Variant, no_worse, variant
from rag.criteria.determination import Status

SUPPORT_NEVER_WORSENS: Metric[Variant, Statuses] = Metric(
    "support-never-worsens",
    "of cases to which a fact of a passing record was added, as facts and as text, those no worse for it",
    no_worse,
    of="cases",
)

Rate = Callable[[str, Mapping[str, object], date], str | None]


def supported(cases: Sequence[VerdictCase], rate: Rate) -> Iterator[Variant]:
    """What a row leaves out of its base is put back, one fact at a time, where the whole record passes.

    Whether it passes is said by ``rate``, which is not the engine.
    """
    for case in cases:
        whole = {**(case.facts or {}), **{one.fact: one.value for one in case.left_out}}
        if not case.left_out or not _passes(rate(case.policy, whole, case.on)):
            continue
        for one in case.left_out:
            facts = {**(case.facts or {}), one.fact: one.value}
            yield variant(case, "facts", f"{one.fact} added", facts=facts)
            yield variant(case, "text", f"{one.fact} added", text=f"{case.text} {one.words}")


def _passes(status: str | None) -> bool:
    return status in set(Status) and RANK.get(Status(status), 0) > 1
