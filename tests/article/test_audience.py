"""Plain words for patients and families say what the vocabulary and the statuses say: no less, and no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.metrics.reading_grade import reading_grade, syllables
from ingest.documents import corpus_root
from ingest.errors import CorpusErrors
from rag.article import plan
from rag.article.models import Audience
from rag.article.wording import PLAIN_ROW, PLAIN_SHORT, disclaimer, status_sentence
from rag.criteria.determination import CriterionStatus, Status
from rag.knowledge.library import Knowledge, load_knowledge
from rag.knowledge.vocabulary import VOCABULARY_NAME, Vocabulary, load_vocabulary

#: Words that would read as a decision on care, or as a promise.
DECIDES = re.compile(
    r"\b(?:den(?:y|ied|ies|ial)|approv\w+|reject\w*|guarantee\w*|promise\w*|sorry|unfortunately)\b", re.I
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COMPARISON = re.compile(r"\b(?:at least|at most|more than|less|fewer|beyond|cannot|only|last)\b")
WRITTEN_NUMBER = re.compile(r"\b(?:two|three|four|five|six|twelve)\b")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def vocabulary(knowledge: Knowledge) -> Vocabulary:
    return knowledge.vocabulary


def pairs(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Each label and question beside its plain words."""
    facts = [(spec, vocabulary.plain_words(name)) for name, spec in vocabulary.facts.items()]
    return [pair for spec, plain in facts for pair in ((spec.label, plain.label), (spec.question, plain.question))]


def test_every_fact_has_plain_words_of_its_own(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.plain) == set(vocabulary.facts)
    assert len({plain.question for plain in vocabulary.plain.values()}) == len(vocabulary.facts)
    assert len({plain.label for plain in vocabulary.plain.values()}) == len(vocabulary.facts)


def test_plain_words_keep_every_number_in_its_order(vocabulary: Vocabulary) -> None:
    lost = [(said, plain) for said, plain in pairs(vocabulary) if NUMBER.findall(said) != NUMBER.findall(plain)]
    assert lost == []
    written = [(s, p) for s, p in pairs(vocabulary) if set(WRITTEN_NUMBER.findall(s)) - set(WRITTEN_NUMBER.findall(p))]
    assert written == []


def test_plain_words_keep_every_comparison_and_negation(vocabulary: Vocabulary) -> None:
    found = [(s, p) for s, p in pairs(vocabulary) if set(COMPARISON.findall(s)) - set(COMPARISON.findall(p))]
    assert found == []


def test_a_plain_question_is_one_question_and_never_names_a_decision(vocabulary: Vocabulary) -> None:
    for plain in vocabulary.plain.values():
        assert plain.question.endswith("?")
        assert plain.question.count("?") == 1
        assert not DECIDES.search(plain.question)


def test_plain_questions_read_as_easily_as_grade_six_and_much_easier_than_the_exact_ones(
    vocabulary: Vocabulary,
) -> None:
    exact = reading_grade(" ".join(spec.question for spec in vocabulary.facts.values()))
    plain = reading_grade(" ".join(words.question for words in vocabulary.plain.values()))
    assert exact is not None
    assert plain is not None
    assert plain < 6 < exact - 2


def test_plain_words_of_a_fact_that_is_not_declared_are_an_error_with_its_line(tmp_path: Path) -> None:
    written = (corpus_root() / VOCABULARY_NAME).read_text(encoding="utf-8")
    head, plain = written.split("\nplain:\n")
    broken = plain.replace("    pain.score:", "    pain.scores:")
    (tmp_path / VOCABULARY_NAME).write_text(f"{head}\nplain:\n{broken}", encoding="utf-8")
    with pytest.raises(CorpusErrors) as caught:
        load_vocabulary(tmp_path)
    line = written.splitlines().index(next(text for text in plain.splitlines() if "    pain.score:" in text)) + 1
    assert [(error.line, "'pain.scores'" in error.problem) for error in caught.value.errors] == [(line, True)]


def test_a_fact_without_plain_words_is_asked_for_in_its_own(tmp_path: Path) -> None:
    head, _ = (corpus_root() / VOCABULARY_NAME).read_text(encoding="utf-8").split("\nplain:\n")
    (tmp_path / VOCABULARY_NAME).write_text(head + "\n", encoding="utf-8")
    vocabulary = load_vocabulary(tmp_path)
    assert all(vocabulary.plain_words(name).question == spec.question for name, spec in vocabulary.facts.items())


def test_families_in_plain_words_are_families_of_the_corpus(knowledge: Knowledge) -> None:
    governed = {knowledge.codes.family_of(code) for policy in knowledge.policies.values() for code in policy.codes}
    assert set(knowledge.vocabulary.plain_families) <= set(knowledge.codes.families)
    assert {family.id for family in governed if family} <= set(knowledge.vocabulary.plain_families)


@pytest.mark.parametrize("status", list(Status))
def test_a_plain_status_decides_nothing_and_says_what_one_can_do(status: Status) -> None:
    said = status_sentence(status, what="code 1", policies=["Plan X"], audience=Audience.PATIENT)
    assert not DECIDES.search(said)
    assert "you " not in said.lower()
    grade = reading_grade(said)
    assert grade is not None
    assert grade < 8
    if status not in (Status.MET, Status.NOT_APPLICABLE):
        assert re.search(r"Ask the practice|Call the plan", said)
    if status in (Status.MET, Status.NOT_MET, Status.NOT_COVERED):
        assert "still decides" in said


@pytest.mark.parametrize("status", list(Status))
def test_a_status_names_request_and_policies_in_one_order_for_all(status: Status) -> None:
    said = {
        audience: NUMBER.findall(status_sentence(status, what="1", policies=["Plan 2", "Plan 3"], audience=audience))
        for audience in (Audience.CLINICIAN, Audience.PATIENT)
    }
    assert said[Audience.CLINICIAN] == said[Audience.PATIENT]


NEGATED = {Status.NOT_MET: "does NOT fit", Status.DOCUMENTATION: "not written down", Status.NOT_COVERED: "left out"}


@pytest.mark.parametrize(("status", "words"), NEGATED.items())
def test_what_fails_or_is_missing_says_so_in_plain_words_too(status: Status, words: str) -> None:
    assert words in status_sentence(status, what="code 1", policies=["Plan X"], audience=Audience.PATIENT)
    assert words not in status_sentence(Status.MET, what="code 1", policies=["Plan X"], audience=Audience.PATIENT)


def test_every_status_has_plain_words_of_its_own() -> None:
    assert set(PLAIN_ROW) == set(CriterionStatus)
    assert len(set(PLAIN_ROW.values())) == len(PLAIN_ROW)
    assert set(PLAIN_SHORT) == set(Status)
    assert len(set(PLAIN_SHORT.values())) == len(PLAIN_SHORT)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_disclaimer_says_that_a_person_decides_and_that_review_is_pending(audience: Audience) -> None:
    said = disclaimer(audience)
    assert "person decides" in said
    assert "Status: submitted" in said


def test_the_plain_disclaimer_is_easy_to_read() -> None:
    grade = reading_grade(disclaimer(Audience.PATIENT))
    assert grade is not None
    assert grade < 8


def test_headings_for_patients_are_their_own_and_stay_apart() -> None:
    parts = (plan.DETERMINATION, plan.MISSING, *plan.DETERMINATION_PARTS, plan.KEY_DETERMINANT)
    plain = [part.heading_for(Audience.PATIENT) for part in parts]
    assert len(set(plain)) == len(parts)
    assert [part.heading_for(Audience.REVIEWER) for part in parts] == [part.heading for part in parts]
    assert plan.MISSING.heading_for(Audience.PATIENT) != plan.MISSING.heading


SYLLABLES = {"shot": 1, "rules": 1, "asked": 1, "written": 2, "decided": 3, "table": 2, "medicine": 3, "documented": 4}


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables_are_groups_of_vowels_without_a_silent_ending(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_grade_is_that_of_the_published_formula() -> None:
    # 10 words of one syllable in one sentence: 0.39 * 10 + 11.8 * 1 - 15.59.
    assert reading_grade("The cat sat on the mat and then it slept.") == pytest.approx(0.11)


def test_names_and_codes_do_not_count_for_the_reading_grade() -> None:
    plain = reading_grade("The plan asks for this. It is new.")
    assert reading_grade("The plan (cmm-200-b) asks for this. It is new.") == plain
    assert reading_grade("The plan Evidentiary asks for this. It is new.", leaving_out=["Evidentiary"]) == plain
    assert reading_grade("62321 (cmm-200).") is None
