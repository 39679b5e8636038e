"""Claims are read from whatever a model sends, as far as it is JSON of the form asked; the rest is nothing."""

import json

import pytest
from jsonschema import Draft202012Validator

from rag.article.prose.reply import read_reply, reply_schema

GOOD = '{"claims": [{"text": "One.", "passages": ["P1"]}, {"text": "Two.", "passages": ["P2"]}]}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here you are:\n{GOOD}\nAnything else?",
        f"<think>maybe {{no}}</think>{GOOD}",
        json.dumps(json.loads(GOOD)["claims"]),
        GOOD.replace('"passages"', '"confidence": 0.9, "passages"'),
    ],
    ids=["plain", "fenced", "chatty", "thinking", "bare list", "further keys"],
)
def test_claims_are_found(text: str) -> None:
    assert [claim.text for claim in read_reply(text) or ()] == ["One.", "Two."]


def test_of_a_reply_that_was_cut_off_the_whole_claims_stay() -> None:
    read = read_reply(GOOD[: GOOD.index("Two")])
    assert read is not None
    assert read[0].text == "One."
    assert all(claim.passages or claim.text == "" for claim in read)


def test_a_claim_that_is_none_is_passed_over() -> None:
    text = '{"claims": [{"passages": ["P1"]}, "words", 7, {"text": 5}, {"text": "Fine.", "passages": ["P1"]}]}'
    assert [claim.text for claim in read_reply(text) or ()] == ["Fine."]


@pytest.mark.parametrize(
    "text",
    ["", "I cannot do that.", "{", "[", "{}", '{"claims": "none"}', "{" * 5_000, "<think>for ever", "null", "\x00"],
)
def test_what_is_no_such_json_is_none_or_empty(text: str) -> None:
    assert not read_reply(text)


def test_the_schema_allows_only_what_is_on_the_list() -> None:
    schema = reply_schema(("P1", "P2"), ("F1",))
    allowed = Draft202012Validator(schema)
    assert allowed.is_valid({"claims": [{"text": "x", "passages": ["P2"], "facts": []}]})
    assert not allowed.is_valid({"claims": [{"text": "x", "passages": ["P3"], "facts": []}]})
    assert not allowed.is_valid({"claims": [{"text": "x", "passages": ["P1"]}]})


def test_without_facts_the_schema_has_no_place_for_them() -> None:
    assert "facts" not in json.dumps(reply_schema(("P1",), ()))
