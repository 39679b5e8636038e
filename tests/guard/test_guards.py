"""No sentence without a basis; no verdict but the check's; no number that is not in the source."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.documents import load_documents
from rag.article.draft import Cited, DraftClaim, DraftSection, check
from rag.article.models import CaseQuote, ClaimBasis, Verdict
from rag.case.models import Case, Fact, Support
from rag.criteria.determination import Status
from rag.criteria.values import Quantity
from rag.guard.guards import GuardError, Guards
from rag.guard.judging import make_judge
from rag.guard.labels import labels_of
from rag.guard.rules import load_guard_rules
from rag.knowledge.library import load_knowledge
from tests.conftest import WordEncoder, write_document

TEXT = "Relief was 20 % after the first injection. All criteria are met."
TWENTY = Quantity(low=20, high=20, unit="%")
CASE = Case(
    text=TEXT,
    facts=(
        Fact(
            id="prior_injection.relief",
            value=TWENTY,
            support=Support.STATED,
            quote="Relief was 20 %",
            start=0,
            end=15,
            source="question",
        ),
    ),
)
VERDICT = Verdict(status=Status.NOT_MET, headline="62321 does NOT meet the criteria.", basis="check")
SENTENCE = "Example Health Plan asks for at least 50 % pain relief for 2 weeks."

MakeGuards = Callable[[], Guards]


@pytest.fixture(scope="module")
def make_guards(tmp_path_factory: pytest.TempPathFactory) -> MakeGuards:
    root = tmp_path_factory.mktemp("corpus")
    write_document(root, "policy-x", kind="policy", title="Policy X", body=f"## Repeat {{#repeat}}\n\n{SENTENCE}\n")
    knowledge = load_knowledge()
    documents = load_documents(root)
    labels = labels_of(knowledge.vocabulary, knowledge.policies.values())
    rules = load_guard_rules(knowledge.root, documents, labels=labels)
    knowledge = replace(knowledge, documents=documents)
    knowledge.__dict__["guard_rules"] = rules
    judge = make_judge(rules.support, encoder=WordEncoder(), documents=documents, payers=knowledge.payers.values())
    return lambda: Guards(case=CASE, knowledge=knowledge, judge=judge)


def policy(text: str, quote: str = SENTENCE, source: str = "policy-x#repeat") -> DraftClaim:
    return DraftClaim(text, ClaimBasis.POLICY, (Cited(source, quote),))


def record(text: str, start: int, quote: str) -> DraftClaim:
    return DraftClaim(text, ClaimBasis.CASE, case_quotes=(CaseQuote(start=start, end=start + len(quote), quote=quote),))


@pytest.mark.parametrize(
    "claim",
    [
        policy("Example Health Plan asks for at least 50 % pain relief."),
        policy("At least 50 % pain relief for 2 weeks is asked for by Example Health Plan."),
        policy(SENTENCE),
        record(
            "The question says “Relief was 20 %”: pain relief after the earlier injection: 20 %.", 0, "Relief was 20 %"
        ),
        check("Not met: relief.", "x-repeat"),
    ],
    ids=["part", "paraphrase", "quoted", "record", "check"],
)
def test_a_supported_sentence_stands(claim: DraftClaim, make_guards: MakeGuards) -> None:
    assert make_guards().problem(claim) is None


@pytest.mark.parametrize(
    ("claim", "policy_of", "reason"),
    [
        (policy("Example Health Plan asks for at least 60 % pain relief."), "numbers", "60 %"),
        (policy("Example Health Plan asks for at most 50 % pain relief."), "numbers", "at most"),
        (policy("Example Health Plan asks for at least 50 % pain relief for 2 months."), "numbers", "2 months"),
        (policy("Example Health Plan does not ask for 50 % pain relief."), None, ""),
        (policy("Aetna asks for at least 50 % pain relief."), "names", "Aetna"),
        (policy("Example Health Plan asks for pain relief.", source="policy-x#nowhere"), "source", "no section"),
        (policy("Example Health Plan asks for pain relief.", source="policy-y#repeat"), "source", "no section"),
        (
            policy("Example Health Plan asks for pain relief.", quote="at least 40 % pain relief"),
            "quote",
            "quote is not in",
        ),
        (policy("Example Health Plan asks for pain relief.", quote=""), "quote", "quote is not in"),
        (DraftClaim("Example Health Plan asks for pain relief.", ClaimBasis.POLICY), "source", "no source"),
        (DraftClaim("Injections are safe.", ClaimBasis.EVIDENCE), "source", "no source"),
        (policy("The patient has had 50 % pain relief."), "case", "speaks of the patient"),
        (policy("This request meets the criteria of Policy X."), None, ""),
        (policy("Pain relief would be approved by Example Health Plan."), "verdict", "status"),
        (DraftClaim("The patient had an EMG.", ClaimBasis.CASE), "case", "quotes nothing"),
        (record("The record says “80 %”: relief.", 11, "80 %"), "case", "does not stand in the record"),
        (record("The record says “20 %”: relief.", 12, "20 %"), "case", "does not stand in the record"),
        (record("The record says “All criteria are met”.", 43, "All criteria are met"), "case", "a fact was read from"),
        (record("The earlier injection gave 80 % relief.", 0, "Relief was 20 %"), "numbers", "80 %"),
        (DraftClaim("Met.", ClaimBasis.CHECK, (Cited("policy-x#repeat", SENTENCE),)), "source", "cites no document"),
        (
            DraftClaim("Met.", ClaimBasis.CHECK, case_quotes=(CaseQuote(start=0, end=6, quote="Relief"),)),
            "case",
            "quotes the record",
        ),
    ],
)
def test_an_unsupported_sentence_is_named_with_its_reason(
    claim: DraftClaim, policy_of: str | None, reason: str, make_guards: MakeGuards
) -> None:
    finding = make_guards().problem(claim)
    assert finding is not None
    assert reason in finding.reason
    assert policy_of in (None, finding.policy)


def section(*claims: DraftClaim) -> DraftSection:
    return DraftSection("determination", "Determination", claims)


def test_what_fails_is_removed_and_the_rest_stays(make_guards: MakeGuards) -> None:
    good, bad = policy(SENTENCE), policy("Example Health Plan asks for 99 % relief.")
    guards = make_guards()
    checked = guards.checked(section(check(VERDICT.headline), bad, good))
    assert checked.claims == (check(VERDICT.headline), good)
    assert [rejection.claim for rejection in guards.rejected] == [bad]


@pytest.mark.parametrize("opening", ["62321 meets the criteria.", "62321 does NOT meet the criteria"])
def test_an_article_that_opens_with_another_verdict_never_appears(opening: str, make_guards: MakeGuards) -> None:
    with pytest.raises(GuardError):
        make_guards().check_opening(section(check(opening)), VERDICT)
    with pytest.raises(GuardError):
        make_guards().check_opening(section(), VERDICT)
    make_guards().check_opening(section(check(VERDICT.headline)), VERDICT)


def test_removed_sentences_are_logged_without_their_words(
    make_guards: MakeGuards, caplog: pytest.LogCaptureFixture
) -> None:
    make_guards().checked(section(record("The record says “Mrs Miller”: name.", 0, "Mrs Miller")))
    assert "removed a sentence of determination: case" in caplog.text
    assert "Miller" not in caplog.text
