"""What was read where a sentence quotes the record: the words its support is judged on."""

from __future__ import annotations

from collections.abc import Iterator

from rag.article.draft import DraftClaim
from rag.article.models import CaseQuote
from rag.article.template.case_claims import conflict_words, describe, reading_words
from rag.case.models import Case, Fact
from rag.case.values import conflicts
from rag.guard.support.models import Evidence
from rag.knowledge.library import Knowledge

#: What a sentence may call the record, and how it was read, without saying anything of it.
_NAMES = (
    "the record; the question; the note; the reply; the supposition; the patient; it says; documented; "
    "as we read the words; as follows from it"
)


def record_evidence(claim: DraftClaim, case: Case, knowledge: Knowledge) -> list[Evidence]:
    """For each quote its words and the facts read from them, and where these contradict other words."""
    said = [words for quote in claim.case_quotes for words in _read_there(quote, case, knowledge)]
    # That one place says so stays true where another says otherwise; any other sentence has to name both.
    contradicted = () if claim.text in said else _contradictions(claim, case, knowledge)
    return [Evidence(" ".join([*said, *contradicted]), _NAMES)]


def _read_there(quote: CaseQuote, case: Case, knowledge: Knowledge) -> Iterator[str]:
    facts = [fact for fact in case.facts if fact.value is not None and _holds(fact, quote)]
    exact = [fact for fact in facts if (fact.start, fact.end) == (quote.start, quote.end)]
    if exact:
        yield reading_words(quote.quote, exact, knowledge.vocabulary.facts)
    yield f"{quote.quote}."
    yield from (f"{describe(fact, knowledge.vocabulary.facts)}." for fact in facts)


def _holds(fact: Fact, quote: CaseQuote) -> bool:
    return fact.start is not None and fact.end is not None and fact.start <= quote.start and quote.end <= fact.end


def _contradictions(claim: DraftClaim, case: Case, knowledge: Knowledge) -> Iterator[str]:
    quoted = {(quote.start, quote.end) for quote in claim.case_quotes}
    for conflict in conflicts(case, knowledge.vocabulary):
        if quoted & {(fact.start, fact.end) for fact in conflict.facts}:
            yield conflict_words(conflict, knowledge.vocabulary.facts[conflict.fact].label)
