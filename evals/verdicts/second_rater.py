"""A second rater for verdicts: a checker so simple that it can be checked by reading it.

It shares no code and no encoding with the engine: its tables are written from the words of the policies alone.
It is deliberately too simple for: two unknown facts that exclude each other (it does not try out what the
unknown could be, so it may say "needs documentation" where every possibility leads to the same end);
conflicting statements (of what a record states and what its codes mean, the statement wins); a calendar (a
month is 30.4 days, a year 12 of them); one fact worked out from several others, beyond the rows of
``meanings.yaml``; closed records, several requests in one, payers, states, and what would change a status.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.verdicts.second_tables import Meaning, Need, Table, Window, load_meanings, load_tables
from evals.verdicts.second_values import Facts, Truth, any_of, either, negated

OWN = Path(__file__).resolve().parents[1] / "data" / "second_rater"


@dataclass(frozen=True)
class SecondRater:
    """The tables by policy, and what words and codes mean."""

    tables: Mapping[str, Table]
    meanings: Sequence[Meaning]

    def status(self, policy: str, facts: Mapping[str, object], on: date) -> str | None:
        """Status of a request by its facts, as in a facts file (None: unknown); None where there is no table.

        Raises UserError for a quantity it cannot read.
        """
        table = self.tables.get(policy)
        return None if table is None else _status(table, completed(facts, self.meanings), on)

    def reasons(self, policy: str, facts: Mapping[str, object], on: date) -> Mapping[str, str]:
        """Needs that do not hold, by name: "broken" or "not documented", with the section; for a list to read."""
        known = completed(facts, self.meanings)
        needs = [need for need in self.tables[policy].needs if need.holds_on(on)]
        held = {need: _holds(need, known) for need in needs}
        words = {False: "broken", None: "not documented"}
        return {need.name: f"{words[truth]} ({need.source})" for need, truth in held.items() if truth is not True}


def load_second_rater(folder: Path = OWN) -> SecondRater:
    """Raises CorpusError or CorpusErrors, with file and line, for a table that is not strictly in order."""
    return SecondRater(tables=load_tables(folder), meanings=load_meanings(folder))


def completed(facts: Facts, meanings: Sequence[Meaning]) -> Facts:
    """The facts with what they mean; rows are applied once, in their order."""
    stated = {name: value for name, value in facts.items() if value is not None}
    implied: dict[str, object] = {}
    for row in meanings:
        if any_of(row.applies, {**implied, **stated}):
            for name, value in row.means.items():
                implied[name] = _narrowed(implied.get(name), value)
                if row.overrides:
                    stated[name] = value
    return {**implied, **stated}


def _narrowed(before: object, value: object) -> object:
    """The options two meanings share; else the earlier one."""
    if isinstance(before, list) and isinstance(value, list):
        return [item for item in before if item in value] or before
    return value if before is None else before


def _status(table: Table, facts: Facts, on: date) -> str:
    window = next((window for window in table.windows if window.covers(on)), None)
    in_scope = any_of(table.scope, facts)
    if window is None or in_scope is False:
        return "not_applicable"
    status = _of_needs({need: _holds(need, facts) for need in table.needs if need.holds_on(on)}, window)
    return "needs_documentation" if in_scope is None and status == "criteria_met" else status


def _of_needs(held: Mapping[Need, Truth], window: Window) -> str:
    """An exclusion before a breach, a breach before what is not known, and that before what is not confirmed."""
    confirmed = {need: truth for need, truth in held.items() if need.breach != "needs_policy_check"}
    broken = {need.breach for need, truth in confirmed.items() if truth is False}
    if broken:
        return "not_covered" if "not_covered" in broken else "criteria_not_met"
    if None in confirmed.values():
        return "needs_documentation"
    return window.best if all(held.values()) else "needs_policy_check"


def _holds(need: Need, facts: Facts) -> Truth:
    raised = any_of(need.raised_by, facts, silent=False)
    return either([negated(any_of(need.applies, facts)), negated(raised), any_of(need.rows, facts)])
