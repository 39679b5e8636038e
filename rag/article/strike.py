"""Taking a sentence out of a finished article, as a reviewer may."""

from __future__ import annotations

from collections.abc import Iterable

from rag.article.models import Answer, Section
from rag.errors import UserError


class StrikeError(UserError):
    """The sentence is not there, or an article is none without it."""


def strike(answer: Answer, *, section: str, sentence: int) -> Answer:
    """The article without one sentence; ``sentence`` counts from 1 within the section called ``section``.

    References are numbered anew from 1 in order of first use, and those no longer used are gone. The sentence that
    states the verdict stays, and so does the last one of what answers the question. A section left empty stays, as a
    part that says nothing. Raises ``StrikeError``.
    """
    place = _place(answer, section, sentence)
    found = answer.sections[place]
    claims = found.claims[: sentence - 1] + found.claims[sentence:]
    left = found.model_copy(update={"claims": claims})
    return _renumbered(answer, (*answer.sections[:place], left, *answer.sections[place + 1 :]))


def _place(answer: Answer, section: str, sentence: int) -> int:
    """Where the section stands, once the sentence may be struck."""
    ids = [part.id for part in answer.sections]
    if section not in ids:
        raise StrikeError(f"The article has no part {section!r}. Its parts: {', '.join(ids)}.")
    place = ids.index(section)
    count = len(answer.sections[place].claims)
    if not 1 <= sentence <= count:
        raise StrikeError(f"The part {section!r} has sentences 1 to {count}, none numbered {sentence}.")
    if place == 0 and answer.verdict is not None and sentence == 1:
        raise StrikeError("The first sentence states the verdict and stays. Send the article back with a comment.")
    if place == 0 and count == 1:
        raise StrikeError("The only sentence that answers the question stays. Send the article back with a comment.")
    return place


def _renumbered(answer: Answer, sections: Iterable[Section]) -> Answer:
    sections = tuple(sections)
    used = dict.fromkeys(n for section in sections for claim in section.claims for n in claim.citations)
    numbers = {old: new for new, old in enumerate(used, 1)}
    known = {reference.n: reference for reference in answer.references}
    references = tuple(known[old].model_copy(update={"n": new}) for old, new in numbers.items())
    return answer.model_copy(
        update={"sections": tuple(_cited(section, numbers) for section in sections), "references": references}
    )


def _cited(section: Section, numbers: dict[int, int]) -> Section:
    claims = tuple(
        claim.model_copy(update={"citations": tuple(numbers[n] for n in claim.citations)}) for claim in section.claims
    )
    return section.model_copy(update={"claims": claims})
