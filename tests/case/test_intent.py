"""Payers, states, dates and procedure families in a question."""

from __future__ import annotations

from datetime import date

import pytest

from rag.case.intent import find_date, find_families, find_payers, find_states
from rag.case.knowledge import Lexicon


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Does Aetna cover 62321?", ("aetna",)),
        ("does UHC or united healthcare cover it", ("unitedhealthcare",)),
        ("Cigna (eviCore) policy", ("evicore",)),
        ("BCBS of Massachusetts", ("bcbs-massachusetts",)),
        ("Blue Cross Blue Shield of Massachusetts", ("bcbs-massachusetts",)),
        ("medicare part b, then aetna", ("medicare", "aetna")),
        ("MEDICARE", ("medicare",)),
        ("Is 62321 necessary?", ()),
        ("the anthemic song", ()),
    ],
)
def test_payers_are_found_by_any_of_their_names(lexicon: Lexicon, text: str, ids: tuple[str, ...]) -> None:
    found = find_payers(text, lexicon.payers)
    assert tuple(named.id for named in found) == ids
    names = [name.casefold() for payer in lexicon.payers.values() for name in payer.names]
    assert all(text[named.start : named.end].casefold() in names for named in found)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Medicare in Ohio", ("OH",)),
        ("Medicare, OH", ("OH",)),
        ("Medicare patient in KY, 62321", ("KY",)),
        ("west virginia", ("WV",)),
        ("New York and New Jersey", ("NY", "NJ")),
        ("pain in or around the neck, oh my", ()),
        ("PAIN IN OR AROUND THE NECK", ()),
        ("she is in ME", ("ME",)),
    ],
)
def test_states_are_found_by_name_or_by_code_after_a_cue(lexicon: Lexicon, text: str, codes: tuple[str, ...]) -> None:
    assert tuple(named.id for named in find_states(text, lexicon.phrases)) == codes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("service on 2024-01-15", date(2024, 1, 15)),
        ("Date of service: 1/15/2024", date(2024, 1, 15)),
        ("DOS January 15, 2024", date(2024, 1, 15)),
        ("CESI on 2024-01-02, scheduled for 15 January 2024", date(2024, 1, 15)),
        ("CESI on 2024-01-02", None),
        ("service on 2024-02-31", None),
        ("no date", None),
    ],
)
def test_only_a_date_of_service_is_one(lexicon: Lexicon, text: str, day: date | None) -> None:
    assert find_date(text, lexicon.phrases) == day


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Is a cervical ESI necessary?", ("epidural-injection",)),
        ("62321", ("epidural-injection",)),
        ("epidural catheter 62324", ("epidural-catheter",)),
        ("radiofrequency ablation of the facet joints", ("facet-ablation",)),
        ("total knee replacement", ("knee-replacement",)),
        ("27447", ("knee-replacement",)),
        ("what is the weather like", ()),
        ("MRI shows a herniation", ()),
    ],
)
def test_procedure_families_are_named_by_phrase_or_code(lexicon: Lexicon, text: str, families: tuple[str, ...]) -> None:
    assert find_families(text, lexicon.codes) == families
