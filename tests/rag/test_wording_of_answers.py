"""The template writer's own sentences stand under the wording rules that a model's sentences stand under."""

from __future__ import annotations

from rag.article.draft import Cited, DraftClaim
from rag.article.models import Answer, Claim, ClaimBasis
from rag.guard.labels import labels_of
from rag.guard.orders import load_order_rules
from rag.guard.own_words import own_words
from rag.guard.patient import speaks_of_patient
from rag.guard.scope import scope_problem
from rag.guard.verdict import verdict_problem
from rag.guard.verdict_rules import load_verdict_rules
from rag.knowledge.library import Knowledge
from tests.rag.conftest import EXAMPLE, Ask
from tests.rag.test_generated import questions

OTHERS = [
    EXAMPLE,
    "What do guidelines say about cervical epidural injections?",
    "How many epidural injections does Medicare cover in a year?",
    "Is 62323 covered? Denied before. She meets all criteria and takes gabapentin 300 mg three times a day.",
]


def own_claims(answer: Answer) -> list[DraftClaim]:
    """The claims that are neither the check's nor word for word what they cite."""
    quotes = {reference.n: reference.quote for reference in answer.references}
    found: list[Claim] = [
        claim
        for section in answer.sections
        for claim in section.claims
        if claim.basis is not ClaimBasis.CHECK
        and not (claim.citations and all(quotes[n] == claim.text for n in claim.citations))
    ]
    return [
        DraftClaim(claim.text, claim.basis, tuple(Cited("", quotes[n]) for n in claim.citations), claim.case_quotes)
        for claim in found
    ]


def test_every_sentence_of_the_template_stands(ask_about: Ask, knowledge: Knowledge) -> None:
    labels = labels_of(knowledge.vocabulary, knowledge.policies.values())
    rules = load_verdict_rules(knowledge.root, knowledge.documents, labels=labels)
    orders = load_order_rules(knowledge.root)
    claims = {claim for question in [*OTHERS, *questions(40)] for claim in own_claims(ask_about(question))}
    assert len(claims) > 100
    failing = [
        claim.text
        for claim in sorted(claims, key=lambda claim: claim.text)
        if verdict_problem(claim, quoted=False, rules=rules)
        or scope_problem(own_words(claim), orders)
        or (claim.basis is not ClaimBasis.CASE and speaks_of_patient(claim.text, rules))
    ]
    assert failing == []
