"""The words for a patient or family: short sentences, no promise and no scare, and what one can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from rag.article.voice.clinician import Clinician
from rag.article.voice.limits import PLAIN, Limits
from rag.article.wording import PLAIN_ROW, PLAIN_SHORT, join
from rag.criteria.determination import CriterionResult, CriterionStatus, Determination, Record, Status, Step
from rag.criteria.values import Codes
from rag.knowledge.vocabulary import Distinction

_COUNTED: Final = {
    Status.MET: "fits {}",
    Status.NOT_MET: "does NOT fit {}",
    Status.NOT_COVERED: "is about care left out by {}",
    Status.DOCUMENTATION: "is not enough yet for {}",
    Status.POLICY_CHECK: "still has to be read against the full text of {}",
}
_FINDING: Final = {
    CriterionStatus.MET: "What is written down fits this rule.",
    CriterionStatus.NOT_MET: "What is written down does not fit this rule.",
    CriterionStatus.NOT_DOCUMENTED: "What this rule asks for is not written down yet.",
    CriterionStatus.NOT_APPLICABLE: "This rule does not count here.",
}
_STEPS: Final = {"shown": "yes", "ruled out": "no"}


class Patient(Clinician):
    """Medical words are explained where they stand (``plain`` in the vocabulary); criteria keep their labels."""

    limits: Limits = PLAIN

    def label(self, fact: str) -> str:
        return self.material.knowledge.vocabulary.plain_words(fact).label

    def question(self, fact: str) -> str:
        return self.material.knowledge.vocabulary.plain_words(fact).question

    def code(self, code: str) -> str:
        return f"code {code}"

    def introduced(self, what: str) -> str:
        """With what kind of procedure it is, where its family has plain words."""
        known = self.material.knowledge
        asked = self.material.values.get("procedure.code")
        codes = asked.given if isinstance(asked, Codes) else ()
        families = {family.id for code in codes if (family := known.codes.family_of(code))}
        said = [known.vocabulary.plain_families.get(family, "") for family in sorted(families)]
        return f"{what}, {join(said)}," if said and all(said) else what

    def nothing_confirmed(self, determinations: Sequence[Determination], what: str) -> str:
        names = join(self.policy(determination) for determination in determinations)
        return (
            f"No rule of {names} is confirmed here for {what}. So nothing is decided. "
            "Call the plan and ask for the rules now in use."
        )

    def divided(self, counted: Mapping[Status, int], total: int, what: str) -> str:
        parts = [_COUNTED[status].format(count) for status, count in counted.items()]
        return (
            f"This compares what is written down about {what} with the rules of health plans. "
            f"It {join(parts)} of {total} sets of rules. The health plan decides which set counts."
        )

    def none_governs(self, what: str) -> str:
        return f"No set of rules here is about {what} on that day."

    def basis(self, count: int, on: date, record: Record) -> str:
        only = " and nothing else" if record is Record.CLOSED else ""
        only += ", plus a “what if” that is not part of it" if self.material.hypothesis else ""
        return (
            f"A computer compared {count} {'set' if count == 1 else 'sets'} of rules, "
            f"for care on {on.isoformat()}, with what is written in the question or the notes{only}."
        )

    def set_aside(self, determinations: Iterable[Determination]) -> str:
        named = "; ".join(f"{self.material.name(d)} {d.reason}" for d in determinations)
        return f"Some rules are not used here: {named}."

    def missing(self, fact: str, asking: Sequence[Determination], criteria: Sequence[str]) -> str:
        return f"{self.question(fact)} This is not written down yet. It is asked by {self.policies(asking)}."

    def also_missing(self, facts: Iterable[str]) -> str:
        return f"Answers to these are not written down either. {' '.join(self.question(fact) for fact in facts)}"

    def already_fails(self, determination: Determination, rows: Sequence[CriterionResult]) -> str:
        named = join(row.label for row in rows)
        this = "this rule" if len(rows) == 1 else "these rules"
        return f"Under {self.material.name(determination)}, what is written down does not fit {this}: {named}."

    def policies(self, asking: Sequence[Determination]) -> str:
        if len(asking) == len(self.material.decided) > 1:
            return "every set of rules"
        return join(dict.fromkeys(self.material.name(determination) for determination in asking))

    def finding(self, record: Record, row: CriterionResult, parts: Sequence[CriterionResult]) -> str:
        detail = "".join(f" {part.label[0].upper()}{part.label[1:]}: {PLAIN_ROW[part.status]}." for part in parts)
        said = _FINDING[row.status] + (f" Part by part.{detail}" if detail else "")
        failed = CriterionStatus.NOT_MET in {row.status, *(part.status for part in parts)}
        only = " Only what is written down was counted." if record is Record.CLOSED and failed else ""
        return said + only + self.note(row, "To note")

    def all_met(self, determination: Determination, rows: Sequence[CriterionResult]) -> str:
        return f"What is written down fits all of these under {self.material.name(determination)}."

    def change(self, determination: Determination, row: CriterionResult, ways: Sequence[Sequence[Step]]) -> str:
        """Only what is true may be written down: the sentence says so, as it reads like a list of what to get."""
        listed = [". Also: ".join(self.step(step) for step in way) for way in ways]
        lead = f"Under {self.material.name(determination)}, this rule would fit if this is true and is written down."
        if len(listed) == 1:
            return f"{lead} What it takes: {listed[0]}."
        return f"{lead} One way: {'. Another way: '.join(listed)}."

    def step(self, step: Step) -> str:
        needed = step.text.removeprefix(f"{self.material.label(step.fact)}: ")
        otherwise = " (but what is written down now says otherwise)" if step.against_record else ""
        return f"{self.label(step.fact)}: {_STEPS.get(needed, needed)}{otherwise}"

    def turns_on(self, facts: Iterable[str], count: int) -> str:
        total = len(self.material.decided)
        of = f"{count} of {total} sets of rules" if total > 1 else "this set of rules"
        return f"What matters most is {join(self.label(fact) for fact in facts)}. This counts for {of}."

    def nothing_open(self, statuses: Iterable[Status]) -> str:
        said = join(PLAIN_SHORT[status] for status in statuses)
        return f"No single rule is left open: {said or 'no set of rules here is about this'}."

    def reading(self, quote: str, reason: str) -> str:
        return f"Why “{quote}” is read this way: {reason.rstrip('.')}."

    def given(self, described: Iterable[str]) -> str:
        return f"These facts were given: {'; '.join(described)}."

    def distinction(self, item: Distinction) -> str:
        reason = item.reason[0].upper() + item.reason[1:]
        return f"{reason}. So this is still not written down: {self.label(item.not_shown)}."

    def ask_payer(self, known: str) -> str:
        return (
            f"Which health plan pays ({known}), and on what date is the care? "
            "The name of the plan is on the insurance card."
        )

    def ask_state(self, payer: str) -> str:
        return f"In which state is the care given? The rules of {payer} differ from place to place."

    def ask_conflict(self, fact: str, question: str) -> str:
        return f"What is written down says two different things here. {self.question(fact)}"

    def ask_case(self) -> str:
        return "Who is this about, which procedure is it, and which health plan pays?"
