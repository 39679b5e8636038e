"""Terms of the vocabulary for which it has plain words, and what a text leaves of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.knowledge.vocabulary import Vocabulary


def plain_terms(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Labels and questions of facts, with the plain ones that stand for them; those that stay as they are left out."""
    pairs = [
        pair
        for name, plain in vocabulary.plain.items()
        for pair in (
            (vocabulary.facts[name].label, plain.label),
            (vocabulary.facts[name].question, plain.question),
        )
    ]
    return {exact: plain for exact, plain in pairs if not _has(plain, exact)}


def terms_in(text: str, terms: Mapping[str, str]) -> list[str]:
    """Terms that stand in the text and are not explained at once, in brackets."""
    return [term for term in terms if _has(text, term)]


def replaced(text: str, terms: Mapping[str, str]) -> str:
    """Each term by its plain words, the longest first."""
    plain = {term.casefold(): words for term, words in terms.items()}
    either = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    return (
        re.sub(_whole(either), lambda found: plain[found[0].casefold()], text, flags=re.IGNORECASE) if plain else text
    )


def _has(text: str, term: str) -> bool:
    return re.search(_whole(re.escape(term)) + r"(?! \()", text, re.IGNORECASE) is not None


def _whole(pattern: str) -> str:
    return rf"(?<!\w)(?:{pattern})(?!\w)"
