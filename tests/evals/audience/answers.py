"""Answers small enough to read."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rag.article.models import (
    Answer,
    Audience,
    Claim,
    ClaimBasis,
    Kind,
    Provenance,
    Reference,
    Review,
    Section,
    Verdict,
)
from rag.case.models import Case, Fact, Support
from rag.criteria.determination import Effective, Status


def an_answer(*check: str, quoted: str = "Relief is needed.", audience: Audience = Audience.CLINICIAN) -> Answer:
    """``check``: sentences of the criteria check; ``quoted``: one of a policy, cited."""
    claims = [Claim(text=text, basis=ClaimBasis.CHECK, criteria=("c",)) for text in check]
    claims.append(Claim(text=quoted, basis=ClaimBasis.POLICY, citations=(1,)))
    return Answer(
        question="Is it necessary?",
        kind=Kind.DETERMINATION,
        audience=audience,
        verdict=Verdict(status=Status.NOT_MET, headline="It does not fit.", basis="What is written down."),
        case=Case(facts=(Fact(id="pain.score", value="x", support=Support.STATED, source="question"),)),
        determinations=(),
        sections=(Section(id="determination", heading="Determination", claims=tuple(claims)),),
        references=(_reference(),),
        follow_ups=(),
        limitations=(),
        disclaimer="For learning.",
        review=Review(),
        last_updated=datetime(2026, 11, 22, tzinfo=UTC),
        provenance=Provenance(
            corpus_hash="c", index_hash="i", software_version="0", writer="template", model=None, embedding_model="e"
        ),
    )


def _reference() -> Reference:
    return Reference(
        n=1,
        document_id="d",
        anchor="a",
        title="A rule",
        publisher="P",
        version="1",
        effective=Effective.model_validate({"from": "2026-01-01", "to": None}),
        last_checked=date(2026, 11, 22),
        url="https://example.org",
        quote="Relief is needed.",
        start=0,
        end=17,
    )
