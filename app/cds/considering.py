"""From an order and the records to what each policy says of it: read, then decided as the command line decides.

The order goes to the reader together with the records, once by its codes and once as it is worded: the reader has to
know what is requested to tell an earlier injection of that region from one elsewhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.cds.models import Request
from app.cds.orders import Order, orders_of
from app.cds.payers import Insured, insured
from app.cds.records import Records, records_of
from rag.case.facts_file import read_facts
from rag.case.fhir_text import fhir_text
from rag.case.fhir_words import CPT, HCPCS, ICD10CM, diagnosis_codes
from rag.case.implied import DIAGNOSIS, PROCEDURE, with_implied
from rag.case.models import Case, in_order
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.determination import Determination, Status
from rag.knowledge.library import Knowledge
from rag.knowledge.selection import select_policies


@dataclass(frozen=True)
class Considered:
    """One order under the policies of one payer, or of all where the payer is not known.

    ``determinations``: of the policies that govern it; ``outside``: of those that govern its codes on other days.
    ``notices``: what the records hold and the reader left out.
    """

    order: Order
    insured: Insured
    on: date
    case: Case
    determinations: tuple[Determination, ...]
    outside: tuple[Determination, ...]
    notices: tuple[str, ...]


def consider(request: Request, *, knowledge: Knowledge, today: date) -> tuple[tuple[Considered, ...], Records]:
    """Every order under every payer of the patient, and the records they were judged by. Raises UserError."""
    records = records_of(request)
    found: list[Considered] = []
    for order in orders_of(request):
        found += _under_each_payer(order, records, knowledge, today)
    return tuple(found), records


def _under_each_payer(order: Order, records: Records, knowledge: Knowledge, today: date) -> list[Considered]:
    on = order.day or today
    if not any(policy.codes.intersection(order.procedures) for policy in knowledge.policies.values()):
        return []
    case, notices = _case(order, records, knowledge, on)
    values = resolve(case, knowledge.vocabulary)
    found = []
    for one in insured(order, records.coverages, on, knowledge):
        policies = select_policies(knowledge, payer=one.payer.id if one.payer else None)
        decided = [(policy, decide(policy, values, on)) for policy in policies]
        governing = tuple(d for _, d in decided if d.status is not Status.NOT_APPLICABLE)
        outside = tuple(
            d for p, d in decided if d.status is Status.NOT_APPLICABLE and p.codes.intersection(order.procedures)
        )
        found.append(Considered(order, one, on, case, governing, outside, notices))
    return found


def _case(order: Order, records: Records, knowledge: Knowledge, on: date) -> tuple[Case, tuple[str, ...]]:
    diagnoses = _diagnoses(order, records)
    bundle = {"resourceType": "Bundle", "type": "collection"}
    entries = [*records.resources, _as_codes(order, diagnoses), _as_worded(order)]
    content = json.dumps(bundle | {"entry": [{"resource": resource} for resource in entries]})
    note = fhir_text(content, name="prefetch", knowledge=knowledge)
    told = read_case(note.text, knowledge=knowledge, source="note", service_date=on)
    coded = read_facts({PROCEDURE: order.procedures, DIAGNOSIS: diagnoses or None}, knowledge.vocabulary)
    # The order alone says what is ordered: a code in an older note may be of another request.
    said = [fact for fact in told.facts if fact.id != PROCEDURE or fact.value in [(code,) for code in order.procedures]]
    facts = in_order((*said, *coded.facts), knowledge.vocabulary.order)
    case = with_implied(Case(facts=facts, text=told.text), knowledge.codes, knowledge.vocabulary)
    return case, note.notices


def _diagnoses(order: Order, records: Records) -> tuple[str, ...]:
    """The reasons the order gives in codes, and those of the conditions it refers to."""
    wanted = {reference.reference for reference in order.parts.reason_reference}
    codes = list(order.diagnoses)
    for resource in records.resources:
        if resource.get("resourceType") == "Condition" and f"Condition/{resource.get('id')}" in wanted:
            codes += diagnosis_codes(resource.get("code"))
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
