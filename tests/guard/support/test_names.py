"""What a sentence names is named in its passage or in the names of the document."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rag.guard.support.code_places import code_places
from rag.guard.support.models import Evidence
from rag.guard.support.names import names
from rag.guard.support.patterns import words_pattern
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import found

SCAN = "Plan North covers an MRI of the knee under code 73721 after physical therapy."
LEVEL = "The injection is given at C7-T1 and not above C6-C7."
DRUGS = "The trial of Meyer and others compared gabapentin with dexamethasone."
TEXTS = "Texts A and B of the policy differ on imaging; text B asks for an MRI."
CODES = "The rule that counts is L12345 in Ohio, L23456 in New Jersey and L34567 in Texas."
RANGE = "Codes 62320 to 62323 belong to the family; M50.1x and M54.12 are listed."

ROWS = [
    ("Plan North covers an MRI of the knee.", SCAN, None),
    ("Plan South covers an MRI of the knee.", SCAN, "Plan South"),
    ("Plan North covers magnetic resonance imaging of the knee.", SCAN, None),
    ("Plan North covers an EMG of the knee.", SCAN, "EMG"),
    ("Plan North covers the scan under 73721.", SCAN, None),
    ("Plan North covers the scan under 73722.", SCAN, "73722"),
    ("Plan North covers arthroscopy of the knee.", SCAN, "arthroscopy"),
    ("Plan North covers the scan after physiotherapy.", SCAN, None),
    ("Plan North covers the scan after acupuncture.", SCAN, "acupuncture"),
    ("The injection is given at C7-T1.", LEVEL, None),
    ("The injection is given at C7/T1.", LEVEL, None),
    ("The injection is given at C6-C7.", LEVEL, None),
    ("The injection is given at C5-C6.", LEVEL, "C5-C6"),
    ("The injection is given at L4-5.", LEVEL, "L4-5"),
    ("Gabapentin was compared with dexamethasone.", DRUGS, None),
    ("Neurontin was compared with decadron.", DRUGS, None),
    ("Pregabalin was compared with dexamethasone.", DRUGS, "Pregabalin"),
    ("Gabapentin was compared with triamcinolone.", DRUGS, "triamcinolone"),
    ("The trial was run by Meyer and others.", DRUGS, None),
    ("The trial was run by Huber and others.", DRUGS, "Huber"),
    ("According to the Northern Spine Society, gabapentin was compared.", DRUGS, "Northern Spine Society"),
    ("An MRI is asked for by text B.", TEXTS, None),
    ("Imaging differs between text A and text B.", TEXTS, None),
    ("An MRI is asked for by text C.", TEXTS, "text C"),
    ("In Ohio L12345 counts.", CODES, None),
    ("In Ohio L23456 counts.", CODES, "something else"),
    ("In Texas L99999 counts.", CODES, "L99999"),
    ("The family holds 62321.", RANGE, None),
    ("The family holds 62324.", RANGE, "62324"),
    ("M50.122 is listed.", RANGE, None),
    ("M51.16 is listed.", RANGE, "M51.16"),
    ("The drug reached phase III.", "The drug was tested in a phase II trial.", "phase III"),
    ("NGS is the contractor.", "National Government Services is the contractor.", None),
    ("WPS is the contractor.", "National Government Services is the contractor.", "WPS"),
]


@pytest.fixture(scope="module")
def named(rules: SupportRules) -> SupportRules:
    known = re.compile(words_pattern({"Plan North", "Plan South", "Northern Spine Society"}))
    return replace(rules, names=replace(rules.names, known=known))


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_names(claim: str, passage: str, expected: str | None, named: SupportRules) -> None:
    reasons = found(named, (names, code_places), claim, passage)
    assert (reasons == []) if expected is None else any(expected in reason for reason in reasons), reasons


def test_the_document_may_be_named(named: SupportRules) -> None:
    source = Evidence("The plan covers the scan.", names="plan-north-77; Plan North; Knee Imaging Bulletin 0077")
    assert found(named, (names,), "Plan North (plan-north-77) covers the scan by Bulletin 0077.", source) == []
    assert found(named, (names,), "Plan South (plan-south-12) covers the scan.", source) != []
