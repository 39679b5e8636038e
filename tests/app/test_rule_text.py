"""Rules as a line of text."""

import pytest

from app.rule_text import rule_text
from rag.knowledge.rule_reader import read_rule


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("a.b >= 50 %", "a.b >= 50 %"),
        ({"all_of": ["a.b", "c.d < 4"]}, "a.b and c.d < 4"),
        ({"all_of": ["a.b", {"any_of": ["c.d", "e.f"]}]}, "a.b and (c.d or e.f)"),
        ({"any_of": [{"all_of": ["a.b"]}, "c.d"]}, "a.b or c.d"),
        ({"not": {"any_of": ["a.b", "c.d"]}}, "not (a.b or c.d)"),
        (
            {"at_least": {"n": 2, "of": ["a.b", "c.d", {"all_of": ["e.f", "g.h"]}]}},
            "at least 2 of (a.b; c.d; e.f and g.h)",
        ),
        ({"part": "limb", "label": "a limb", "rule": {"any_of": ["a.b", "c.d"]}}, "[limb: a.b or c.d]"),
        ("a.b in [x, y]", "a.b in [x, y]"),
        (None, "rule not known"),
    ],
)
def test_a_rule_reads_as_one_line(rule: object, text: str) -> None:
    assert rule_text(read_rule(rule, "rule")) == text
