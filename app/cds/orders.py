"""The orders a call is about: service requests with procedure codes, their diagnoses and their date of service.

Sources: CDS Hooks 2.0, hooks ``order-select`` (``selections`` names the orders to look at) and ``order-sign``; FHIR R4,
ServiceRequest (``occurrence[x]`` is when the service is to happen, ``authoredOn`` only when it was asked for).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.cds.errors import CdsError
from app.cds.fhir import Bundle, ServiceRequest, day_of, read
from app.cds.limits import check_orders
from app.cds.models import Request, Resource
from app.cds.records import refuse_other_patient
from rag.case.fhir_words import diagnosis_codes, procedure_codes

ORDERS = "context.draftOrders"
#: Orders that ask for something to be done. Others are finished, withdrawn or not understood.
_OPEN = ("draft", "active", "on-hold")


@dataclass(frozen=True)
class Order:
    """``resource`` is the service request as it came; ``day`` is None where it gives no full date."""

    place: str
    resource: Resource
    parts: ServiceRequest
    procedures: tuple[str, ...]
    diagnoses: tuple[str, ...]
    day: date | None

    @property
    def reference(self) -> str:
        return f"ServiceRequest/{self.parts.id}"


def orders_of(request: Request) -> tuple[Order, ...]:
    """The orders to decide, in the order of the bundle: of ``order-select`` only those that were selected.

    Raises CdsError for a bundle or service request of the wrong shape, for a selection that is not in the bundle, and
    for more orders than are judged in one call.
    """
    found = list(_resources(request))
    requests = [(place, one) for place, one in found if one.get("resourceType") == "ServiceRequest"]
    for place, resource in requests:
        refuse_other_patient(resource, request.context.patient_id, place)
    orders = [_order(resource, place) for place, resource in requests]
    if (selections := request.context.selections) is not None:
        _check_selections(selections, [resource for _, resource in found])
        orders = [order for order in orders if order.reference in selections]
    asked = tuple(order for order in orders if order.procedures and _asks(order.parts))
    check_orders(ORDERS, len(asked))
    return asked


def _resources(request: Request) -> Iterator[tuple[str, Resource]]:
    bundle = read(Bundle, request.context.draft_orders, ORDERS)
    for number, entry in enumerate(bundle.entry):
        if entry.resource is not None:
            yield f"{ORDERS}.entry[{number}].resource", entry.resource


def _check_selections(selections: tuple[str, ...], resources: list[Resource]) -> None:
    known = {f"{resource.get('resourceType')}/{resource.get('id')}" for resource in resources}
    for number, selection in enumerate(selections):
        if selection not in known:
            raise CdsError(f"context.selections[{number}]", "no order of context.draftOrders has this reference")


def _asks(parts: ServiceRequest) -> bool:
    """A modifier extension may turn the order around: an order not understood is not judged."""
    return parts.status in _OPEN and not parts.do_not_perform and not parts.modifier_extension


def _order(resource: Resource, place: str) -> Order:
    parts = read(ServiceRequest, resource, place)
    if parts.subject.reference is None:
        raise CdsError(f"{place}.subject.reference", "the order does not say whose it is")
    reasons = (code for concept in resource.get("reasonCode", ()) for code in diagnosis_codes(concept))
    return Order(
        place=place,
        resource=resource,
        parts=parts,
        procedures=procedure_codes(resource.get("code")),
        diagnoses=tuple(dict.fromkeys(reasons)),
        day=_day(parts, place),
    )


def _day(parts: ServiceRequest, place: str) -> date | None:
    """A period or a series counts from its first day."""
    period, timing = parts.occurrence_period, parts.occurrence_timing
    moments = (
        ("occurrenceDateTime", parts.occurrence_date_time),
        ("occurrencePeriod.start", period.start if period else None),
        ("occurrenceTiming.event[0]", timing.event[0] if timing and timing.event else None),
    )
    return next((day_of(moment, f"{place}.{name}") for name, moment in moments if moment), None)
