"""From an order and the records to what each policy says of it: read, then decided as the command line decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.cds.models import Request
from app.cds.orders import Order, orders_of
from app.cds.payers import Insured, insured
from app.cds.reading import Reading
from app.cds.records import Records, records_of
from rag.case.models import Case
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
    reading = Reading(records, knowledge, today)
    found: list[Considered] = []
    for order in orders_of(request):
        found += _under_each_payer(order, reading)
    return tuple(found), records


def _under_each_payer(order: Order, reading: Reading) -> list[Considered]:
    on, knowledge = order.day or reading.today, reading.knowledge
    if not any(policy.codes.intersection(order.procedures) for policy in knowledge.policies.values()):
        return []
    case, notices = reading.case(order, on)
    values = resolve(case, knowledge.vocabulary)
    found = []
    for one in insured(order, reading.records.coverages, on, knowledge):
        policies = select_policies(knowledge, payer=one.payer.id if one.payer else None)
        decided = [(policy, decide(policy, values, on)) for policy in policies]
        governing = tuple(d for _, d in decided if d.status is not Status.NOT_APPLICABLE)
        outside = tuple(
            d for p, d in decided if d.status is Status.NOT_APPLICABLE and p.codes.intersection(order.procedures)
        )
        found.append(Considered(order, one, on, case, governing, outside, notices))
    return found
