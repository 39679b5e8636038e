"""What limits the answer: said by the documents themselves, by the check, and by how little the request names."""

from __future__ import annotations

from rag.article.material import Material
from rag.article.voice import voice_of
from rag.article.voice.limits import opening
from rag.article.wording import join
from rag.criteria.determination import Determination


def limitations(material: Material) -> tuple[str, ...]:
    """Each once, in order: the request, then policy by policy."""
    found: list[str] = []
    voice = voice_of(material)
    if material.payer is None and len(material.decided) > 1:
        found.append(voice.limits.no_payer)
    for determination in material.decided:
        found += _of_policy(material, determination)
    if material.conflicts:
        labels = join(voice.label(conflict.fact) for conflict in material.conflicts)
        found.append(voice.limits.contradiction.format(labels))
    return tuple(dict.fromkeys(found))


def _of_policy(material: Material, determination: Determination) -> list[str]:
    """One paragraph per policy; none where nothing limits it."""
    document = material.knowledge.documents[determination.policy_id]
    rows, words = determination.criteria, voice_of(material).limits
    held = [opening(note.rstrip(".")) for note in (determination.complete_note, document.effective_note) if note]
    notes = [words.source.format(". ".join(held))] if held else []
    unconfirmed = [row.label for row in rows if row.basis == "unconfirmed" and row.part_of is None]
    if unconfirmed:
        notes.append(words.unconfirmed.format(words.listed(unconfirmed)))
    if determination.conditions:
        labels = [row.label for row in rows if row.id in determination.conditions]
        notes.append(words.conditions.format(words.listed(labels)))
    if determination.differences:
        points = [f"{d.policy_id}, {d.point}: {d.text}" for d in determination.differences]
        notes.append(words.differences.format(words.listed(points)))
    said = ". ".join(opening(note) for note in notes)
    return [f"{material.name(determination)}: {said}."] if notes else []
