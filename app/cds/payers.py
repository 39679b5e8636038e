"""Whose policies an order is decided under: the payers of the patient's coverages, by the names the corpus knows.

Source: FHIR R4, Coverage (``payor``, ``period``, ``status``) and ServiceRequest (``insurance``: the coverages to be
used). Nothing is guessed from a plan's name: "Medicare Advantage" of some insurer is not Medicare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.cds.fhir import Coverage, Organization, Reference, day_of, read
from app.cds.models import Resource
from app.cds.orders import Order
from app.cds.references import names
from rag.case.fhir_json import mapping, text
from rag.errors import UnknownName
from rag.knowledge.library import Knowledge
from rag.knowledge.payers import Payer
from rag.knowledge.selection import find_payer

_PLACE = "prefetch.coverage"


@dataclass(frozen=True)
class Insured:
    """``payer`` is None where no coverage names one that is known; ``names`` are then those the coverages give."""

    payer: Payer | None
    coverages: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def insured(order: Order, resources: tuple[Resource, ...], on: date, knowledge: Knowledge) -> tuple[Insured, ...]:
    """One for each known payer of a coverage in force on the day; else one of an unknown payer.

    Raises CdsError for a coverage of the wrong shape.
    """
    by_payer: dict[str, list[str]] = {}
    unknown: list[str] = []
    for resource in _chosen(order, resources):
        coverage = read(Coverage, resource, _PLACE)
        if coverage.status != "active" or not _in_force(coverage, on):
            continue
        called = [name for payor in coverage.payor for name in _names(payor, coverage, resources)]
        if payer := _known(called, knowledge):
            by_payer.setdefault(payer.id, []).append(f"Coverage/{coverage.id}")
        else:
            unknown += called[:1]
    found = tuple(Insured(knowledge.payers[name], tuple(coverages)) for name, coverages in by_payer.items())
    return found or (Insured(None, names=tuple(dict.fromkeys(unknown))),)


def _chosen(order: Order, resources: tuple[Resource, ...]) -> list[Resource]:
    """The coverages the order is to be charged to, where it says so; another in their place would be a guess."""
    all_ = [resource for resource in resources if resource.get("resourceType") == "Coverage"]
    wanted = [reference.reference for reference in order.parts.insurance]
    if not wanted:
        return all_
    return [one for one in all_ if any(names(reference, "Coverage", str(one.get("id"))) for reference in wanted)]


def _in_force(coverage: Coverage, on: date) -> bool:
    """An end that is open, or known to the month only, excludes nothing."""
    period = coverage.period
    start = day_of(period.start, f"{_PLACE}.period.start") if period else None
    end = day_of(period.end, f"{_PLACE}.period.end") if period else None
    return (start is None or start <= on) and (end is None or on <= end)


def _names(payor: Reference, coverage: Coverage, resources: tuple[Resource, ...]) -> Iterator[str]:
    wanted = _last(payor.reference or "")
    if payor.display:
        yield payor.display
    for resource in (*coverage.contained, *resources):
        if mapping(resource).get("resourceType") == "Organization" and wanted and text(resource.get("id")) == wanted:
            organization = read(Organization, resource, f"{_PLACE}.payor")
            yield from filter(None, (organization.name, *organization.alias))


def _known(names: list[str], knowledge: Knowledge) -> Payer | None:
    """The one payer the names know; names of two payers know none."""
    found: dict[str, Payer] = {}
    for name in names:
        try:
            payer = find_payer(knowledge, name)
        except UnknownName:
            continue
        found[payer.id] = payer
    return next(iter(found.values())) if len(found) == 1 else None


def _last(reference: str) -> str:
    return reference.removeprefix("#").partition("/_history/")[0].replace(":", "/").rpartition("/")[2]
