"""What was read where a sentence quotes the record: the words its support is judged on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.article.draft import DraftClaim
from rag.article.template.case_claims import conflict_words, describe
from rag.case.models import Case, Fact
from rag.case.values import conflicts
from rag.guard.support.models import Evidence
from rag.knowledge.library import Knowledge

#: What a sentence may call the record, and how it was read, without saying anything of it.
_NAMES = (
    "the record; the question; the note; the patient; it says; documented; as we read the words; as follows from it"
)


def record_evidence(claim: DraftClaim, case: Case, knowledge: Knowledge) -> list[Evidence]:
    """For each quote its words and the facts read from them, and where these contradict other words."""
    facts = [fact for fact in case.facts if any(_is_at(fact, quote.start, quote.end) for quote in claim.case_quotes)]
    words = [quote.quote for quote in claim.case_quotes]
    words += [describe(fact, knowledge.vocabulary.facts) for fact in facts]
    said = "".join(f"{word}. " for word in words)
    return [Evidence(said + " ".join(_contradictions(facts, case, knowledge)), _NAMES)]


def _is_at(fact: Fact, start: int, end: int) -> bool:
    return fact.start is not None and fact.end is not None and fact.start <= start and end <= fact.end


def _contradictions(facts: Sequence[Fact], case: Case, knowledge: Knowledge) -> Iterable[str]:
    ids = {fact.id for fact in facts}
    for conflict in conflicts(case, knowledge.vocabulary):
        if conflict.fact in ids:
            yield conflict_words(conflict, knowledge.vocabulary.facts[conflict.fact].label)
