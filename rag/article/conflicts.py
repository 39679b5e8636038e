"""Where guidelines and the policies decided disagree: chosen by code, never weighed, none called right."""

from __future__ import annotations

from collections.abc import Iterable

from rag.article.material import Material
from rag.article.models import ConflictNote, ConflictSide
from rag.criteria.determination import Determination
from rag.criteria.policy import Basis
from rag.knowledge.conflict import Conflict, Side


def conflict_notes(material: Material) -> tuple[ConflictNote, ...]:
    """The conflicts that arise in the case, each with the sides that count for it: one a policy's, one another's."""
    knowledge = material.knowledge
    arising = (one for one in knowledge.conflicts if one.arises(material.values, knowledge.vocabulary, knowledge.codes))
    notes = ((conflict, _sides(conflict, material)) for conflict in arising)
    return tuple(_note(conflict, sides) for conflict, sides in notes if len({side.is_policy for side in sides}) > 1)


def _sides(conflict: Conflict, material: Material) -> tuple[Side, ...]:
    """Those in force on the day of service; of the policies, those decided."""
    return tuple(
        side
        for side in conflict.sides
        if side.holds_on(material.on) and (not side.is_policy or _is_decided(side, material))
    )


def _is_decided(side: Side, material: Material) -> bool:
    policies = material.knowledge.policies
    return any(
        found.policy_id == side.document.id
        or (policies[found.policy_id].family == side.document.id and _rests_on(found, side.source))
        for found in material.decided
    )


def _rests_on(found: Determination, source: str) -> bool:
    """A member of a policy family says what the family's text says only as far as its criteria confirm it."""
    return any(row.source == source and row.basis != Basis.UNCONFIRMED for row in found.criteria)


def _note(conflict: Conflict, sides: Iterable[Side]) -> ConflictNote:
    return ConflictNote(id=conflict.id, point=conflict.point, sides=tuple(_side(side) for side in sides))


def _side(side: Side) -> ConflictSide:
    return ConflictSide(
        document_id=side.document.id,
        anchor=side.section.anchor,
        title=side.document.title,
        publisher=side.document.publisher,
        kind=side.document.kind,
        basis=side.section.basis,
        version=side.document.version,
        quote=side.quote,
        start=side.start,
        end=side.start + len(side.quote),
        says=side.says,
    )
