"""Is no term left where the vocabulary has plain words for it?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.jargon import plain_terms, terms_in
from evals.audience.wording import Label, Worded, own_words
from evals.frame.metric import Check, Metric


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """For plain words, one judgement for each such term in the clinician's own words: it is gone, or explained."""
    if not label.plain or not found.answer:
        return
    terms = plain_terms(label.knowledge.vocabulary)
    left = set(terms_in(" ".join(own_words(found.answer)), terms))
    for term in terms_in(" ".join(own_words(found.exact)), terms):
        yield Check(term not in left, f"“{terms[term]}”", f"“{term}”" if term in left else "so, or nothing", term)


PLAIN_WORDS = Metric(
    "plain-words", "terms of the clinician's wording that plain words stand for, or explain", _judge, of="terms"
)
