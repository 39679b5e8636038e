"""What the record says: one sentence for each stretch of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.article.draft import DraftClaim, check
from rag.article.material import Material
from rag.article.models import CaseQuote, ClaimBasis
from rag.article.voice import voice_of
from rag.article.wording import join
from rag.article.words import value_words
from rag.case.models import Fact, Support
from rag.case.values import Conflict
from rag.criteria.policy import FactSpec

_HOW = {
    Support.STATED: "",
    Support.STRUCTURED: "",
    Support.QUALITATIVE: ", as we read the words",
    Support.DERIVED: ", as follows from it",
}


def record_claims(material: Material) -> list[DraftClaim]:
    """The facts that carry a quote, grouped by quote, in the order of the text; then facts given without words."""
    facts = material.knowledge.vocabulary.facts
    quoted: dict[tuple[int, int], list[Fact]] = {}
    for fact in material.case.facts:
        if fact.start is not None and fact.end is not None and fact.value is not None:
            quoted.setdefault((fact.start, fact.end), []).append(fact)
    claims = [_quoted_claim(span, group, material.case.text, facts) for span, group in sorted(quoted.items())]
    return [*claims, *_readings(material), *_given_claims(material, facts)]


def _quoted_claim(span: tuple[int, int], group: list[Fact], text: str, facts: Mapping[str, FactSpec]) -> DraftClaim:
    quote = text[span[0] : span[1]]
    return DraftClaim(
        text=reading_words(quote, group, facts),
        basis=ClaimBasis.CASE,
        case_quotes=(CaseQuote(start=span[0], end=span[1], quote=quote),),
    )


def reading_words(quote: str, group: Sequence[Fact], facts: Mapping[str, FactSpec]) -> str:
    """What was read from the words, in a sentence. ``group``: the facts that rest on them, at least one."""
    said = "; ".join(describe(fact, facts) + _HOW[fact.support] for fact in group)
    return f"The {group[0].source} says “{' '.join(quote.split())}”: {said}."


def _readings(material: Material) -> list[DraftClaim]:
    """Why a word such as "minimal" is read as the interval it is."""
    words = [fact for fact in material.case.facts if fact.support is Support.QUALITATIVE and fact.quote]
    found = [(fact.quote, material.knowledge.phrases.reason_for(fact)) for fact in words]
    reasons = {quote: reason for quote, reason in found if quote and reason}
    return [check(voice_of(material).reading(quote, reason)) for quote, reason in reasons.items()]


def _given_claims(material: Material, facts: Mapping[str, FactSpec]) -> list[DraftClaim]:
    given = [
        f for f in material.case.facts if f.support is Support.STRUCTURED and f.start is None and f.value is not None
    ]
    if not given:
        return []
    voice = voice_of(material)
    return [check(voice.given(describe(fact, facts, label=voice.label(fact.id)) for fact in given))]


def describe(fact: Fact, facts: Mapping[str, FactSpec], *, label: str | None = None) -> str:
    """ "pain relief after the earlier injection: from 0 to under 30 %". ``label``: other words than the fact's own."""
    spec = facts[fact.id]
    said = label or spec.label
    match fact.value:
        case True:
            return said
        case False:
            return f"not: {said}"
        case tuple() if spec.type == "codes":
            return f"{said}: {join(fact.value)}"
        case _:
            return f"{said}: {value_words(fact.value)}"


def conflict_claims(material: Material) -> list[DraftClaim]:
    """Each contradiction with both places."""
    claims = []
    for conflict in material.conflicts:
        quotes = tuple(
            CaseQuote(start=fact.start, end=fact.end, quote=fact.quote)
            for fact in conflict.facts
            if fact.start is not None and fact.end is not None and fact.quote is not None
        )
        text = conflict_words(conflict, material.label(conflict.fact))
        claims.append(DraftClaim(text, ClaimBasis.CASE, case_quotes=quotes) if quotes else check(text))
    return claims


def conflict_words(conflict: Conflict, label: str) -> str:
    """The contradiction in a sentence, with both places."""
    said = join(f"“{fact.quote}”" for fact in conflict.facts if fact.quote is not None)
    return f"The record disagrees with itself on {label} ({said}), so it counts as not documented."
