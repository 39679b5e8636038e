"""The clinician's words, which are the default: another voice says otherwise only what it overrides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rag.article.material import Material
from rag.article.voice.limits import Limits
from rag.article.wording import STATUS_SHORT, join, row_status, status_sentence
from rag.criteria.determination import CriterionResult, CriterionStatus, Determination, Record, Status, Step
from rag.knowledge.vocabulary import Distinction

_OPEN = (CriterionStatus.NOT_MET, CriterionStatus.NOT_DOCUMENTED)


class Clinician:
    """Sentences of one article. ``what`` is what is asked for, as ``code`` says it; rows come with their parts."""

    limits: Limits = Limits()

    def __init__(self, material: Material) -> None:
        self.material = material

    def label(self, fact: str) -> str:
        return self.material.label(fact)

    def question(self, fact: str) -> str:
        return self.material.knowledge.vocabulary.facts[fact].question

    def policy(self, determination: Determination) -> str:
        """The policy as a sentence on its status names it."""
        return self.material.name(determination)

    # --- the verdict

    def code(self, code: str) -> str:
        return code

    def introduced(self, what: str) -> str:
        """``what`` where it is named first."""
        return what

    def status(self, determinations: Sequence[Determination], what: str) -> str:
        """One sentence on policies of one status."""
        names = [self.policy(determination) for determination in determinations]
        return status_sentence(determinations[0].status, what=what, policies=names, audience=self.material.audience)

    def nothing_confirmed(self, determinations: Sequence[Determination], what: str) -> str:
        names = [self.policy(determination) for determination in determinations]
        return (
            f"Under {join(names)} no criterion is confirmed here for {what}, so nothing is decided; "
            f"read the {'policy itself' if len(names) == 1 else 'policies themselves'}."
        )

    def divided(self, counted: Mapping[Status, int], total: int, what: str) -> str:
        """How many of ``total`` policies came to which status, in the order given."""
        parts = [f"{STATUS_SHORT[status]} under {count}" for status, count in counted.items()]
        return f"{what[0].upper()}{what[1:]}: {join(parts)} of {total} policies. The payer decides which one counts."

    def none_governs(self, what: str) -> str:
        return f"No policy here governs {what} on that day."

    def basis(self, count: int, on: date, record: Record) -> str:
        given = "the record, declared closed" if record is Record.CLOSED else "the record given"
        given += " and a supposition that is not in it" if self.material.hypothesis else ""
        return (
            f"Criteria check by code of {count} {'policy' if count == 1 else 'policies'} "
            f"for a service on {on.isoformat()}, on {given}."
        )

    def set_aside(self, determinations: Iterable[Determination]) -> str:
        named = "; ".join(f"{self.material.name(d)} {d.reason}" for d in determinations)
        return f"Not applicable: {named}."

    # --- what is missing

    def missing(self, fact: str, asking: Sequence[Determination], criteria: Sequence[str]) -> str:
        return f"Not documented: {self.label(fact)} (asked by {self.policies(asking)})."

    def also_missing(self, facts: Iterable[str]) -> str:
        return f"Also not documented: {'; '.join(self.label(fact) for fact in facts)}."

    def already_fails(self, determination: Determination, rows: Sequence[CriterionResult]) -> str:
        named = join(row.label for row in rows)
        return f"Under {self.material.name(determination)} the record already fails: not met is {named}."

    def policies(self, asking: Sequence[Determination]) -> str:
        if len(asking) == len(self.material.decided) > 1:
            return "every policy"
        return join(dict.fromkeys(d.policy_id for d in asking))

    # --- criteria

    def finding(self, record: Record, row: CriterionResult, parts: Sequence[CriterionResult]) -> str:
        """How the record stands to a demand, part by part."""
        detail = "; ".join(f"{part.label}: {row_status(part.status, record)}" for part in parts)
        said = f"Checked against the record: {row_status(row.status, record)}" + (f" ({detail})." if detail else ".")
        return said + self.note(row, "Note")

    def note(self, row: CriterionResult, lead: str) -> str:
        return f" {lead}: {row.note.rstrip('.')}." if row.note and row.status in _OPEN else ""

    def all_met(self, determination: Determination, rows: Sequence[CriterionResult]) -> str:
        return f"All of these are met under {self.material.name(determination)}."

    def change(self, determination: Determination, row: CriterionResult, ways: Sequence[Sequence[Step]]) -> str:
        """What the record would have to show; ``ways``: sets of steps, any one of which will do."""
        listed = "; or ".join(join(self.step(step) for step in way) for way in ways)
        return f"Under {self.material.name(determination)} this would be met if the record showed {listed}."

    def step(self, step: Step) -> str:
        return step.text + (" (the record now says otherwise)" if step.against_record else "")

    def turns_on(self, facts: Iterable[str], count: int) -> str:
        total = len(self.material.decided)
        of = f"{count} of {total} policies" if total > 1 else "this policy"
        return f"The verdict turns on {join(self.label(fact) for fact in facts)}: under {of}."

    def nothing_open(self, statuses: Iterable[Status]) -> str:
        said = join(STATUS_SHORT[status] for status in statuses)
        return f"No single criterion is open: {said or 'no policy governs the request'}."

    # --- the record

    def reading(self, quote: str, reason: str) -> str:
        """Why a word is read as the interval it is."""
        return f"Why “{quote}” is read so: {reason.rstrip('.')}."

    def given(self, described: Iterable[str]) -> str:
        return f"Given as facts: {'; '.join(described)}."

    def distinction(self, item: Distinction) -> str:
        """A fact on the record that is easily taken for another one."""
        reason = item.reason[0].upper() + item.reason[1:]
        return f"{reason}: {self.label(item.not_shown)} stays not documented."

    # --- what to ask next

    def ask_payer(self, known: str) -> str:
        return f"Which payer or plan decides ({known}), and on which date is the service?"

    def ask_state(self, payer: str) -> str:
        return f"In which state is the service given? It picks the contractor's text for {payer}."

    def ask_conflict(self, fact: str, question: str) -> str:
        """``question`` is that of the conflict itself."""
        return question

    def ask_case(self) -> str:
        """Where a question names nobody."""
        return "Which patient, procedure and payer is this about?"
