"""A sentence or a section as plain text for the clipboard, with its references resolved."""

from __future__ import annotations

from collections.abc import Iterable

from rag.article.blocks import Sentence
from rag.article.layout import claim_sentence
from rag.article.markdown import checked_words
from rag.article.models import Answer, Claim, Reference, Section
from rag.article.pdf.sheet import PURPOSE
from rag.article.words import clean, published


def copied_section(section: Section, answer: Answer) -> str:
    """The heading, its sentences, and each reference they name once, under the numbers of the article.

    Where a sentence rests on the criteria check, the copy says too that a person decides.
    """
    return _copied(section.claims, answer, heading=section.heading)


def copied_claim(claim: Claim, answer: Answer) -> str:
    """One sentence and its references."""
    return _copied((claim,), answer)


def _copied(claims: Iterable[Claim], answer: Answer, *, heading: str = "") -> str:
    sentences = [claim_sentence(claim, answer) for claim in claims]
    named = {number for sentence in sentences for number in sentence.markers}
    references = [_reference(reference) for reference in answer.references if reference.n in named]
    supposed = f"HYPOTHETICAL, not in the record. Supposed: {answer.hypothesis}." if answer.hypothesis else ""
    body = "\n".join(_sentence(sentence) for sentence in sentences)
    decides = PURPOSE if any(sentence.checked for sentence in sentences) else ""
    parts = (_line(supposed), _line(heading), body, "\n".join(references), decides)
    return "\n\n".join(part for part in parts if part) + "\n"


def _sentence(sentence: Sentence) -> str:
    markers = "".join(f" [{number}]" for number in sentence.markers)
    support = (*sentence.said, *([checked_words(sentence)] if sentence.checked else []))
    return _line(f"{sentence.text}{markers}{''.join(f' ({words})' for words in support)}")


def _reference(reference: Reference) -> str:
    page = f", page {reference.page}" if reference.page else ""
    source = f"{reference.document_id}#{reference.anchor}"
    return _line(f"{reference.n}. {reference.title}. {published(reference)}{page} ({source}). {reference.url}")


def _line(text: str) -> str:
    """Text that stays one line, and that no control character can steer where it is pasted."""
    return " ".join(clean(text).split())
