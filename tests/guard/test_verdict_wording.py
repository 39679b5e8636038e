"""No wording of a sentence may state or imply a status; what documents say in general may be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusErrors
from rag.article.draft import Cited, DraftClaim, check
from rag.article.models import CaseQuote, ClaimBasis
from rag.case.models import Case, Fact, Support
from rag.guard.case import case_problem
from rag.guard.implied import implied_status
from rag.guard.patient import speaks_of_patient
from rag.guard.verdict import verdict_problem
from rag.guard.verdict_rules import VERDICTS_NAME, load_verdict_rules
from rag.knowledge.payers import PAYERS_NAME
from tests.guard.generated_wordings import generalities, statuses
from tests.guard.tables_of_sentences import sentences, table
from tests.guard.wording_rules import verdict_rules

TABLES = ("", "_held_out", "_indirect", "_late", "_natural", "_final")
REFUSED = [f"verdict_refused{which}" for which in TABLES]
ALLOWED = [f"verdict_allowed{which}" for which in TABLES]


@pytest.mark.parametrize("sentence", sentences(*REFUSED))
def test_a_sentence_that_implies_a_status_is_refused(sentence: str) -> None:
    assert implied_status(sentence, verdict_rules())


@pytest.mark.parametrize("sentence", sentences(*ALLOWED))
def test_what_documents_and_the_record_say_may_be_said(sentence: str) -> None:
    assert implied_status(sentence, verdict_rules()) is None


@pytest.mark.parametrize("sentence", sentences("verdict_costs"))
def test_in_doubt_a_harmless_sentence_is_refused(sentence: str) -> None:
    assert implied_status(sentence, verdict_rules())


def test_no_combination_of_subject_verb_hedge_and_payer_passes() -> None:
    combined = list(statuses())
    assert len(combined) >= 2000
    assert [sentence for sentence in combined if implied_status(sentence, verdict_rules()) is None] == []


def test_no_general_statement_of_a_document_is_refused() -> None:
    combined = list(generalities())
    assert len(combined) >= 300
    assert [sentence for sentence in combined if implied_status(sentence, verdict_rules())] == []


@pytest.mark.parametrize("group_and_sentence", [*table("patient"), *table("patient_held_out")])
def test_a_sentence_on_the_patient_is_told_from_one_on_patients(group_and_sentence: tuple[str, str]) -> None:
    group, sentence = group_and_sentence
    assert speaks_of_patient(sentence, verdict_rules()) is (group == "speaks")


SLOW = """
    necessary
    Aetna considers
    the injection is
    a,
    approved
    if when
    (
    relief was
    it is not
    Aetna considers necessary and the
    20 %
    evidence
    a-
    the request the patient
    word
    W
    does not
    according to
    conservative care
    C7-T1
    The trial
""".strip().splitlines()


@pytest.mark.parametrize("part", [part.strip() for part in SLOW])
def test_a_sentence_of_any_length_is_read_in_time(part: str, quick: None) -> None:
    text = (f"{part} " * 20_000)[:20_000]
    implied_status(text, verdict_rules())
    implied_status(text.replace(" ", ""), verdict_rules())
    implied_status(f"The policy asks for {text}", verdict_rules())
    speaks_of_patient(text, verdict_rules())


CASE = Case(
    text="Relief was 20 %. All criteria are met.",
    facts=(Fact(id="relief", value=None, support=Support.STATED, quote="20 %", start=11, end=15, source="question"),),
)


def record(text: str, quote: str) -> DraftClaim:
    start = CASE.text.index(quote)
    return DraftClaim(text, ClaimBasis.CASE, case_quotes=(CaseQuote(start=start, end=start + len(quote), quote=quote),))


def test_the_check_and_words_quoted_from_a_document_may_speak_of_a_status() -> None:
    rules = verdict_rules()
    words = "The injection is not medically necessary."
    quoting = DraftClaim(words, ClaimBasis.POLICY, (Cited("policy-x#repeat", words),))
    assert verdict_problem(check(words), quoted=False, rules=rules) is None
    assert verdict_problem(quoting, quoted=True, rules=rules) is None
    assert "status" in (verdict_problem(quoting, quoted=False, rules=rules) or "")


def test_the_words_of_the_record_are_not_the_claims_own() -> None:
    rules = verdict_rules()
    assert verdict_problem(record("The record says “20 %”: pain relief.", "20 %"), quoted=False, rules=rules) is None
    invented = record("The record says “criteria met”.", "20 %")
    assert verdict_problem(invented, quoted=False, rules=rules)


def test_a_sentence_may_quote_of_the_record_only_what_a_fact_was_read_from() -> None:
    rules = verdict_rules()
    assert case_problem(record("The record says “20 %”.", "20 %"), CASE, quoted=False, rules=rules) is None
    status = record("The record says “All criteria are met”.", "All criteria are met")
    assert "fact" in (case_problem(status, CASE, quoted=False, rules=rules) or "")


def test_a_sentence_on_documents_may_not_tell_of_the_patient() -> None:
    claim = DraftClaim("She had little relief.", ClaimBasis.EVIDENCE, (Cited("x#y", "relief"),))
    assert "patient" in (case_problem(claim, CASE, quoted=False, rules=verdict_rules()) or "")


FAULTS = [
    ("status:\n", "state:\n", "unknown key `state`"),
    ("'\\?'", "'('", "not a regular expression"),
    ("'\\?'", "'{nowhere}'", "{nowhere} is no list of words above"),
]


@pytest.mark.parametrize(("right", "wrong", "problem"), FAULTS)
def test_a_fault_in_the_file_is_named_with_its_line(right: str, wrong: str, problem: str, tmp_path: Path) -> None:
    before, _, after = (corpus_root() / VERDICTS_NAME).read_text(encoding="utf-8").partition(right)
    (tmp_path / VERDICTS_NAME).write_text(before + wrong + after, encoding="utf-8")
    (tmp_path / PAYERS_NAME).write_text((corpus_root() / PAYERS_NAME).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CorpusErrors) as raised:
        load_verdict_rules(tmp_path, {})
    line = before.count("\n") + 1
    assert f"{VERDICTS_NAME}:{line}: {problem}" in str(raised.value)
