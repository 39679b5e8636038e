"""The template writer: offline, deterministic, every sentence from the determinations, the case or a digest."""

from __future__ import annotations

from rag.article.draft import Draft
from rag.article.material import Material
from rag.article.template.determination import write_determination
from rag.article.template.guideline import write_guideline

NAME = "template"


def write(material: Material) -> Draft:
    """An article on the determinations when there are any, else on what the documents say."""
    return write_determination(material) if material.determinations else write_guideline(material)
