"""What is in the corpus, as rows: what each document is, which versions it has, whether it can be relied on today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from ingest.documents import Document
from ingest.passages import Passage
from rag.criteria.policy import Policy, Window
from rag.errors import UnknownName
from rag.knowledge.library import Knowledge

#: Days since the last check after which a document in force is called stale. Payers and Medicare contractors review
#: their policies at least once a year and may revise them in between: after half a year the odds are no longer good.
STALE_AFTER_DAYS = 180


class State(StrEnum):
    """Where a document or a version stands on a day."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    NOT_YET = "not yet in force"


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class VersionRow(_View):
    """A version and the days it holds, both included; None is an open or unknown end."""

    version: str
    start: date | None
    end: date | None
    state: State
    complete: bool | None = None


class DocumentRow(_View):
    """``stale``: in force, but not checked for long. ``flagged``: headings of sections that give orders to a model.

    ``superseded_by`` names the version or the documents that follow, where the corpus says so; ``ended`` is the last
    day. ``passages`` is None where no index was at hand. Titles and publishers are text of a stranger: escape them.
    """

    id: str
    title: str
    kind: str
    publisher: str
    payer: str | None
    payer_name: str | None
    url: str
    jurisdiction: str
    versions: tuple[VersionRow, ...]
    last_checked: date
    basis: str
    basis_note: str | None
    effective_note: str | None
    sections: int
    passages: int | None
    state: State
    ended: date | None
    superseded_by: tuple[str, ...]
    stale: bool
    flagged: tuple[str, ...]


def documents(
    knowledge: Knowledge,
    on: date,
    *,
    kind: str | None = None,
    payer: str | None = None,
    passages: Iterable[Passage] | None = None,
) -> tuple[DocumentRow, ...]:
    """Rows in the corpus's order, of one kind and one payer (its id) where named. Raises UnknownName."""
    kinds = list(dict.fromkeys(document.kind for document in knowledge.documents.values()))
    if kind is not None and kind not in kinds:
        raise UnknownName("kind of document", kind, [str(known) for known in kinds])
    if payer is not None and payer not in knowledge.payers:
        raise UnknownName("payer", payer, list(knowledge.payers))
    counts = None if passages is None else Counter(passage.document_id for passage in passages)
    return tuple(
        _row(document, knowledge, on, counts)
        for document in knowledge.documents.values()
        if kind in (None, document.kind) and payer in (None, document.payer)
    )


def state_on(window: Window, on: date) -> State:
    if window.start is not None and on < window.start:
        return State.NOT_YET
    return State.IN_FORCE if on in window else State.SUPERSEDED


def _row(document: Document, knowledge: Knowledge, on: date, counts: Mapping[str, int] | None) -> DocumentRow:
    versions = _versions(document, knowledge.policies.get(document.id), on)
    state = _state(versions)
    ended = max((v.end for v in versions if v.end), default=None) if state is State.SUPERSEDED else None
    payer = knowledge.payers.get(document.payer or "")
    return DocumentRow(
        id=document.id,
        title=document.title,
        kind=document.kind,
        publisher=document.publisher,
        payer=document.payer,
        payer_name=payer.name if payer else None,
        url=document.url,
        jurisdiction=document.jurisdiction,
        versions=versions,
        last_checked=document.last_checked,
        basis=document.basis,
        basis_note=document.basis_note,
        effective_note=document.effective_note,
        sections=len(document.sections),
        passages=None if counts is None else counts.get(document.id, 0),
        state=state,
        ended=ended,
        superseded_by=_followers(document, ended, knowledge.documents.values()),
        stale=state is State.IN_FORCE and on - document.last_checked > timedelta(days=STALE_AFTER_DAYS),
        flagged=tuple(section.heading for section in document.sections if section.flagged),
    )


def _versions(document: Document, policy: Policy | None, on: date) -> tuple[VersionRow, ...]:
    """Those of a policy's criteria; of any other document, the one its front matter names."""
    if policy is None:
        window = Window(document.effective.start, document.effective.end)
        state = state_on(window, on)
        return (VersionRow(version=document.version, start=window.start, end=window.end, state=state),)
    return tuple(
        VersionRow(
            version=version.version,
            start=version.window.start,
            end=version.window.end,
            state=state_on(version.window, on),
            complete=version.complete,
        )
        for version in policy.versions
    )


def _state(versions: tuple[VersionRow, ...]) -> State:
    """In force when any version is; else superseded when any has ended."""
    states = {version.state for version in versions}
    return next(state for state in (State.IN_FORCE, State.SUPERSEDED, State.NOT_YET) if state in states)


def _followers(document: Document, ended: date | None, others: Iterable[Document]) -> tuple[str, ...]:
    """Ids of documents of the same publisher, kind and codes that begin the day after this one ended."""
    if ended is None:
        return ()
    next_day = ended + timedelta(days=1)
    return tuple(
        other.id
        for other in others
        if other.effective.start == next_day
        and (other.publisher, other.kind, other.payer) == (document.publisher, document.kind, document.payer)
        and (not document.codes.cpt or set(other.codes.cpt) & set(document.codes.cpt))
    )
