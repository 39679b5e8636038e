"""The article on what the documents say, where nothing is to be decided."""

from __future__ import annotations

from rag.article import plan
from rag.article.draft import Draft, DraftSection
from rag.article.material import Material
from rag.article.template.passage_claims import passage_claims, said_once
from rag.article.voice import voice_of


def write_guideline(material: Material) -> Draft:
    """Sections in the order of the answer's contract; a sentence stands in the first section that finds it."""
    bodies = [(part, passage_claims(material.passages.get(part.id, ()))) for part in plan.GUIDELINE_PARTS]
    audience, voice = material.audience, voice_of(material)
    sections = [DraftSection(part.id, part.heading_for(audience), claims) for part, claims in said_once(bodies)]
    return Draft(tuple(sections), (voice.ask_case(),), (voice.limits.undecided,))
