"""Facts files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.case.facts_file import FactsError, read_facts, read_facts_file
from rag.case.knowledge import Lexicon
from rag.case.models import Support
from rag.case.values import resolve
from rag.criteria.values import Codes, OneOf, Quantity

FACTS = {
    "prior_injection.given": True,
    "prior_injection.relief": "50-60 %",
    "prior_injection.relief_duration": "10 weeks",
    "prior_injection.count_12_months": 3,
    "procedure.approach": "interlaminar",
    "procedure.region": ["cervical", "thoracic"],
    "procedure.code": ["62321"],
    "pain.score": None,
}


def test_a_json_file_is_read_with_every_kind_of_value(tmp_path: Path, lexicon: Lexicon) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(FACTS), encoding="utf-8")
    case = read_facts_file(file, lexicon.vocabulary)
    values = resolve(case, lexicon.vocabulary)
    assert values["prior_injection.given"] is True
    assert values["prior_injection.relief"] == Quantity(low=50, high=60, unit="%")
    assert values["prior_injection.relief_duration"] == Quantity.exactly(10, "weeks")
    assert values["prior_injection.count_12_months"] == Quantity.exactly(3, "count")
    assert values["procedure.approach"] == OneOf(frozenset({"interlaminar"}))
    assert values["procedure.region"] == OneOf(frozenset({"cervical", "thoracic"}))
    assert values["procedure.code"] == Codes(frozenset({"62321"}))
    assert "pain.score" not in values
    assert {fact.support for fact in case.facts} == {Support.STRUCTURED}


def test_yaml_and_json_say_the_same(tmp_path: Path, lexicon: Lexicon) -> None:
    (tmp_path / "a.yaml").write_text('prior_injection.relief: "< 30 %"\nprior_injection.given: true\n', "utf-8")
    (tmp_path / "a.json").write_text('{"prior_injection.given": true, "prior_injection.relief": "< 30 %"}', "utf-8")
    assert read_facts_file(tmp_path / "a.yaml", lexicon.vocabulary) == read_facts_file(
        tmp_path / "a.json", lexicon.vocabulary
    )


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("prior_injection.releif", "40 %", "prior_injection.relief"),
        ("prior_injection.relief", "3 weeks", "does not fit a percent"),
        ("prior_injection.relief", "140 %", "outside"),
        ("prior_injection.relief", True, '"40 %"'),
        ("prior_injection.given", "yes", "true, false or null"),
        ("procedure.approach", "lateral", "interlaminar, transforaminal, caudal"),
        ("prior_injection.relief_duration", "10", "needs a unit"),
        ("procedure.code", 3.5, "a list"),
        ("nonsense", True, "Facts begin with"),
    ],
)
def test_an_error_names_the_fact_what_was_given_and_what_would_do(
    lexicon: Lexicon, name: str, given: object, said: str
) -> None:
    with pytest.raises(FactsError) as error:
        read_facts({name: given}, lexicon.vocabulary)
    assert name in str(error.value)
    assert said in str(error.value)


def test_a_file_that_is_no_mapping_or_no_yaml_is_named(tmp_path: Path, lexicon: Lexicon) -> None:
    for text in ("- 1\n", "a: [", "a: 1\na: 2\n"):
        file = tmp_path / "facts.yaml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(FactsError, match=r"facts\.yaml"):
            read_facts_file(file, lexicon.vocabulary)
