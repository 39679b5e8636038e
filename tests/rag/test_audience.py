"""The same answer for a clinician, a reviewer and a patient: other words, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from evals.metrics.reading_grade import reading_grade
from rag.article.models import Answer, Audience, Claim, ClaimBasis, Kind
from rag.article.wording import PLAIN_ROW
from rag.article.words import version_words, window_words
from rag.criteria.determination import CriterionStatus, Record, Status
from rag.knowledge.library import Knowledge
from tests.article.test_audience import DECIDES
from tests.rag.checks import assert_sound
from tests.rag.conftest import EXAMPLE, Ask
from tests.rag.test_example import PARAPHRASES

GUIDELINE = [
    "What does the evidence say on epidural steroids for cervical radiculopathy?",
    "Are particulate steroids safe above C7?",
]
REFUSED = [
    "Is a knee replacement medically necessary for this patient?",
    "How much gabapentin should I take?",
    "She lost control of her bladder today. Is 62321 covered?",
    "What is the weather?",
]
CASES = [
    EXAMPLE,
    PARAPHRASES[0],
    "Does Aetna cover a second 62321 after 60 % relief for three weeks with better function?",
    "Is 64483 necessary for lumbar radiculopathy (M54.16) under Medicare in Ohio?",
    "Is 62323 covered by Carelon for M54.16 after 2 injections in 12 months, with 80 % relief for 4 months?",
    "Is 62321 necessary under UnitedHealthcare for M54.12?",
    "Does eviCore cover 62320 for M54.12 with minimal relief before?",
    "Is an epidural steroid injection medically necessary? She had 20 % relief, later 70 % relief, on the last one.",
    "Is 62321 necessary for post-herpetic neuralgia under Mississippi Blue Cross after pain of 7 for 8 weeks?",
    "Is 62323 necessary for nonspecific low back pain with an infection?",
    *GUIDELINE,
    *REFUSED,
]
OTHERS = [Audience.REVIEWER, Audience.PATIENT]

#: A number with what compares it and what it counts. "under" compares a share: there is also "under 5 of 11 policies".
SIGN = re.compile(
    r"(?:\b(?:at least|at most|more than|no more than|fewer than|less than|exactly|in the last|under(?= \d+ %))\s+)?"
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:\s*(?:%|(?:day|week|month|year)s?\b|mg\b))?",
    re.IGNORECASE,
)
#: How a step is said to a clinician, and to a patient.
STEPS = {": shown": ": yes", ": ruled out": ": no\\b", "says otherwise": "says otherwise", "; or ": "Another way: "}
Said = Callable[[str, Audience], Answer]


@pytest.fixture(scope="module")
def said(ask_about: Ask) -> Said:
    """Each question is asked once for each audience."""

    @cache
    def asked(question: str, audience: Audience) -> Answer:
        return ask_about(question, audience=audience)

    return asked


@pytest.fixture(scope="module")
def names(knowledge: Knowledge) -> list[str]:
    """What the reading grade leaves out: names of payers, titles and ids."""
    policies = knowledge.policies.values()
    return [name for policy in policies for name in (policy.payer_name, policy.title, f"({policy.id})", policy.id)]


def unworded(answer: Answer) -> object:
    """Everything of an answer but its words."""
    claims = [
        (section.id, claim.basis, claim.citations, claim.case_quotes, claim.criteria)
        for section in answer.sections
        for claim in section.claims
    ]
    status = answer.verdict and answer.verdict.status
    return answer.kind, status, claims, len(answer.follow_ups), len(answer.limitations), answer.review


def claims_of(answer: Answer) -> list[Claim]:
    return [claim for section in answer.sections for claim in section.claims]


def checks(answer: Answer) -> list[Claim]:
    return [claim for claim in claims_of(answer) if claim.basis is ClaimBasis.CHECK]


def signs(text: str) -> list[str]:
    return [" ".join(sign.lower().split()) for sign in SIGN.findall(text)]


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("question", CASES)
def test_only_words_differ_between_audiences(question: str, audience: Audience, said: Said) -> None:
    exact, other = said(question, Audience.CLINICIAN), said(question, audience)
    assert unworded(other) == unworded(exact)
    assert [d.model_dump_json() for d in other.determinations] == [d.model_dump_json() for d in exact.determinations]
    assert other.references == exact.references
    assert other.case == exact.case


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("question", CASES)
def test_what_a_source_or_the_record_says_is_said_alike(question: str, audience: Audience, said: Said) -> None:
    exact, other = said(question, Audience.CLINICIAN), said(question, audience)
    quoted = [[c.text for c in claims_of(a) if c.basis is not ClaimBasis.CHECK] for a in (exact, other)]
    assert quoted[0] == quoted[1]


@pytest.mark.parametrize("audience", list(Audience))
def test_an_answer_is_sound_for_every_audience(audience: Audience, said: Said, knowledge: Knowledge) -> None:
    for question in (EXAMPLE, CASES[5], GUIDELINE[0], REFUSED[0]):
        assert_sound(said(question, audience), knowledge)


def test_the_questions_cover_every_kind_of_answer(said: Said) -> None:
    answers = [said(question, Audience.CLINICIAN) for question in CASES]
    assert {answer.kind for answer in answers} == set(Kind)
    statuses = {d.status for answer in answers for d in answer.determinations}
    assert statuses >= {Status.NOT_MET, Status.DOCUMENTATION, Status.POLICY_CHECK, Status.NOT_APPLICABLE}


@pytest.mark.parametrize("question", CASES)
def test_no_number_comparison_or_unit_is_lost_in_plain_words(question: str, said: Said, knowledge: Knowledge) -> None:
    """A missing fact is asked for by its question, which may name the ends of a scale; nothing else may be added."""
    questions = {sign for spec in knowledge.vocabulary.facts.values() for sign in signs(spec.question)}
    exact, plain = said(question, Audience.CLINICIAN), said(question, Audience.PATIENT)
    for before, after in zip(checks(exact), checks(plain), strict=True):
        wanted, found = signs(before.text), signs(after.text)
        asked = "?" in after.text
        assert (without(found, wanted) <= questions) if asked else (found == wanted), (before.text, after.text)
    for listed in ("follow_ups", "limitations"):
        for first, second in zip(getattr(exact, listed), getattr(plain, listed), strict=True):
            assert signs(first) == signs(second), (first, second)
    assert plain.verdict is None or exact.verdict is None or signs(exact.verdict.basis) == signs(plain.verdict.basis)


def without(found: list[str], wanted: list[str]) -> set[str]:
    """What ``found`` has beside ``wanted``, which stands in it in order."""
    rest = iter(found)
    extra: set[str] = set()
    for sign in wanted:
        for other in rest:
            if other == sign:
                break
            extra.add(other)
        else:
            pytest.fail(f"{sign} is lost: {found}")
    return extra | set(rest)


@pytest.mark.parametrize("question", CASES)
def test_no_negation_is_lost_in_plain_words(question: str, said: Said) -> None:
    exact, plain = said(question, Audience.CLINICIAN), said(question, Audience.PATIENT)
    rows = {row.id: row.status for d in exact.determinations for row in d.criteria}
    for before, after in zip(checks(exact), checks(plain), strict=True):
        if before.text.startswith("Checked against the record"):
            found = re.findall(rf": ({'|'.join(PLAIN_ROW.values())})\.", after.text)
            assert found == [PLAIN_ROW[rows[part]] for part in before.criteria[1:]]
            assert ("does not fit this rule" in after.text) is (rows[before.criteria[0]] is CriterionStatus.NOT_MET)
            assert ("not written down yet" in after.text) is (
                rows[before.criteria[0]] is CriterionStatus.NOT_DOCUMENTED
            )
        if "would be met if" in before.text:
            for words, plain_words in STEPS.items():
                assert before.text.count(words) == len(re.findall(plain_words, after.text)), after.text
        assert before.text.count(" NOT ") == after.text.count(" NOT ") or "criteria not met under" in before.text


@pytest.mark.parametrize("question", CASES)
def test_plain_words_never_decide_or_promise(question: str, said: Said) -> None:
    answer = said(question, Audience.PATIENT)
    written = [claim.text for claim in checks(answer)] if answer.verdict else []
    for text in (*written, *answer.follow_ups, answer.verdict.headline if answer.verdict else ""):
        assert not DECIDES.search(text), text
        assert not re.search(r"\byou(?:r|rs)?\b", text, re.I), text


def test_the_plain_text_of_the_example_reads_below_grade_six_and_far_below_the_clinicians(
    said: Said, names: list[str]
) -> None:
    """Measured over all sentences of the check, without payer names, titles, ids and codes."""
    grades = {}
    for audience in Audience:
        text = "\n".join(claim.text for claim in checks(said(EXAMPLE, audience)))
        grades[audience] = reading_grade(text, leaving_out=names) or 0.0
    assert grades[Audience.PATIENT] < 6
    assert grades[Audience.PATIENT] < grades[Audience.CLINICIAN] - 5


@pytest.mark.parametrize("question", [q for q in CASES if q not in (*GUIDELINE, *REFUSED)])
def test_plain_sections_follow_ups_and_limits_read_at_grade_eight_or_below(
    question: str, said: Said, names: list[str]
) -> None:
    answer = said(question, Audience.PATIENT)
    for text in (" ".join(c.text for c in checks(answer)), " ".join(answer.follow_ups), " ".join(answer.limitations)):
        assert (reading_grade(text, leaving_out=names) or 0) < 9, text


def test_a_missing_fact_is_asked_for_with_its_plain_question(said: Said, knowledge: Knowledge) -> None:
    answer = said(EXAMPLE, Audience.PATIENT)
    questions = {plain.question for plain in knowledge.vocabulary.plain.values()}
    missing = next(section for section in answer.sections if section.id == "missing_documentation")
    asked = [claim.text for claim in missing.claims if "?" in claim.text]
    assert len(asked) > 10
    assert all(any(question in text for question in questions) for text in asked)
    assert questions.issuperset(answer.follow_ups[2:])


def test_the_reviewer_is_told_version_window_criterion_and_anchor(said: Said) -> None:
    answer = said(EXAMPLE, Audience.REVIEWER)
    opening = " ".join(claim.text for claim in answer.sections[0].claims)
    decided = [d for d in answer.determinations if d.status is not Status.NOT_APPLICABLE]
    for determination in decided:
        assert f"{version_words(determination.version)}, {window_words(determination.effective)}" in opening
    sources = {row.id: row.source for d in decided for row in d.criteria}
    told = [claim for section in answer.sections[1:] for claim in section.claims if claim.basis is ClaimBasis.CHECK]
    for claim in (claim for claim in told if claim.criteria):
        assert f"{claim.criteria[0]} ({sources[claim.criteria[0]]})" in claim.text


def test_a_closed_record_is_named_as_what_decided(ask_about: Ask) -> None:
    question = "Is 62321 necessary under Carelon after minimal relief for M54.12?"
    plain = ask_about(question, audience=Audience.PATIENT, record=Record.CLOSED)
    exact = ask_about(question, record=Record.CLOSED)
    assert unworded(plain) == unworded(exact)
    for before, after in zip(checks(exact), checks(plain), strict=True):
        assert ("Only what is written down was counted." in after.text) is (": not met on the record" in before.text)
