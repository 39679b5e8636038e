"""Rules: how leaves are read, and what can be asked of a rule."""

import pytest

from rag.criteria.rules import Compare, IsTrue, Leaf, Member, RuleError, facts_of, leaves, parse_leaf, parts
from tests.criteria.build import rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("relief.good", IsTrue("relief.good")),
        ("prior.relief >= 50 %", Compare("prior.relief", ">=", 50, "%")),
        ("prior.relief>=50%", Compare("prior.relief", ">=", 50, "%")),
        ("prior.time < 2.5 weeks", Compare("prior.time", "<", 2.5, "weeks")),
        ("prior.count = 3", Compare("prior.count", "=", 3, "")),
        ("prior.count <= 4", Compare("prior.count", "<=", 4, "")),
        ("way.how in [ct, none]", Member("way.how", ("ct", "none"))),
        ("code.cpt in [\"11111\", '22222']", Member("code.cpt", ("11111", "22222"))),
    ],
)
def test_a_leaf_is_read(text: str, expected: Leaf) -> None:
    assert parse_leaf(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "relief", "prior.relief => 50", "prior.relief >= fifty", "prior.time >= 3 moons", "way.how in ct", "a.b or c"],
)
def test_what_is_no_leaf_is_an_error_that_quotes_it(text: str) -> None:
    with pytest.raises(RuleError, match="cannot read the rule"):
        parse_leaf(text)


@pytest.mark.parametrize("text", ["way.how in [ ]", "way.how in [ct,,none]", "way.how in [ct, ]"])
def test_an_empty_option_is_an_error(text: str) -> None:
    with pytest.raises(RuleError, match="empty"):
        parse_leaf(text)


def test_facts_are_named_once_in_reading_order() -> None:
    found = rule({"any_of": ["yes.b", {"all_of": ["yes.a", {"not": "yes.b"}]}]})
    assert facts_of(found) == ("yes.b", "yes.a")
    assert [leaf.fact for leaf in leaves(found)] == ["yes.b", "yes.a", "yes.b"]


def test_nested_parts_are_found_outer_first() -> None:
    found = rule({"part": "outer", "rule": {"not": {"part": "inner", "rule": "yes.a"}}})
    assert [part.name for part in parts(found)] == ["outer", "inner"]
