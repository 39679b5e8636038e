"""The template writer's own sentences pass, as the guard sees them: with their section and the criterion they state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from ingest.encoder import OnnxEncoder
from ingest.index import open_index
from rag.article.draft import DraftClaim
from rag.article.models import ClaimBasis
from rag.chain import Request, decide_request, draft, find_passages
from rag.criteria.determination import Determination
from rag.guard.judging import open_judge
from rag.guard.sources import evidence_of
from rag.knowledge.library import Knowledge, load_knowledge
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher

DAY = date(2026, 11, 22)
QUESTIONS = (
    "Is 62321 medically necessary for M54.12 after an earlier injection with minimal relief?",
    "Pt with lumbar radiculopathy. Is CPT 64483 covered after 20 % relief for 3 weeks? Fluoroscopy with contrast.",
    "Does 62323 for M48.062 meet criteria? PT and NSAIDs for 6 weeks failed. MRI shows a concordant herniation.",
    "Is 62320 covered for axial neck pain under Aetna? Two injections in the last 12 months.",
    "What do guidelines say about cervical epidural steroid injections?",
    "What are the risks of transforaminal injections in the neck?",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    yield Searcher(open_index())


def cited(
    question: str, knowledge: Knowledge, searcher: Searcher
) -> list[tuple[DraftClaim, tuple[Determination, ...]]]:
    request = Request(question, AskOptions(on=DAY))
    drafted = draft(find_passages(decide_request(request, knowledge), knowledge, searcher), knowledge)
    claims = [claim for section in drafted.draft.sections for claim in section.claims]
    found = [claim for claim in claims if claim.basis in (ClaimBasis.POLICY, ClaimBasis.EVIDENCE)]
    return [(claim, drafted.material.determinations) for claim in found]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_cited_sentence_of_the_template_is_supported(
    question: str, knowledge: Knowledge, searcher: Searcher
) -> None:
    judge = open_judge(knowledge.root, encoder=OnnxEncoder(), documents=knowledge.documents)
    claims = cited(question, knowledge, searcher)
    judged = judge.judge_all([(claim.text, evidence_of(claim, decided, knowledge)) for claim, decided in claims])
    assert len(claims) > 3
    assert [(claim.text, one.reason) for (claim, _), one in zip(claims, judged, strict=True) if one.findings] == []
