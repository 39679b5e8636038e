"""No sentence without a basis; no verdict but the check's; no number that is not in the source."""

from pathlib import Path

import pytest

from ingest.documents import Document, load_documents
from rag.article.draft import Cited, Draft, DraftClaim, DraftSection, check
from rag.article.models import CaseQuote, ClaimBasis, Verdict
from rag.case.models import Case
from rag.criteria.determination import Status
from rag.guard.guards import GuardError, guard, problem
from tests.conftest import write_document

CASE = Case(text="Relief was 20 % after the first injection.")
VERDICT = Verdict(status=Status.NOT_MET, headline="62321 does NOT meet the criteria.", basis="check")
SENTENCE = "Policy X asks for at least 50 % pain relief for 2 weeks."


@pytest.fixture
def documents(tmp_path: Path) -> dict[str, Document]:
    write_document(tmp_path, "policy-x", kind="policy", body=f"## Repeat {{#repeat use=policy}}\n\n{SENTENCE}\n")
    return dict(load_documents(tmp_path))


def policy(text: str, quote: str = "at least 50 % pain relief", source: str = "policy-x#repeat") -> DraftClaim:
    return DraftClaim(text, ClaimBasis.POLICY, (Cited(source, quote),))


def record(text: str, start: int, quote: str) -> DraftClaim:
    return DraftClaim(text, ClaimBasis.CASE, case_quotes=(CaseQuote(start=start, end=start + len(quote), quote=quote),))


@pytest.mark.parametrize(
    "claim",
    [
        policy("Plan X asks for at least 50 % pain relief."),
        policy(SENTENCE, SENTENCE),
        record("The record says “20 %”: relief.", 11, "20 %"),
        check("Not met: relief.", "x-repeat"),
    ],
    ids=["paraphrase", "quoted", "record", "check"],
)
def test_a_supported_sentence_stands(claim: DraftClaim, documents: dict[str, Document]) -> None:
    assert problem(claim, CASE, documents) is None


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (policy("Plan X asks for at least 60 % relief."), "number 60"),
        (policy("Plan X asks for relief.", source="policy-x#nowhere"), "no section"),
        (policy("Plan X asks for relief.", source="policy-y#repeat"), "no section"),
        (policy("Plan X asks for relief.", quote="at least 40 % pain relief"), "quote is not in"),
        (policy("Plan X asks for relief.", quote=""), "quote is not in"),
        (DraftClaim("Plan X asks for relief.", ClaimBasis.POLICY), "no source"),
        (DraftClaim("Injections are safe.", ClaimBasis.EVIDENCE), "no source"),
        (policy("The patient has had 50 % relief."), "speaks of the patient"),
        (policy("This request meets the criteria of Plan X."), "implies a status"),
        (policy("It would be approved by Plan X."), "implies a status"),
        (DraftClaim("The patient had an EMG.", ClaimBasis.CASE), "quotes nothing"),
        (record("The record says “80 %”: relief.", 11, "80 %"), "does not stand in the record"),
        (record("The record says “20 %”: relief.", 12, "20 %"), "does not stand in the record"),
        (DraftClaim("Met.", ClaimBasis.CHECK, (Cited("policy-x#repeat", SENTENCE),)), "cites no document"),
        (
            DraftClaim("Met.", ClaimBasis.CHECK, case_quotes=(CaseQuote(start=0, end=6, quote="Relief"),)),
            "quotes the record",
        ),
    ],
)
def test_an_unsupported_sentence_is_named_with_its_reason(
    claim: DraftClaim, reason: str, documents: dict[str, Document]
) -> None:
    assert reason in (problem(claim, CASE, documents) or "")


def draft(*claims: DraftClaim) -> Draft:
    return Draft((DraftSection("determination", "Determination", claims),))


def test_what_fails_is_removed_and_the_rest_stays(documents: dict[str, Document]) -> None:
    good, bad = policy(SENTENCE, SENTENCE), policy("Plan X asks for 99 % relief.")
    checked, rejected = guard(
        draft(check(VERDICT.headline), bad, good), case=CASE, documents=documents, verdict=VERDICT
    )
    assert checked.sections[0].claims == (check(VERDICT.headline), good)
    assert [rejection.claim for rejection in rejected] == [bad]


@pytest.mark.parametrize("opening", ["62321 meets the criteria.", "62321 does NOT meet the criteria"])
def test_an_article_that_opens_with_another_verdict_never_appears(opening: str, documents: dict[str, Document]) -> None:
    with pytest.raises(GuardError):
        guard(draft(check(opening)), case=CASE, documents=documents, verdict=VERDICT)
    with pytest.raises(GuardError):
        guard(draft(), case=CASE, documents=documents, verdict=VERDICT)


def test_removed_sentences_are_logged_without_their_words(
    documents: dict[str, Document], caplog: pytest.LogCaptureFixture
) -> None:
    wrong = record("The record says “Mrs Miller”: name.", 0, "Mrs Miller")
    guard(draft(check(VERDICT.headline), wrong), case=CASE, documents=documents, verdict=VERDICT)
    assert "removed 1 sentence" in caplog.text
    assert "Miller" not in caplog.text
