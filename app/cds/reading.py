"""An order and the records read into a case: the records made into a note once for each day of service.

The order goes to the reader before the records, once by its codes and once as it is worded: the reader has to know what
is requested to tell an earlier injection of that region from one elsewhere. What is requested only the order says: a
note may be of another request, and what it tells of guidance, levels or medication would be of that one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.cds.limits import check_order, check_reading, check_text
from app.cds.models import Resource
from app.cds.orders import Order
from app.cds.records import Records
from app.cds.standing import affirmed, standing
from rag.case.facts_file import read_facts
from rag.case.fhir_entries import entry_of
from rag.case.fhir_json import FhirError
from rag.case.fhir_notices import of_left_out, of_unread
from rag.case.fhir_reports import written_of
from rag.case.fhir_text import FhirText, fhir_text
from rag.case.fhir_words import CPT, HCPCS, ICD10CM, diagnosis_codes
from rag.case.implied import DIAGNOSIS, PROCEDURE, with_implied
from rag.case.models import Case, Fact, in_order
from rag.case.reader import read_case
from rag.knowledge.library import Knowledge

#: Beginning of the ids of facts about what is requested.
_REQUESTED = PROCEDURE.partition(".")[0] + "."


@dataclass
class Reading:
    """Reads the orders of one call; what it read once it knows."""

    records: Records
    knowledge: Knowledge
    today: date
    _notes: dict[date, FhirText] = field(default_factory=dict)
    _standing: dict[date, list[Resource]] = field(default_factory=dict)
    _told: dict[tuple[str, date], Case] = field(default_factory=dict)

    def case(self, order: Order, on: date) -> tuple[Case, tuple[str, ...]]:
        """The case, and sentences on what was left out of it. Raises CdsError for more than can be read."""
        note = self._note(on)
        diagnoses = _diagnoses(order, self._standing[on])
        asked = self._asked(order, diagnoses)
        told = self._read(asked, on)
        requested = [fact for fact in self._alone(asked, on).facts if _is_requested(fact)]
        requested = [fact for fact in requested if fact.id != PROCEDURE or fact.value in _one_by_one(order)]
        coded = read_facts({PROCEDURE: order.procedures, DIAGNOSIS: diagnoses or None}, self.knowledge.vocabulary)
        others = [fact for fact in told.facts if not _is_requested(fact)]
        facts = in_order((*others, *requested, *coded.facts), self.knowledge.vocabulary.order)
        case = with_implied(Case(facts=facts, text=told.text), self.knowledge.codes, self.knowledge.vocabulary)
        return case, (*note.notices, *_of_other_requests(told, asked))

    def _note(self, on: date) -> FhirText:
        if on not in self._notes:
            resources, left_out = standing(self.records.resources, on=on, today=self.today)
            self._standing[on] = resources
            note = _note_of(resources, self.knowledge)
            check_text(note.text)
            self._notes[on] = FhirText(note.text, (*self.records.left_out, *left_out, *note.notices))
        return self._notes[on]

    def _asked(self, order: Order, diagnoses: tuple[str, ...]) -> str:
        worded = (_as_codes(order, diagnoses), _as_worded(order))
        check_order(order.place, worded)
        return _note_of(list(worded), self.knowledge).text

    def _alone(self, asked: str, on: date) -> Case:
        return read_case(asked, knowledge=self.knowledge, source="note", service_date=on)

    def _read(self, asked: str, on: date) -> Case:
        if (asked, on) not in self._told:
            text = f"{asked}\n{self._note(on).text}"
            check_reading(len(text) + sum(len(case.text) for case in self._told.values()))
            self._told[asked, on] = read_case(text, knowledge=self.knowledge, source="note", service_date=on)
        return self._told[asked, on]


def _note_of(resources: list[Resource], knowledge: Knowledge) -> FhirText:
    """The note of resources; an empty one, with its notices, where nothing of them can be read."""
    bundle = {"resourceType": "Bundle", "type": "collection"}
    content = json.dumps(bundle | {"entry": [{"resource": resource} for resource in resources]})
    try:
        return fhir_text(content, name="prefetch", knowledge=knowledge)
    except FhirError:
        written = [report for resource in resources if (report := written_of(resource)) is not None]
        return FhirText("", (*of_left_out(map(entry_of, resources)), *of_unread(written)))


def _is_requested(fact: Fact) -> bool:
    return fact.id.startswith(_REQUESTED)


def _one_by_one(order: Order) -> list[tuple[str, ...]]:
    return [(code,) for code in order.procedures]


def _of_other_requests(told: Case, asked: str) -> tuple[str, ...]:
    left = {fact.id for fact in told.facts if _is_requested(fact) and (fact.start or 0) > len(asked)}
    if not left:
        return ()
    named = ", ".join(sorted(left))
    return (f"What is requested only the order says; left out of what the records tell: {named}.",)


def _diagnoses(order: Order, resources: list[Resource]) -> tuple[str, ...]:
    """The reasons the order gives in codes, and those of the conditions it refers to, where the record affirms them."""
    wanted = {reference.reference for reference in order.parts.reason_reference}
    codes = list(order.diagnoses)
    for resource in resources:
        if resource.get("resourceType") == "Condition" and f"Condition/{resource.get('id')}" in wanted:
            codes += diagnosis_codes(resource.get("code")) if affirmed(resource) else ()
    return tuple(dict.fromkeys(codes))


def _as_codes(order: Order, diagnoses: tuple[str, ...]) -> dict[str, Any]:
    coding = [{"system": CPT if code[0].isdigit() else HCPCS[0], "code": code} for code in order.procedures]
    reasons = [{"coding": [{"system": ICD10CM, "code": code}]} for code in diagnoses]
    return _request("codes", {"coding": coding}, reasons)


def _as_worded(order: Order) -> dict[str, Any]:
    """The order as it came, without what would make the reader leave it out, such as its number in a draft."""
    parts = order.parts
    code = parts.code.model_dump(exclude_none=True) if parts.code else {}
    return _request("worded", code, [reason.model_dump(exclude_none=True) for reason in parts.reason_code])


def _request(name: str, code: dict[str, Any], reasons: list[dict[str, Any]]) -> dict[str, Any]:
    kind = {"resourceType": "ServiceRequest", "id": name, "status": "draft", "intent": "order"}
    return kind | {"code": code, "reasonCode": reasons}
