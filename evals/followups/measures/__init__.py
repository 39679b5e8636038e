"""One measure, one file: what it judges on a turn, and when."""

from __future__ import annotations

from collections.abc import Mapping

from evals.followups.check import Measure
from evals.followups.measures.asks import asks
from evals.followups.measures.audience import audience
from evals.followups.measures.bad_values import bad_values
from evals.followups.measures.facts import facts
from evals.followups.measures.false_met import false_met
from evals.followups.measures.focus import focus
from evals.followups.measures.independence import independence
from evals.followups.measures.kinds import kinds
from evals.followups.measures.payers import payers
from evals.followups.measures.record import record
from evals.followups.measures.refusals import refusals
from evals.followups.measures.statuses import statuses
from evals.followups.measures.supposition import supposition
from evals.followups.measures.told import told

#: By name, the gravest first. The first is the safety number.
MEASURES: Mapping[str, Measure] = {
    "no false met": false_met,
    "statuses right": statuses,
    "record kept": record,
    "facts right": facts,
    "changes told": told,
    "path independence": independence,
    "turn kind right": kinds,
    "refusals right": refusals,
    "bad values refused": bad_values,
    "suppositions marked": supposition,
    "payers right": payers,
    "sections in focus": focus,
    "missing asked for": asks,
    "audience right": audience,
}
