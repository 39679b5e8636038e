"""A call of a service answered: a card for each order and payer, and at signing what the order itself should carry.

A pure function of the request, the corpus and the day. Nothing is fetched from ``fhirServer``, nothing is logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import urlsplit

from app.cds.considering import Considered, consider
from app.cds.coverage_information import coverage_information, update_of
from app.cds.detail import detail
from app.cds.identifiers import card_uuid
from app.cds.models import Action, Card, Coding, Hook, Indicator, Link, Request, Response, Source
from app.cds.orders import Order
from app.cds.records import Records
from app.cds.suggestions import CRD, suggestions
from app.cds.wording import summary
from app.dtr.questionnaire import PUBLISHER
from rag.article.words import clean
from rag.criteria.determination import Determination, Status
from rag.knowledge.library import Knowledge

_TOPIC = Coding(system=CRD, code="coverage-info", display="Coverage Information")
_AGAINST = (Status.NOT_MET, Status.NOT_COVERED)


def respond(
    request: Request,
    *,
    knowledge: Knowledge,
    today: date,
    base_url: str,
    told: Callable[[Iterable[Determination]], None] = lambda determinations: None,
) -> Response:
    """Cards, and for ``order-sign`` updates of the orders. ``base_url`` is the public address of the API.

    ``told`` gets the determinations the cards show, for the metrics.

    An order that no policy here governs gets no card. Where a card stands, its statuses are those of ``decide``.
    Raises UserError for a request whose resources cannot be read.
    """
    considered, records = consider(request, knowledge=knowledge, today=today)
    governed = [found for found in considered if found.determinations]
    told(determination for found in governed for determination in found.determinations)
    cards = tuple(_card(request, found, records, knowledge, today, base_url) for found in governed)
    if request.hook is not Hook.ORDER_SIGN:
        return Response(cards=cards)
    actions = tuple(_updates(request, governed, knowledge, today, base_url))
    return Response(cards=cards, system_actions=actions or None)


def _card(
    request: Request, found: Considered, records: Records, knowledge: Knowledge, today: date, base_url: str
) -> Card:
    offered = suggestions(request, found, knowledge=knowledge, base_url=base_url, today=today)
    return Card(
        uuid=card_uuid(request, found),
        summary=summary(found),
        detail=detail(found, records, knowledge),
        indicator=_indicator(found),
        source=_source(found, knowledge, base_url),
        suggestions=offered or None,
        selection_behavior="any" if offered else None,
        links=tuple(_links(found.determinations, knowledge)) or None,
    )


def _indicator(found: Considered) -> Indicator:
    """CRD: most are for information; what may cost the reimbursement is a warning. With no payer known, only if all."""
    against = [determination.status in _AGAINST for determination in found.determinations]
    warns = any(against) if found.insured.payer else all(against)
    return Indicator.WARNING if warns else Indicator.INFO


def _source(found: Considered, knowledge: Knowledge, base_url: str) -> Source:
    """The insurer whose policies are shown (CRD, ``Card.source.label``); where it is not known, this service."""
    payer = found.insured.payer
    if payer is None:
        return Source(label=PUBLISHER, url=base_url, topic=_TOPIC)
    links = list(_links(found.determinations, knowledge))
    return Source(label=payer.name, url=links[0].url if links else base_url, topic=_TOPIC)


def _links(determinations: Iterable[Determination], knowledge: Knowledge) -> Iterable[Link]:
    """The policies' own pages; a document anybody added may have an address that is none of the web's."""
    seen: set[str] = set()
    for found in determinations:
        url = knowledge.documents[found.policy_id].url
        if urlsplit(url).scheme in ("http", "https") and url not in seen:
            seen.add(url)
            yield Link(label=clean(f"{knowledge.payers[found.payer].name}: {found.title}"), url=url)


def _updates(
    request: Request, governed: list[Considered], knowledge: Knowledge, today: date, base_url: str
) -> Iterable[Action]:
    orders: dict[str, tuple[Order, list[dict[str, object]]]] = {}
    for found in governed:
        _, statements = orders.setdefault(found.order.reference, (found.order, []))
        statements += coverage_information(request, found, knowledge=knowledge, base_url=base_url, today=today)
    for order, statements in orders.values():
        if (action := update_of(order, statements)) is not None:
            yield action
