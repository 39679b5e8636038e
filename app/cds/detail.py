"""The detail of a card in GitHub Flavored Markdown: the statuses first, then what is open, then what it rests on.

Source: Da Vinci CRD, "CDS Hooks cards" (critical information in the first paragraph, less critical information last).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.cds.considering import Considered
from app.cds.orders import Order
from app.cds.records import Records
from app.cds.wording import SHORT, inline
from rag.article.wording import DISCLAIMER, ROW_STATUS
from rag.article.words import version_words, window_words
from rag.case.fhir_words import coded_words
from rag.criteria.determination import CriterionResult, CriterionStatus, Determination
from rag.knowledge.library import Knowledge

_OPEN = (CriterionStatus.NOT_MET, CriterionStatus.NOT_DOCUMENTED)


def detail(considered: Considered, records: Records, knowledge: Knowledge) -> str:
    paragraphs = [_asked(considered)]
    for found in considered.determinations:
        paragraphs += _policy(found, knowledge)
    paragraphs += _bullets("Policies without a version for that day", map(_outside, considered.outside))
    paragraphs += _bullets("What was not read", _unread(considered, records))
    return "\n\n".join((*paragraphs, inline(DISCLAIMER)))


def _asked(considered: Considered) -> str:
    order, payer = considered.order, considered.insured.payer
    day = (
        f"on {considered.on}" if order.day else f"on {considered.on} (the order gives no full date, so today is taken)"
    )
    said = f"{inline(coded_words(order.procedures))}, service {day}."
    return said if payer else f"{said} {_unknown_payer(considered.insured.names, order)}"


def _unknown_payer(names: tuple[str, ...], order: Order) -> str:
    if not names and order.parts.insurance:
        return (
            "The coverage the order is to be charged to was not sent or is not in force, so the policies of all payers "
            "known here are shown."
        )
    if not names:
        return "No coverage in force was sent, so the policies of all payers known here are shown."
    named = ", ".join(map(inline, names))
    return f"The coverage names {named}, a payer not known here, so the policies of all payers known here are shown."


def _policy(found: Determination, knowledge: Knowledge) -> Iterator[str]:
    payer, document = knowledge.payers[found.payer].name, knowledge.documents[found.policy_id]
    title = inline(f"{payer}: {found.title}")
    yield f"**{title}**: {SHORT[found.status]} (`{found.policy_id}`: `{found.status}`)"
    yield from _bullets("", (_criterion(row) for row in found.criteria if _is_open(row)))
    if found.conditions:
        yield f"Limits the record does not speak of, for a person to confirm: {len(found.conditions)}."
    yield from _bullets("Questions the record leaves open", (inline(fact.question) for fact in found.missing))
    checked = f"{version_words(found.version)}, {window_words(found.effective)}, last checked {document.last_checked}"
    note = f" The digest does not hold the whole policy: {found.complete_note}" if found.complete_note else ""
    yield inline(f"Basis: {found.policy_id}, {checked}.{note}")


def _is_open(row: CriterionResult) -> bool:
    """A limit the record does not raise holds nothing up: it is counted, not listed."""
    silent = row.decides == "when_raised" and row.status is CriterionStatus.NOT_DOCUMENTED
    return row.status in _OPEN and row.part_of is None and row.decides != "never" and not silent


def _criterion(row: CriterionResult) -> str:
    unconfirmed = " (not confirmed, decides nothing)" if row.basis == "unconfirmed" else ""
    other = f" (another way to meet {inline(row.alternative_to)})" if row.alternative_to else ""
    return f"{ROW_STATUS[row.status]}: {inline(row.label)}{other}{unconfirmed}"


def _outside(found: Determination) -> str:
    return inline(f"{found.policy_id}: {found.reason}")


def _unread(considered: Considered, records: Records) -> Iterator[str]:
    yield from (inline(notice) for notice in considered.notices)
    if records.unsent:
        yield f"Not sent, so not documented here: {', '.join(records.unsent)}."
    if records.cut:
        yield f"Only a first page was sent of: {', '.join(records.cut)}."


def _bullets(heading: str, lines: Iterable[str]) -> Iterator[str]:
    if items := "\n".join(f"- {line}" for line in lines):
        yield f"{heading}:\n\n{items}" if heading else items
