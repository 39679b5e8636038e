"""The article on what the documents say, where nothing is to be decided."""

from __future__ import annotations

from rag.article import plan
from rag.article.draft import Draft, DraftSection
from rag.article.material import Material
from rag.article.template.passage_claims import passage_claims, said_once


def write_guideline(material: Material) -> Draft:
    """Sections in the order of the answer's contract; a sentence stands in the first section that finds it."""
    bodies = [(part, passage_claims(material.passages.get(part.id, ()))) for part in plan.GUIDELINE_PARTS]
    sections = [DraftSection(part.id, part.heading, claims) for part, claims in said_once(bodies)]
    limits = "No request was decided: the question names no patient, or nothing a policy here decides."
    return Draft(tuple(sections), ("Which patient, procedure and payer is this about?",), (limits,))
