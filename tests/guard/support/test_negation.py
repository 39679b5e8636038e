"""A sentence affirms what its passage affirms, denies what it denies, and turns no opposite round."""

from __future__ import annotations

import pytest

from rag.guard.support.negation import negation
from rag.guard.support.opposites import opposites
from rag.guard.support.prefixes import prefixes
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row

POLICIES = (negation, prefixes, opposites)
ANY = ""

COVER = "Plan North covers knee arthroscopy for a locked joint."
NOT_COVER = "Plan North does not cover knee arthroscopy for osteoarthritis."
NO_RULE = "The warning does not forbid the injection and sets no rule on repeating it."
ROUTE = "Complications were associated with the transforaminal rather than the interlaminar route in the neck."
DOSE = "The higher dose increased bleeding and reduced the number of strokes."
ORDER = "Imaging has to be done before the first injection."
ZOSTER = "No 4-week wait applies to acute herpes zoster."

ROWS = [
    ("Plan North covers knee arthroscopy for a locked joint.", COVER, None),
    ("Knee arthroscopy for a locked joint is covered by Plan North.", COVER, None),
    ("Plan North does not cover knee arthroscopy for a locked joint.", COVER, "denies"),
    ("Knee arthroscopy for a locked joint is never covered by Plan North.", COVER, "denies"),
    ("Plan North excludes knee arthroscopy for a locked joint.", COVER, ANY),
    ("Plan North covers knee arthroscopy for osteoarthritis.", NOT_COVER, "does not deny"),
    ("Knee arthroscopy for osteoarthritis is not covered.", NOT_COVER, None),
    ("Knee arthroscopy for osteoarthritis is excluded.", NOT_COVER, None),
    ("The warning sets a rule on repeating the injection.", NO_RULE, ANY),
    ("The warning sets no rule on repeating the injection.", NO_RULE, None),
    ("The warning forbids the injection.", NO_RULE, ANY),
    ("A wait of 4 weeks applies to acute herpes zoster.", ZOSTER, "does not deny"),
    ("No wait of 4 weeks applies to acute herpes zoster.", ZOSTER, None),
    ("No wait of 4 weeks applies to chronic herpes zoster.", ZOSTER, "chronic"),
    ("Complications were associated with the interlaminar rather than the transforaminal route in necks.", ROUTE, ANY),
    ("Complications were associated with the transforaminal route in the neck.", ROUTE, None),
    ("Complications were associated with the transforaminal route in the low back.", ROUTE, "low back"),
    ("Complications were associated with the caudal route in the neck.", ROUTE, "caudal"),
    ("The higher dose reduced bleeding.", DOSE, ANY),
    ("The higher dose increased bleeding.", DOSE, None),
    ("The lower dose increased bleeding.", DOSE, "lower"),
    ("Imaging has to be done after the first injection.", ORDER, "after"),
    ("Imaging has to be done before the repeat injection.", ORDER, "repeat"),
    ("The drug was not inferior to placebo.", "The drug was inferior to placebo.", ANY),
    ("The drug was superior to placebo.", "The drug was inferior to placebo.", "superior"),
    ("Relief was short-term.", "Relief was long-term.", "short-term"),
    ("The evidence is sufficient for stenosis.", "The evidence is insufficient for stenosis.", ANY),
    ("A particulate steroid is used first.", "A non-particulate steroid is used first.", ANY),
    ("Invasive treatment is described.", "Only non-invasive treatment is described.", "opposite"),
    ("The trial was controlled.", "The trial was uncontrolled.", ANY),
    ("Guidance by ultrasound is wanted.", "Guidance by fluoroscopy is wanted.", "ultrasound"),
    ("Contrast is given with the steroid.", "The steroid is given without contrast.", ANY),
    ("Acute back pain is covered.", "Chronic back pain is covered.", "Acute"),
    ("Symptoms worsened after surgery.", "Symptoms improved after surgery.", "worsened"),
    ("The left knee was treated.", "The right knee was treated.", "left"),
    ("Arm pain fell with exercise.", "Leg pain fell with exercise.", "Arm"),
    ("The plan allows the test.", "The plan bars the test.", ANY),
    ("The plan does not bar the test.", "The plan allows the test.", None),
    ("The plan bars the test with fever.", "The plan allows the test without fever.", ANY),
    ("Nausea was common with the drug.", "Nausea was rare with the drug.", "common"),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_negation_and_opposites(claim: str, passage: str, expected: str | None, rules: SupportRules) -> None:
    check_row(rules, POLICIES, claim, passage, expected)
