"""Where guidelines and policies disagree, as blocks: the point, then each side with its words and their source."""

from __future__ import annotations

from collections.abc import Iterable

from rag.article.blocks import Blocks, Heading, Item, Numbered
from rag.article.models import ConflictNote, ConflictSide
from rag.article.words import version_words

CONFLICTS_HEADING = "Where guidelines and policies disagree"

_BASIS = {"secondary": "known from secondary accounts", "unconfirmed": "reported, not confirmed"}


def conflict_blocks(conflicts: Iterable[ConflictNote]) -> Blocks:
    """Nothing where there is no conflict."""
    items = tuple(Item(conflict.point, tuple(_line(side) for side in conflict.sides)) for conflict in conflicts)
    return (Heading(2, CONFLICTS_HEADING), Numbered(items)) if items else ()


def _line(side: ConflictSide) -> str:
    basis = _BASIS.get(side.basis)
    source = (side.title, version_words(side.version), f"{side.document_id}#{side.anchor}", *([basis] if basis else []))
    return f'{side.kind.capitalize()}, {side.publisher}: {side.says}. "{side.quote}" ({"; ".join(source)})'
