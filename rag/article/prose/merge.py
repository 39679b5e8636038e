"""A model's sentences into the template's section: they replace what they say as fully, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rag.article.draft import DraftClaim, DraftSection
from rag.article.prose.brief import may_reword

#: Of the content words of the template's sentence, the share a model's sentence has to hold to stand in its place.
#: A choice, not a calibration: below half, what is dropped may be what matters (a rare harm, a doubt about a finding),
#: and the template's sentence stays beside the model's.
SAYS_AS_MUCH = 0.5

#: The share of the content words of one text (the first) that stand in another.
Coverage = Callable[[str, str], float]


def merge(section: DraftSection, written: Sequence[DraftClaim], *, coverage: Coverage) -> DraftSection:
    """The section with each written sentence at the place of the first one it is about, in the order written.

    One that is about none of the template's sentences comes right after the written one before it, or first.
    """
    places: dict[int, list[DraftClaim]] = {}
    place = -1
    for claim in written:
        about = next((at for at, old in enumerate(section.claims) if is_about(claim, old)), None)
        place = place if about is None else about
        places.setdefault(place, []).append(claim)
    claims = list(places.get(-1, ()))
    for at, old in enumerate(section.claims):
        claims += places.get(at, ())
        if not _is_replaced(old, written, coverage):
            claims.append(old)
    return replace(section, claims=tuple(claims))


def is_about(claim: DraftClaim, old: DraftClaim) -> bool:
    """Whether both rest on the same words: of the record, or of a section."""
    if not may_reword(old):
        return False
    if old.case_quotes:
        return bool(set(old.case_quotes) & set(claim.case_quotes))
    return any(
        new.source == cited.source and (new.quote in cited.quote or cited.quote in new.quote)
        for new in claim.sources
        for cited in old.sources
    )


def _is_replaced(old: DraftClaim, written: Iterable[DraftClaim], coverage: Coverage) -> bool:
    """Together, the written sentences about it say as much, and rest on all it rested on."""
    about = [claim for claim in written if is_about(claim, old)]
    if not about:
        return False
    if old.case_quotes:
        return set(old.case_quotes) <= {quote for claim in about for quote in claim.case_quotes}
    return coverage(old.text, " ".join(claim.text for claim in about)) >= SAYS_AS_MUCH
