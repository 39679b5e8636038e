"""Documents as a table, and what of it is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.documents_view import DocumentRow, State, VersionRow
from rag.article.words import clean, plural

ANY: Final = "Any"
STALE: Final = "not checked for long"
NO_PAYER: Final = "no payer"


@dataclass(frozen=True)
class Wanted:
    """A choice of each filter; ``ANY`` lets all through."""

    kind: str = ANY
    payer: str = ANY
    state: str = ANY

    def among(self, rows: Iterable[DocumentRow]) -> list[DocumentRow]:
        return [row for row in rows if self._is(row)]

    def _is(self, row: DocumentRow) -> bool:
        return (
            self.kind in (ANY, row.kind)
            and self.payer in (ANY, payer_words(row))
            and (self.state in (ANY, row.state.value) or (self.state == STALE and row.stale))
        )


def choices_of(rows: Iterable[DocumentRow]) -> Mapping[str, list[str]]:
    """What each filter offers: what occurs, in the order in which it does."""
    found = list(rows)
    states = [row.state.value for row in found] + [STALE for row in found if row.stale]
    return {
        "Kind": list(dict.fromkeys(row.kind for row in found)),
        "Payer": list(dict.fromkeys(payer_words(row) for row in found)),
        "State": list(dict.fromkeys(states)),
    }


def table_of(rows: Iterable[DocumentRow]) -> list[dict[str, str]]:
    """One line for each document, in words."""
    return [
        {
            "State": state_words(row),
            "Title": clean(row.title),
            "Kind": row.kind,
            "Payer": clean(payer_words(row)),
            "Version": "; ".join(clean(version.version) for version in row.versions),
            "In force": "; ".join(window_of(version) for version in row.versions),
            "Last checked": row.last_checked.isoformat(),
            "Basis": row.basis,
            "Id": row.id,
        }
        for row in rows
    ]


def payer_words(row: DocumentRow) -> str:
    return row.payer_name or row.payer or NO_PAYER


def state_words(row: DocumentRow) -> str:
    """The state, and what else one has to know before relying on the document."""
    marks = [f"superseded by {', '.join(row.superseded_by)}" if row.superseded_by else row.state.value]
    if row.stale:
        marks.append(STALE)
    if row.flagged:
        marks.append(f"{plural(len(row.flagged), 'section')} with orders to a model")
    return "; ".join(marks)


def window_of(version: VersionRow) -> str:
    """ "from 2024-01-01", "2021-12-05 to 2026-06-30", "not known"."""
    match version.start, version.end:
        case None, None:
            return "not known"
        case None, end:
            return f"to {end}"
        case start, None:
            return f"from {start}"
        case start, end:
            return f"{start} to {end}"


def is_current(row: DocumentRow) -> bool:
    return row.state is State.IN_FORCE and not row.stale
