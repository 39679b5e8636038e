"""What each method accepts, and that thresholds know the calibrate half alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.citations.methods.constant import ACCEPT_ALL, REJECT_ALL
from evals.citations.methods.guarded import Guarded
from evals.citations.methods.method import NotCalibrated
from evals.citations.methods.nli import EntailmentScore
from evals.citations.methods.overlap import OVERLAP, overlap
from evals.citations.methods.remembering import RememberingEncoder
from evals.citations.methods.similarity import Similarity
from evals.citations.methods.threshold import Thresholded, best_threshold
from evals.citations.pair import Pair
from evals.citations.slices import holds_number, slices_of
from rag.guard.support.models import Evidence
from tests.conftest import WordEncoder
from tests.evals.citations.guards import NumberGuard, both_halves, pair

PAIRS = both_halves()
CALIBRATE = [one for one in PAIRS if one.half == "calibrate"]
REPORT = [one for one in PAIRS if one.half == "report"]


def test_the_null_baselines_accept_all_or_nothing() -> None:
    assert [call.accepted for call in ACCEPT_ALL.judge(REPORT, calibrate=CALIBRATE).calls] == [True] * 4
    assert [call.accepted for call in REJECT_ALL.judge(REPORT, calibrate=CALIBRATE).calls] == [False] * 4


@pytest.mark.parametrize(
    ("claim", "passage", "share"),
    [
        ("Relief lasted 3 weeks.", "Lasting relief? Relief lasted 3 weeks.", 1.0),
        ("Relief lasted 3 weeks.", "Relief lasted 9 weeks.", 0.75),
        ("Relief.", "Nothing of it.", 0.0),
        ("It is.", "It is.", 0.0),
    ],
)
def test_words_in_common_are_a_share_of_the_claims_words(claim: str, passage: str, share: float) -> None:
    assert overlap([pair(claim, passage, True)]) == [share]


@pytest.mark.parametrize(
    ("right", "wrong", "threshold"),
    [
        ([0.9, 0.8], [0.2, 0.1], 0.5),
        ([0.9, 0.3], [0.5, 0.1], 0.7),  # 0.2 is as good; the higher accepts less
        ([0.5, 0.5], [0.5], 0.5),
        ([0.1], [0.9], 0.1),
    ],
)
def test_the_threshold_is_where_recall_and_rejection_add_up_to_most(
    right: list[float], wrong: list[float], threshold: float
) -> None:
    labels = [True] * len(right) + [False] * len(wrong)
    assert best_threshold([*right, *wrong], labels) == pytest.approx(threshold)


@pytest.mark.parametrize("labels", [[], [True], [False, False]])
def test_one_label_alone_calibrates_nothing(labels: list[bool]) -> None:
    with pytest.raises(NotCalibrated, match="both labels"):
        best_threshold([0.5] * len(labels), labels)


def test_the_threshold_does_not_change_with_the_half_it_is_measured_on() -> None:
    turned = [replace(one, supported=not one.supported) for one in REPORT]
    other = [pair("Nothing in common.", "Zebras graze.", True), pair("Zebras graze.", "Zebras graze.", False)]
    thresholds = {OVERLAP.judge(measured, calibrate=CALIBRATE).threshold for measured in (REPORT, turned, other, [])}
    assert len(thresholds) == 1


def test_the_threshold_changes_with_the_half_it_is_calibrated_on() -> None:
    turned = [replace(one, supported=not one.supported) for one in CALIBRATE]
    before, after = (OVERLAP.judge(REPORT, calibrate=half).threshold for half in (CALIBRATE, turned))
    assert before != after


def test_a_rejection_by_score_says_score_and_threshold() -> None:
    method = Thresholded("length", lambda pairs: [len(one.claim) / 100 for one in pairs])
    calibrate = [pair("x" * 50, "p", True), pair("x" * 10, "p", False)]
    (call,) = method.judge([pair("x" * 20, "p", True)], calibrate=calibrate).calls
    assert (call.accepted, call.found) == (False, ("score 0.200 is below 0.300",))


def test_likeness_is_that_of_the_nearest_sentence() -> None:
    score = Similarity(RememberingEncoder(WordEncoder()))
    near, far = score(
        [pair("Sleep improved.", "Zebras graze. Sleep improved.", True), pair("Sleep.", "Zebras.", False)]
    )
    assert near == pytest.approx(1.0, abs=1e-5)
    assert far < 0.9


def test_each_text_is_encoded_once_however_often_it_is_asked_for() -> None:
    inner = WordEncoder()
    encoder = RememberingEncoder(inner)
    told: list[tuple[int, int]] = []
    encoder = RememberingEncoder(inner, progress=lambda done, total, what: told.append((done, total)))
    encoder.learn(["b", "a", "b"], what="encoding")
    vectors = encoder.encode(["a", "b", "a", "c"])
    assert sorted(inner.encoded) == ["a", "b", "c"]
    assert (vectors[0] == vectors[2]).all()
    assert told == [(0, 2), (2, 2)]
    assert encoder.encode([]).shape == (0, inner.dimension)


def test_the_guard_is_asked_with_the_evidence_of_each_pair_and_its_findings_are_kept() -> None:
    def evidence_of(one: Pair) -> Evidence:
        return Evidence(f"{one.passage} 9")

    plain = Guarded("guard", NumberGuard()).judge(REPORT, calibrate=[])
    assert [call.accepted for call in plain.calls] == [True, True, False, True]
    assert plain.calls[2].found == ("numbers: 9 is not in the passage",)
    assert plain.threshold is None
    assert all(call.accepted for call in Guarded("guard", NumberGuard(), evidence_of).judge(REPORT, calibrate=[]).calls)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("Relief lasted 3 weeks.", True),
        ("40mg/day was given.", True),
        ("A loss of -5 points.", True),
        ("Half of them improved.", True),
        ("Twice as many did.", True),
        ("COVID-19 spreads.", False),
        ("HER2 is a receptor.", False),
        ("Someone improved.", False),
    ],
)
def test_a_number_is_one_that_is_no_part_of_a_name(claim: str, number: bool) -> None:
    assert holds_number(claim) is number


def test_slices_are_all_pairs_numbers_numeric_contradictions_and_kinds() -> None:
    pairs = [pair("3 weeks.", "p", False, kind="b", no=True), pair("Weeks.", "p", False, kind="a", no=True)]
    found = {part.name: part.of(pairs) for part in slices_of(pairs, by_kind=True)}
    assert found == {
        "all pairs": [0, 1],
        "claims that hold a number": [0],
        "numeric contradictions": [0],
        "kind: a": [1],
        "kind: b": [0],
    }


class LongestPremise:
    """Entails the more, the longer the premise."""

    name = "longest"

    def entails(self, premise: str, hypothesis: str) -> float:
        return len(premise) / 100


def test_a_language_inference_model_is_asked_with_the_whole_passage() -> None:
    told: list[tuple[int, int]] = []
    score = EntailmentScore(LongestPremise(), lambda done, total, what: told.append((done, total)))
    assert score([pair("claim", "x" * 40, True), pair("claim", "y. " * 10, False)]) == [0.4, 0.3]
    assert told[0] == (0, 2)
