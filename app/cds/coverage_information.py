"""Da Vinci CRD's extension ``ext-coverage-information`` on an order, as far as a check of criteria can fill it.

Source: Da Vinci CRD STU 2 (2.0.1), StructureDefinition ext-coverage-information with its value sets and invariants
crd-ci-q1 to q5; what 2.1.0 adds (q3: ``conditional`` with ``info-needed``, q6: ``OTH`` with a reason) holds too.

- ``covered`` is always ``conditional``: whether a plan covers a service is the payer's word. A digest's criteria are
  one condition of it, whatever their status, so neither ``covered`` nor ``not-covered`` could be true here. (CRD 2.2's
  ``indeterminate`` is for technical failures.)
- ``pa-needed`` is ``conditional``: nothing here knows a plan's rules of prior authorisation, yet q2 asks for the
  element wherever the service is not ``not-covered``. For the same reason there is no ``doc-purpose``.
- ``doc-needed`` is ``clinical``, with the form, where a missing fact could still change a status; else left out.
- ``info-needed`` is ``OTH``, which the reasons explain, and ``timeframe`` where the order gives no full date: the date
  of service selects a policy's version.
- ``billingCode``: the codes that were decided, for no other does the statement hold.
- ``coverage`` must be a Coverage the client holds (1..1): without one, or with a payer not known here, no statement.
- ``coverage-assertion-id`` (1..1) traces the statement in its source system. There is no payer's number to give, so it
  is made from the call, the order and the coverage, and begins with this project's name.
- ``satisfied-pa-id``, ``contact``, ``dependency``, ``detail``: nothing here could fill them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.cds.considering import Considered
from app.cds.identifiers import named
from app.cds.models import Action, Request, Resource
from app.cds.orders import Order
from app.cds.suggestions import form_of
from app.cds.wording import SHORT
from app.dtr.questionnaire import PUBLISHER
from rag.article.words import clean, version_words, window_words
from rag.case.fhir_words import procedure_codes
from rag.criteria.determination import Determination
from rag.knowledge.library import Knowledge

URL = "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information"
_ASSERTION = "coverage-assertion-id"
#: What differs between two calls that found the same.
_OF_THE_CALL = ("date", _ASSERTION)


def coverage_information(
    request: Request, considered: Considered, *, knowledge: Knowledge, base_url: str, today: date
) -> list[Resource]:
    """One extension for each coverage of the payer whose policies govern the order."""
    if considered.insured.payer is None or not considered.determinations:
        return []
    missing = [found for found in considered.determinations if found.missing]
    forms = [form_of(found, considered, knowledge, base_url) for found in missing]
    return [
        {
            "url": URL,
            "extension": [
                _part("coverage", Reference={"reference": coverage}),
                _part("covered", Code="conditional"),
                _part("pa-needed", Code="conditional"),
                *([_part("doc-needed", Code="clinical")] if missing else []),
                _part("info-needed", Code="OTH"),
                *([] if considered.order.day else [_part("info-needed", Code="timeframe")]),
                *(_part("billingCode", Coding=coding) for coding in _billed(considered.order)),
                *(_part("reason", CodeableConcept={"text": _reason(found)}) for found in considered.determinations),
                *(_part("questionnaire", Canonical=form) for form in forms),
                _part("date", Date=today.isoformat()),
                _part(_ASSERTION, String=_assertion(request, considered.order, coverage)),
            ],
        }
        for coverage in considered.insured.coverages
    ]


def update_of(order: Order, statements: list[Resource]) -> Action | None:
    """The order with these statements in the place of earlier ones of this project's; all else as it came.

    None where they say nothing new: CRD forbids an update then. Statements of others are kept.
    """
    before: list[Resource] = list(order.resource.get("extension", []))
    ours = [extension for extension in before if _is_ours(extension)]
    if not statements or _said(ours) == _said(statements):
        return None
    resource = order.resource | {"extension": [*(one for one in before if not _is_ours(one)), *statements]}
    return Action(type="update", description="Add what the check of coverage criteria found", resource=resource)


def _billed(order: Order) -> Iterable[Resource]:
    for coding in order.parts.code.coding if order.parts.code else ():
        plain = {"system": coding.system, "code": coding.code}
        if procedure_codes({"coding": [plain]}):
            yield plain


def _reason(found: Determination) -> str:
    said = f"{found.policy_id} ({version_words(found.version)}, {window_words(found.effective)})"
    return clean(f"Criteria of {said}: {SHORT[found.status]}. A check of a digest, no coverage decision.")


def _assertion(request: Request, order: Order, coverage: str) -> str:
    return f"{PUBLISHER}:{named(request, order.reference, coverage)}"


def _part(url: str, **value: object) -> Resource:
    ((kind, given),) = value.items()
    return {"url": url, f"value{kind}": given}


def _is_ours(extension: Resource) -> bool:
    return extension.get("url") == URL and any(
        part.get("url") == _ASSERTION and str(part.get("valueString")).startswith(f"{PUBLISHER}:")
        for part in _parts(extension)
    )


def _said(extensions: list[Resource]) -> list[list[Resource]]:
    return [[part for part in _parts(one) if part.get("url") not in _OF_THE_CALL] for one in extensions]


def _parts(extension: Resource) -> list[Resource]:
    parts = extension.get("extension")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
