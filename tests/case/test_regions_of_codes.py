"""Codes that do not fit into one spinal region make the session one of several, in text and in a facts file alike."""

from __future__ import annotations

import pytest

from rag.case.facts_file import read_facts
from rag.case.implied import with_implied
from rag.case.knowledge import Lexicon
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.criteria.values import Quantity

COUNT = "procedure.region_count"
TWO_OR_MORE = Quantity(low=2, unit="count")


def test_codes_that_share_a_region_may_be_one(lexicon: Lexicon) -> None:
    assert lexicon.codes.least_regions(["62321", "64479"]) == 1


def test_codes_of_the_neck_and_of_the_low_back_are_two(lexicon: Lexicon) -> None:
    assert lexicon.codes.least_regions(["62321", "64479", "62323", "64483"]) == 2


@pytest.mark.parametrize("codes", [[], ["00000"], ["62321"]])
def test_nothing_follows_from_less_than_two_regions(codes: list[str], lexicon: Lexicon) -> None:
    assert "procedure.region_count" not in lexicon.codes.together(codes)


def test_the_text_and_the_facts_file_agree(lexicon: Lexicon) -> None:
    read = read_case("62321 and 62323 on the same day", knowledge=lexicon)
    given = with_implied(
        read_facts({"procedure.code": ["62321", "62323"]}, lexicon.vocabulary), lexicon.codes, lexicon.vocabulary
    )
    for case in (read, given):
        assert resolve(case, lexicon.vocabulary)[COUNT] == TWO_OR_MORE
