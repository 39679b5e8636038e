"""From a model's sentence to a claim: its basis is derived, and its quotes are found, by code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from rag.article.draft import Cited, DraftClaim
from rag.article.models import ClaimBasis
from rag.article.prose.brief import Brief, FactItem, PassageItem
from rag.article.prose.reply import ModelClaim, Rejected
from rag.article.sentences import sentences

#: Characters of one sentence; a longer one is no sentence a reader follows.
LONGEST_SENTENCE = 500

#: The policy that refuses what cites nothing usable.
REFERENCES = "references"
NOWHERE = "its words stand in no cited passage"

#: Where the words of a sentence stand in a text: spans, best support of few sentences.
FindQuotes = Callable[[str, str], Sequence[tuple[int, int]]]

_ALIAS = r"[PF]\d{1,3}"
_LEADING = re.compile(rf"^\s*[\[(]?{_ALIAS}[\])]?\s*[:.)-]\s*")
_MARKS = re.compile(rf"\s*[\[(]\s*{_ALIAS}(?:\s*(?:,|and)\s*{_ALIAS})*\s*[\])]")


def sentences_of(claim: ModelClaim) -> Iterator[ModelClaim]:
    """Each sentence as a claim of its own, without the marks a model writes for its citations."""
    text = " ".join(_MARKS.sub("", _LEADING.sub("", claim.text)).split())
    for start, end in sentences(text):
        yield claim.model_copy(update={"text": text[start:end]})


def make_claim(claim: ModelClaim, brief: Brief, *, find_quotes: FindQuotes) -> DraftClaim | Rejected:
    """A draft claim, or why there can be none."""
    passages = {item.alias: item for item in brief.passages}
    facts = {item.alias: item for item in brief.facts}
    if reason := _reference_problem(claim, set(passages) | set(facts)):
        return Rejected(claim.text, REFERENCES, reason)
    if claim.facts:
        return _on_the_record(claim.text, [facts[alias] for alias in dict.fromkeys(claim.facts)])
    return _on_documents(claim.text, [passages[alias] for alias in dict.fromkeys(claim.passages)], find_quotes)


def _reference_problem(claim: ModelClaim, known: set[str]) -> str | None:
    named = [*claim.passages, *claim.facts]
    if not named:
        return "it cites nothing"
    if unknown := [alias for alias in named if alias not in known]:
        return f"it cites {unknown[0][:20]!r}, which is not on the list"
    if claim.passages and claim.facts:
        return "it rests on documents and on the record at once: make two sentences of it"
    if any(alias.startswith("F") for alias in claim.passages) or any(alias.startswith("P") for alias in claim.facts):
        return "it names a fact as a passage, or a passage as a fact"
    if len(claim.text) > LONGEST_SENTENCE:
        return f"it is longer than {LONGEST_SENTENCE} characters"
    return None if claim.text.strip() else "it is empty"


def _on_the_record(text: str, facts: Sequence[FactItem]) -> DraftClaim:
    return DraftClaim(text, ClaimBasis.CASE, case_quotes=tuple(dict.fromkeys(item.quote for item in facts)))


def _on_documents(text: str, items: Sequence[PassageItem], find_quotes: FindQuotes) -> DraftClaim | Rejected:
    """Only passages that carry a part of the sentence are cited, however many the model named."""
    quotes = list(_quotes(text, items, find_quotes))
    bases = {item.basis for item, _ in quotes}
    if len(bases) > 1:
        return Rejected(
            text, REFERENCES, "it rests on a policy and on other documents at once: make two sentences of it"
        )
    sources = tuple(Cited(item.source, quote) for item, quote in quotes)
    return DraftClaim(text, bases.pop(), sources) if sources else Rejected(text, REFERENCES, NOWHERE)


def _quotes(text: str, items: Sequence[PassageItem], find_quotes: FindQuotes) -> Iterator[tuple[PassageItem, str]]:
    """Each quote with the passage it stands in: all passages are searched as one text, a line for each line."""
    starts = [0, *accumulate(len(item.text) + 1 for item in items)]
    whole = "\n".join(item.text for item in items)
    for start, end in find_quotes(text, whole):
        yield items[bisect_right(starts, start) - 1], whole[start:end]
