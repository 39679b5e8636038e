"""What a model is given for one section: a closed list of passages and facts, under short names of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.article.draft import DraftClaim, DraftSection
from rag.article.material import Material
from rag.article.models import Audience, CaseQuote, ClaimBasis
from rag.article.template.case_claims import describe
from rag.case.models import Fact

Clean = Callable[[str], str]

#: Passages of one section a model is given, the best ones: it words a few sentences, and a long prompt costs time.
#: What rests on the others stays in the template's words.
MOST_PASSAGES = 8


@dataclass(frozen=True)
class PassageItem:
    """A passage the model may cite: ``text`` stands in section ``source`` (``document-id#anchor``).

    ``confirmed``: false where nobody confirmed the section; a sentence on it has to say so.
    """

    alias: str
    source: str
    text: str
    publisher: str
    title: str
    basis: ClaimBasis
    confirmed: bool = True


@dataclass(frozen=True)
class FactItem:
    """A fact of the record: ``words`` say what was read, ``quote`` where. Only ``shown`` is given to the model."""

    alias: str
    words: str
    quote: CaseQuote
    shown: str


@dataclass(frozen=True)
class Brief:
    """One section's closed list. ``question``: what is asked, in words that may leave the machine."""

    section: DraftSection
    audience: Audience
    question: str
    passages: tuple[PassageItem, ...]
    facts: tuple[FactItem, ...]

    @property
    def aliases(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(item.alias for item in self.passages), tuple(item.alias for item in self.facts)


def may_reword(claim: DraftClaim) -> bool:
    """Whether a model may say it otherwise: not what the check says, and not what a criterion demands."""
    return claim.basis is not ClaimBasis.CHECK and not claim.criteria


def make_brief(section: DraftSection, material: Material, *, question: str, clean: Clean) -> Brief | None:
    """The closed list behind a section of the template's draft; ``None`` where nothing may be reworded.

    ``clean`` takes out what may not leave the machine.
    """
    claims = [claim for claim in section.claims if may_reword(claim)]
    if not claims:
        return None
    return Brief(
        section=section,
        audience=material.audience,
        question=question,
        passages=tuple(_passages(claims, section.id, material)),
        facts=tuple(_facts(claims, material, clean)),
    )


def _passages(claims: Iterable[DraftClaim], part: str, material: Material) -> Iterable[PassageItem]:
    """Each passage cited, once, in the order of the draft."""
    found: dict[tuple[str, str], ClaimBasis] = {}
    for claim in claims:
        for cited in claim.sources:
            found.setdefault((cited.source, _text_around(cited.source, cited.quote, part, material)), claim.basis)
    for number, ((source, text), basis) in enumerate(list(found.items())[:MOST_PASSAGES], start=1):
        document, section = material.knowledge.section(source)
        confirmed = section.basis != "unconfirmed"
        yield PassageItem(f"P{number}", source, text, document.publisher, document.title, basis, confirmed)


def _text_around(source: str, quote: str, part: str, material: Material) -> str:
    """The passage that was found for this part and holds the quote; else the whole section."""
    for hit in material.passages.get(part, ()):
        passage = hit.passage
        if f"{passage.document_id}#{passage.anchor}" == source and quote in passage.text:
            return passage.text
    return material.knowledge.section(source)[1].text


def _facts(claims: Iterable[DraftClaim], material: Material, clean: Clean) -> Iterable[FactItem]:
    quoted = {(quote.start, quote.end) for claim in claims for quote in claim.case_quotes}
    facts = [fact for fact in material.case.facts if (fact.start, fact.end) in quoted and fact.value is not None]
    for number, fact in enumerate(facts, start=1):
        yield _fact_item(f"F{number}", fact, material, clean)


def _fact_item(alias: str, fact: Fact, material: Material, clean: Clean) -> FactItem:
    assert fact.start is not None
    assert fact.end is not None
    quote = CaseQuote(start=fact.start, end=fact.end, quote=material.case.text[fact.start : fact.end])
    words = describe(fact, material.knowledge.vocabulary.facts)
    return FactItem(alias, words, quote, clean(f"{words} (the record says: {' '.join(quote.quote.split())})"))
