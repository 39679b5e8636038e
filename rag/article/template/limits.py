"""What limits the answer: said by the documents themselves, by the check, and by how little the request names."""

from __future__ import annotations

from rag.article.material import Material
from rag.article.wording import join
from rag.criteria.determination import Determination


def limitations(material: Material) -> tuple[str, ...]:
    """Each once, in order: the request, then policy by policy."""
    found: list[str] = []
    if material.payer is None and len(material.decided) > 1:
        found.append("No payer is named: each policy is decided on its own, and only one of them governs the request.")
    for determination in material.decided:
        found += _of_policy(material, determination)
    if material.conflicts:
        labels = join(material.label(conflict.fact) for conflict in material.conflicts)
        found.append(f"The record contradicts itself on {labels}; these count as unknown.")
    return tuple(dict.fromkeys(found))


def _of_policy(material: Material, determination: Determination) -> list[str]:
    """One paragraph per policy; none where nothing limits it."""
    document = material.knowledge.documents[determination.policy_id]
    rows = determination.criteria
    notes = [note.rstrip(".") for note in (determination.complete_note, document.effective_note) if note]
    unconfirmed = [row.label for row in rows if row.basis == "unconfirmed" and row.part_of is None]
    if unconfirmed:
        notes.append(f"not confirmed here, so shown but deciding nothing: {'; '.join(unconfirmed)}")
    if determination.conditions:
        labels = [row.label for row in rows if row.id in determination.conditions]
        notes.append(f"for a person to confirm, as the record does not speak of it: {'; '.join(labels)}")
    if determination.differences:
        points = [f"{d.policy_id}, {d.point}: {d.text}" for d in determination.differences]
        notes.append(f"the texts of its members differ: {'; '.join(points)}")
    said = ". ".join(note[0].upper() + note[1:] for note in notes)
    return [f"{material.name(determination)}: {said}."] if notes else []
