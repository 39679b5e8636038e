"""An answer as blocks, in the order a reader needs them: verdict, policies, article, checklists, sources."""

from __future__ import annotations

from rag.article.blocks import (
    Banner,
    Blocks,
    Bullets,
    Heading,
    Paragraph,
    Quotation,
    References,
    Sentence,
    Sentences,
)
from rag.article.conflict_blocks import conflict_blocks
from rag.article.determination_blocks import checklists, missing, policy_table
from rag.article.models import Answer, CaseQuote, Claim, ClaimBasis, Kind, Section
from rag.article.plan import MISSING
from rag.article.wording import STATUS_SHORT
from rag.article.words import Labels, value_words, writer_words
from rag.case.models import Case, Fact

_NO_VERDICT = {Kind.GUIDELINE: "Guideline question", Kind.REFUSAL: "No answer from these sources"}


def answer_blocks(answer: Answer, labels: Labels) -> Blocks:
    """The whole article."""
    return (
        _banner(answer),
        *_supposition(answer),
        Quotation(answer.question),
        *policy_table(answer.determinations, labels),
        *_sections(answer),
        *conflict_blocks(answer.conflicts),
        *case_blocks(answer.case, labels, heading="The case as read"),
        *checklists(answer.determinations, labels),
        *_missing(answer, labels),
        *_references(answer),
        *_listed("Limitations", answer.limitations),
        *_listed("Follow-up questions", answer.follow_ups),
        *_footer(answer),
    )


def case_blocks(case: Case, labels: Labels, *, heading: str) -> Blocks:
    """The facts, each with its value, how it was obtained and the words it rests on."""
    if not case.facts:
        return ()
    return Heading(2, heading), Bullets(tuple(_fact_line(fact, labels) for fact in case.facts))


def _banner(answer: Answer) -> Banner:
    verdict = answer.verdict
    if verdict is None:
        return Banner(None, _NO_VERDICT.get(answer.kind, ""), "", "")
    words = STATUS_SHORT[verdict.status]
    return Banner(
        verdict.status, f"hypothetical: {words}" if answer.hypothesis else words, verdict.headline, verdict.basis
    )


def _supposition(answer: Answer) -> Blocks:
    if answer.hypothesis is None:
        return ()
    return (Paragraph(f"HYPOTHETICAL, not in the record. Supposed: {answer.hypothesis}."),)


def _sections(answer: Answer) -> Blocks:
    return tuple(
        block
        for section in answer.sections
        if section.claims
        for block in (Heading(2, section.heading), _sentences(section, answer))
    )


def _sentences(section: Section, answer: Answer) -> Sentences:
    return Sentences(tuple(claim_sentence(claim, answer) for claim in section.claims))


def claim_sentence(claim: Claim, answer: Answer) -> Sentence:
    """A claim with the support every renderer shows beside it."""
    said = tuple(_said(quote, answer.case) for quote in claim.case_quotes if quote.quote not in claim.text)
    bare = not claim.citations and not claim.case_quotes
    # Nothing was checked against criteria where nothing was decided.
    checked = bare and claim.basis is ClaimBasis.CHECK and answer.verdict is not None
    return Sentence(claim.text, claim.citations, said, checked, claim.criteria if checked else ())


def _said(quote: CaseQuote, case: Case) -> str:
    return f'{_speaker(quote, case)}: "{quote.quote}"'


def _speaker(quote: CaseQuote, case: Case) -> str:
    """The text the words stand in, as far as a fact resting on the same words tells."""
    sources = {fact.source for fact in case.facts if fact.quote == quote.quote and fact.start == quote.start}
    return f"the {next(iter(sources))} says" if len(sources) == 1 else "the record says"


def _fact_line(fact: Fact, labels: Labels) -> str:
    quoted = f': "{fact.quote}"' if fact.quote else ""
    return f"{labels.fact(fact.id)}: {value_words(fact.value)} ({fact.support.value}, {fact.source}{quoted})"


def _missing(answer: Answer, labels: Labels) -> Blocks:
    """The facts to ask for, unless the article has a part about them."""
    told = any(section.id == MISSING.id for section in answer.sections)
    return () if told else missing(answer.determinations, labels)


def _references(answer: Answer) -> Blocks:
    said = frozenset(claim.text for section in answer.sections for claim in section.claims)
    return (Heading(2, "References"), References(answer.references, said)) if answer.references else ()


def _listed(heading: str, items: tuple[str, ...]) -> Blocks:
    return (Heading(2, heading), Bullets(items)) if items else ()


def _footer(answer: Answer) -> Blocks:
    review = answer.review.status.replace("_", " ")
    by = f" by {answer.review.reviewer}" if answer.review.reviewer else ""
    at = f" on {answer.review.at:%Y-%m-%d}" if answer.review.at else ""
    updated = f"{answer.last_updated:%Y-%m-%d %H:%M %Z}".rstrip()
    return (
        Heading(2, "Review and disclaimer"),
        Paragraph(f"Review status: {review}{by}{at}. Last updated: {updated}."),
        *(Paragraph(words) for words in writer_words(answer.provenance)),
        Paragraph(answer.disclaimer),
    )
