"""What may not change between readers turns its measure down when it does, and plain words are told from others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals import Options, run_suite
from evals.audience.grades import TARGET
from evals.audience.jargon import plain_terms, replaced, terms_in
from evals.audience.measures import METRICS
from evals.audience.request import Request
from evals.audience.requests import load_requests, read_requests
from evals.audience.suite import measure
from evals.audience.wording import Label, Worded, worded
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import SuiteReport
from ingest.errors import CorpusErrors
from rag.article.models import Answer, Audience, Verdict
from rag.case.models import Case
from rag.criteria.determination import Status
from rag.intake import take_in
from rag.knowledge.library import Knowledge, load_knowledge
from tests.evals.audience.answers import an_answer

ASKED = Request(name="one", question="Is it necessary?", on=date(2026, 11, 22))
EXACT = an_answer("Documentation necessary: imaging agrees with the findings; at least 50 % relief of symptomatology.")
PLAIN_ANSWER = an_answer("A scan fits. At least 50 % relief is asked for.", audience=Audience.PATIENT)
Method = Callable[[Item[Label]], Worded]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def measured(knowledge: Knowledge, patient: Answer | None, reviewer: Answer = EXACT) -> SuiteReport:
    """``patient``: the article a patient is given; None where the method breaks."""

    def method(item: Item[Label]) -> Worded:
        answer = patient if item.label.plain else reviewer
        if answer is None:
            raise RuntimeError("no words")
        return worded(EXACT, answer)

    return measure([ASKED], {SYSTEM: method}, knowledge, Options())


def value(report: SuiteReport, name: str) -> float | None:
    found = report.measure(name)
    assert found is not None
    return found.subject.figure.value


def wrong(report: SuiteReport) -> dict[str, list[str]]:
    """Without grades, which are neither right nor wrong."""
    shares = [one for one in report.measures if one.higher_is_better]
    found = {one.name: [judgement.item for judgement, _ in report.failures(one)] for one in shares}
    return {name: items for name, items in found.items() if items}


def test_plain_words_on_the_same_case_are_right_everywhere(knowledge: Knowledge) -> None:
    report = measured(knowledge, PLAIN_ANSWER)
    assert wrong(report) == {}
    assert report.measures[0].subject.figure.n == 2, "a reviewer and a patient"
    assert report.measure("numbers-kept").subject.figure.n == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"verdict": Verdict(status=Status.MET, headline="It fits.", basis="b")}, "verdict-same"),
        ({"verdict": None}, "verdict-same"),
        ({"case": Case()}, "facts-same"),
        ({"references": ()}, "citations-same"),
        ({"sections": an_answer("A scan fits. At least 5 % relief is asked for.").sections}, "numbers-kept"),
        ({"sections": an_answer("A scan fits. At most 50 % relief is asked for.").sections}, "numbers-kept"),
        ({"sections": an_answer("A scan fits. At least 50 days is asked for.").sections}, "numbers-kept"),
    ],
)
def test_what_may_not_change_turns_its_measure_down(changed: dict[str, Any], name: str, knowledge: Knowledge) -> None:
    assert list(wrong(measured(knowledge, PLAIN_ANSWER.model_copy(update=changed)))) == [name]


def test_a_determination_that_is_not_the_clinicians_is_named(knowledge: Knowledge) -> None:
    filled = Request(name="f", question="Met?", on=ASKED.on, facts={"procedure.code": ["62321"]})
    decided = take_in("", filled.options(knowledge), knowledge).determinations
    other = PLAIN_ANSWER.model_copy(update={"determinations": decided[:1]})
    report = measured(knowledge, other)
    assert list(wrong(report)) == ["determinations-same"]
    (failure, _), *_ = report.failures(report.measure("determinations-same"))  # type: ignore[arg-type]
    assert decided[0].policy_id in failure.found


def test_a_sentence_that_rests_on_something_else_is_another_citation(knowledge: Knowledge) -> None:
    section = PLAIN_ANSWER.sections[0]
    check, cited = section.claims
    moved = section.model_copy(update={"claims": (check, cited.model_copy(update={"citations": ()}))})
    report = measured(knowledge, PLAIN_ANSWER.model_copy(update={"sections": (moved,)}))
    assert list(wrong(report)) == ["citations-same"]


def test_a_sentence_that_is_lost_has_lost_its_numbers_and_its_citations(knowledge: Knowledge) -> None:
    lost = PLAIN_ANSWER.model_copy(update={"sections": ()})
    assert {"numbers-kept", "citations-same"} <= set(wrong(measured(knowledge, lost)))


def test_an_article_that_is_not_there_fails_everything(knowledge: Knowledge) -> None:
    shares = {metric.name for metric in METRICS if metric.higher_is_better}
    assert set(wrong(measured(knowledge, None))) == shares


def test_the_clinicians_words_for_a_patient_are_no_plain_words(knowledge: Knowledge) -> None:
    report = measured(knowledge, EXACT)
    assert value(report, "plain-words") == 0
    assert value(report, "own-words-within-target") == 0
    assert value(report, "verdict-same") == 1


def test_the_grade_is_a_patients_alone_and_lower_is_better(knowledge: Knowledge) -> None:
    easy, hard = measured(knowledge, PLAIN_ANSWER), measured(knowledge, EXACT)
    assert easy.measure("own-words-grade").subject.figure.n == 1  # type: ignore[union-attr]
    assert not easy.measure("own-words-grade").higher_is_better  # type: ignore[union-attr]
    assert (value(easy, "own-words-grade") or 0) < (value(hard, "own-words-grade") or 0)


def test_what_is_quoted_counts_for_the_whole_and_not_for_the_own_words(knowledge: Knowledge) -> None:
    quoted = "Radiculopathy necessitates corroborating electrodiagnostic or neuroradiological evaluation."
    report = measured(knowledge, an_answer("A scan fits. At least 50 % relief is asked for.", quoted=quoted))
    assert (value(report, "own-words-grade") or 0) <= TARGET < (value(report, "reading-grade") or 0)
    assert value(report, "own-words-within-target") == 1
    assert value(report, "grade-within-target") == 0


def test_terms_are_those_that_plain_words_stand_for(knowledge: Knowledge) -> None:
    terms = plain_terms(knowledge.vocabulary)
    label = knowledge.vocabulary.facts["prior_injection.relief"].label
    assert terms[label] == knowledge.vocabulary.plain["prior_injection.relief"].label
    assert all(not terms_in(plain, {exact: plain}) for exact, plain in terms.items())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Physical therapy failed.", ["physical therapy"]),
        ("Physical therapy (guided exercise) failed.", []),
        ("Physical therapyx failed.", []),
        ("It failed.", []),
    ],
)
def test_a_term_is_left_unless_it_is_gone_or_explained_at_once(text: str, left: list[str]) -> None:
    assert terms_in(text, {"physical therapy": "guided exercise"}) == left


def test_term_by_term_the_longest_is_replaced_first() -> None:
    terms = {"relief": "help", "duration of relief": "how long it helped"}
    assert replaced("Duration of relief, and relief (80 %).", terms) == "how long it helped, and help (80 %)."
    assert replaced("Nothing here.", {}) == "Nothing here."


def test_the_requests_cover_every_payer_and_every_kind_of_answer(knowledge: Knowledge) -> None:
    requests, remarks = load_requests("audience", None, knowledge)
    intakes = [take_in(one.question, one.options(knowledge), knowledge) for one in requests]
    assert remarks == ()
    assert {one.payer.id for one in intakes if one.payer} == set(knowledge.payers)
    assert len({one.kind for one in intakes}) == 3
    statuses = {found.status for one in intakes for found in one.determinations}
    assert statuses >= {Status.MET, Status.NOT_MET, Status.DOCUMENTATION, Status.POLICY_CHECK, Status.NOT_APPLICABLE}


GOOD = 'requests:\n  - name: a\n    on: 2026-11-22\n    question: "Is it?"\n'


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("payor: aetna", "unknown key `requests.0.payor`"),
        ("payer: nobody", "nobody"),
        ("state: Nowhere", "Nowhere"),
        ("policy: none-such", "`policy` names 'none-such'"),
        ("facts: {pain.scores: 1}", "unknown fact 'pain.scores'"),
        ("record: shut", "is 'shut'"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_file_and_line(
    line: str, says: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"{GOOD}    {line}\n")
    with pytest.raises(CorpusErrors) as caught:
        read_requests([file], knowledge)
    assert f"{file}:5: " in str(caught.value)
    assert says in str(caught.value)


def test_a_name_may_be_given_once_over_all_files(tmp_path: Path, knowledge: Knowledge) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD)
    with pytest.raises(CorpusErrors, match=r"b\.yaml:2: there is another request 'a'"):
        read_requests([tmp_path / "a.yaml", tmp_path / "b.yaml"], knowledge)


def test_requests_of_others_are_asked_in_place_of_the_projects_own(tmp_path: Path, knowledge: Knowledge) -> None:
    own, (remark,) = load_requests("audience", tmp_path, knowledge)
    assert len(own) > 20
    assert str(tmp_path) in remark
    (tmp_path / "audience").mkdir()
    (tmp_path / "audience" / "a.yaml").write_text(GOOD)
    theirs, remarks = load_requests("audience", tmp_path, knowledge)
    assert [one.name for one in theirs] == ["a"]
    assert remarks == ()


def test_real_articles_keep_what_they_must_and_beat_the_clinicians_words() -> None:
    report = run_suite("audience", Options(limit=2))
    assert [row.method for row in report.measures[0].rows] == [SYSTEM, NULL, LEXICAL, PLAIN]
    for name in ("verdict-same", "determinations-same", "facts-same", "citations-same", "numbers-kept"):
        assert value(report, name) == 1, name
    grades = {row.method: row.figure.value or 0 for row in report.measure("reading-grade").rows}  # type: ignore[union-attr]
    assert grades[SYSTEM] < grades[NULL]
    assert grades[PLAIN] > 0
