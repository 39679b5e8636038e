"""Where guidelines and policies disagree, each side with the passage it opens."""

from __future__ import annotations

from collections.abc import Iterable

from app.chat.article.models import GuidelineConflict, SideData
from app.chat.article.passages import BASIS, KINDS, Passages
from app.chat.article.text import safe
from rag.article.models import ConflictNote, ConflictSide

_CONFIRMED = "publisher"


def guideline_conflicts(conflicts: Iterable[ConflictNote], passages: Passages) -> tuple[GuidelineConflict, ...]:
    return tuple(
        GuidelineConflict(point=safe(one.point), sides=tuple(_side(side, passages) for side in one.sides))
        for one in conflicts
    )


def _side(side: ConflictSide, passages: Passages) -> SideData:
    return SideData(
        kind=KINDS.get(side.kind, "document"),
        publisher=safe(side.publisher),
        title=safe(side.title),
        says=safe(side.says),
        quote=safe(side.quote),
        basis=None if side.basis == _CONFIRMED else BASIS.get(side.basis, safe(side.basis)),
        passage=passages.of_side(side),
    )
