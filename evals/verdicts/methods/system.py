"""The system: a text is read as a question is, facts are decided as a facts file is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evals.frame.metric import Item
from evals.verdicts.asked import Asked
from rag.case.facts_file import read_facts
from rag.case.implied import with_implied
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.determination import Determination
from rag.criteria.values import Value
from rag.intake import take_in
from rag.knowledge.library import Knowledge
from rag.options import AskOptions

UNDECIDED = "not decided"


@dataclass(frozen=True)
class System:
    """Remembers the status of a text: a changed case is compared with the case as it was."""

    knowledge: Knowledge
    _told: dict[tuple[str, str, date], str] = field(default_factory=dict)

    def __call__(self, item: Item[Asked]) -> str:
        case = item.label.case
        if item.label.form == "facts":
            return self.decided(case.policy, case.facts or {}, case.on).status
        return self.answered(case.policy, case.text or "", case.on)

    def decided(self, policy: str, facts: Mapping[str, object], on: date) -> Determination:
        return decide(self.knowledge.policies[policy], self.values(facts), on)

    def values(self, facts: Mapping[str, object]) -> Mapping[str, Value]:
        """One value for each known fact, with what they imply, as the criteria get them."""
        vocabulary = self.knowledge.vocabulary
        return resolve(with_implied(read_facts(facts, vocabulary), self.knowledge.codes, vocabulary), vocabulary)

    def read(self, text: str, on: date) -> Mapping[str, Value]:
        """The values of the facts read from a text, with what they imply."""
        return resolve(read_case(text, knowledge=self.knowledge, service_date=on), self.knowledge.vocabulary)

    def answered(self, policy: str, text: str, on: date) -> str:
        key = (policy, text, on)
        if key not in self._told:
            intake = take_in(text, AskOptions(on=on, policy=policy), self.knowledge)
            found = {one.policy_id: one.status for one in intake.determinations}
            self._told[key] = found.get(policy, UNDECIDED)
        return self._told[key]
