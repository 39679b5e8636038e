"""The article on what the documents say, where nothing is to be decided."""

from __future__ import annotations

from rag.article import plan
from rag.article.draft import Draft, DraftSection
from rag.article.material import Material
from rag.article.template.passage_claims import passage_claims


def write_guideline(material: Material) -> Draft:
    """Sections in the order of the answer's contract; a sentence stands in the first section that finds it."""
    said: set[str] = set()
    sections = []
    for part in plan.GUIDELINE_PARTS:
        claims = [claim for claim in passage_claims(material.passages.get(part.id, ())) if claim.text not in said]
        said |= {claim.text for claim in claims}
        sections.append(DraftSection(part.id, part.heading, tuple(claims)))
    limits = "No request was decided: the question names no patient, or nothing a policy here decides."
    return Draft(tuple(sections), ("Which patient, procedure and payer is this about?",), (limits,))
