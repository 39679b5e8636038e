"""A sentence is no surer and no stricter than its passage."""

from __future__ import annotations

import pytest

from rag.guard.support.modality import modality
from rag.guard.support.models import Evidence
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row, found

MAY = "Plan North may consider a second scan."
SHOULD = "The patient should take part in active rehabilitation."
MUST = "Plan South requires a signed treatment plan."
PROBABLY = "Steroids probably reduce pain in the short term."
SUGGESTS = "The cohort suggests that smoking delays healing."
LINK = "In claims data the shorter needle was associated with bleeding, which is no proof of cause."
SERIES = "In an uncontrolled series 40 patients had less pain after the block."
USUALLY = "The plan generally does not cover a third scan."

ROWS = [
    ("Plan North may consider a second scan.", MAY, None),
    ("Plan North must consider a second scan.", MAY, "must"),
    ("Plan North requires a second scan.", MAY, "requires"),
    ("The patient must take part in active rehabilitation.", SHOULD, "must"),
    ("The patient should take part in active rehabilitation.", SHOULD, None),
    ("Active rehabilitation is mandatory for the patient.", SHOULD, "mandatory"),
    ("A signed treatment plan is mandatory under Plan South.", MUST, None),
    ("Plan South requires a signed treatment plan.", MUST, None),
    ("Steroids reduce pain in the short term.", PROBABLY, "probability"),
    ("Steroids probably reduce pain in the short term.", PROBABLY, None),
    ("Steroids possibly reduce pain in the short term.", PROBABLY, None),
    ("Steroids always reduce pain in the short term.", PROBABLY, "always"),
    ("Smoking delays healing.", SUGGESTS, "possibility"),
    ("The cohort suggests that smoking delays healing.", SUGGESTS, None),
    ("The cohort proves that smoking delays healing.", SUGGESTS, "proves"),
    ("Smoking may delay healing.", SUGGESTS, None),
    ("The shorter needle caused bleeding.", LINK, ANY := "cause"),
    ("The shorter needle was associated with bleeding.", LINK, None),
    ("The shorter needle leads to bleeding.", LINK, ANY),
    ("After the block 40 patients had less pain.", SERIES, "uncontrolled"),
    ("In an uncontrolled series 40 patients had less pain after the block.", SERIES, None),
    ("The block is safe.", "Safety of the block is not established.", "safe"),
    ("The block is safe.", "The block is safe in adults.", None),
    ("The drug is always effective.", "The drug is effective in asthma.", "always"),
    ("The drug never causes a rash.", "The drug causes a rash in adults.", "never"),
    ("Only surgeons may order the scan.", "Surgeons may order the scan.", "Only"),
    ("Only surgeons may order the scan.", "The scan is reserved for surgeons, who may order it.", None),
    ("The plan does not cover a third scan.", USUALLY, "exceptions"),
    ("The plan generally does not cover a third scan.", USUALLY, None),
    ("Pain fell significantly with exercise.", "Pain fell with exercise.", "significance"),
    ("Pain fell significantly with exercise.", "Pain fell with exercise (P = 0.01).", None),
    ("Pain fell dramatically with exercise.", "Pain fell with exercise.", "dramatically"),
    ("The test is the gold standard for asthma.", "The test is used for asthma.", "gold standard"),
    ("It is reported that the plan pays for two scans.", "Reported, not confirmed here: it pays for two scans.", None),
    ("The plan pays for two scans.", "Reported, not confirmed here: the plan pays for two scans.", "not confirmed"),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_modality(claim: str, passage: str, expected: str | None, rules: SupportRules) -> None:
    check_row(rules, (modality,), claim, passage, expected)


def test_what_is_not_confirmed_has_to_be_called_so(rules: SupportRules) -> None:
    unsure = Evidence("The plan pays for two scans a year.", confirmed=False)
    assert found(rules, (modality,), "The plan pays for two scans a year.", unsure) != []
    assert found(rules, (modality,), "The plan is reported to pay for two scans a year.", unsure) == []
    assert found(rules, (modality,), "Two scans a year are paid for (not confirmed here).", unsure) == []


def test_a_hedge_of_the_source_itself_is_not_enough(rules: SupportRules) -> None:
    said = "the society lets it be considered, expected as grade C."
    unsure = Evidence(f"Reported, not confirmed here: {said}", confirmed=False)
    assert "it does not say that what it cites is not confirmed" in found(rules, (modality,), said, unsure)


def test_a_confirmed_passage_beside_an_unconfirmed_one_is_enough(rules: SupportRules) -> None:
    text = "The plan pays for two scans a year."
    unsure = Evidence("The plan lets nurses order blood tests.", confirmed=False)
    assert found(rules, (modality,), text, Evidence(text), unsure) == []
