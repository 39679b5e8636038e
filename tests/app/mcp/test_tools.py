"""The tools give what the commands of their names print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp import MCPError

from rag.article.models import Answer
from tests.app.conftest import QUESTION
from tests.app.mcp.conftest import Printed, Session, text_of

DAY = "2026-08-01"
FACTS = {"procedure.code": ["62321"], "prior_injection.given": True, "prior_injection.relief": "40 %"}


def test_four_tools_are_listed_that_only_read(session: Session) -> None:
    tools = session.tools()
    assert list(tools) == ["ask", "decide", "search", "policies"]
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        for schema in (tool.input_schema, tool.output_schema):
            assert schema is not None
            assert schema["type"] == "object"
            jsonschema.Draft202012Validator.check_schema(schema)


def test_decide_lists_the_facts_one_may_give(session: Session) -> None:
    facts = session.tools()["decide"].input_schema["properties"]["facts"]
    assert facts["properties"].keys() >= FACTS.keys()
    assert "40 %" in facts["properties"]["prior_injection.relief"]["description"]
    jsonschema.validate(FACTS, facts)


ASKED: list[tuple[list[str], dict[str, object]]] = [
    ([], {}),
    (["--payer", "Aetna"], {"payer": "Aetna"}),
    (["--policy", "medicare-lcd-l39240"], {"policy": "medicare-lcd-l39240"}),
    (
        ["--payer", "medicare", "--state", "oh", "--closed-record", "--audience", "patient"],
        {"payer": "medicare", "state": "oh", "record": "closed", "audience": "patient"},
    ),
]


@pytest.mark.parametrize(("options", "arguments"), ASKED, ids=lambda given: " ".join(map(str, given)))
def test_ask_gives_the_answer_of_the_command(
    session: Session, printed: Printed, options: list[str], arguments: dict[str, object]
) -> None:
    result = session.call("ask", question=f"  {QUESTION}\n", on=DAY, **arguments)
    assert not result.is_error
    given = result.structured_content
    expected = json.loads(printed("ask", "--format", "json", "--date", DAY, *options, QUESTION))
    assert Answer.model_validate(given).last_updated != Answer.model_validate(expected).last_updated
    assert given | {"last_updated": ""} == expected | {"last_updated": ""}


def test_ask_says_the_same_in_markdown(session: Session, printed: Printed) -> None:
    expected = printed("ask", "--format", "markdown", "--date", DAY, QUESTION)
    given = text_of(session.call("ask", question=QUESTION, on=DAY))
    differing = [pair for pair in zip(given.splitlines(), expected.splitlines(), strict=True) if len(set(pair)) > 1]
    assert all("updated" in mine for mine, _ in differing), differing


def test_facts_beside_a_question_count_as_in_a_file(session: Session, printed: Printed, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(FACTS))
    options = ("--date", DAY, "--facts", str(file), "--payer", "aetna")
    expected = json.loads(printed("ask", "--format", "json", *options, QUESTION))
    result = session.call("ask", question=QUESTION, on=DAY, facts=FACTS, payer="aetna")
    assert result.structured_content | {"last_updated": ""} == expected | {"last_updated": ""}


def test_a_refusal_is_an_answer_and_no_error(session: Session) -> None:
    result = session.call("ask", question="Will it rain in Cleveland tomorrow?")
    assert not result.is_error
    answer = Answer.model_validate(result.structured_content)
    assert (answer.kind, answer.verdict, answer.references) == ("refusal", None, ())


def test_a_dash_is_a_question_and_never_stdin(session: Session) -> None:
    result = session.call("ask", question="-")
    assert Answer.model_validate(result.structured_content).question == "-"


def test_decide_gives_the_determinations_of_the_command(session: Session, printed: Printed, facts_file: Path) -> None:
    options = ("--facts", str(facts_file), "--date", DAY, "--closed-record")
    result = session.call("decide", facts=FACTS, on=DAY, record="closed")
    assert result.structured_content["determinations"] == json.loads(printed("decide", *options, "--format", "json"))
    assert text_of(result) == printed("decide", *options, "--format", "markdown")


def test_search_gives_the_hits_of_the_command(session: Session, printed: Printed) -> None:
    options = ("--k", "3", "--kind", "safety", "--code", "62321", "particulate steroid")
    result = session.call("search", query="particulate steroid", k=3, kind=["safety"], code=["62321"])
    assert result.structured_content["hits"] == json.loads(printed("search", *options, "--format", "json"))
    assert len(result.structured_content["hits"]) == 3
    assert text_of(result) == printed("search", *options, "--format", "markdown")


def test_nothing_found_is_said(session: Session) -> None:
    result = session.call("search", query="Will it rain in Cleveland tomorrow?")
    assert (result.is_error, result.structured_content) == (False, {"hits": []})
    assert "near enough" in text_of(result)


def test_policies_lists_what_the_command_lists(session: Session, printed: Printed) -> None:
    result = session.call("policies")
    assert result.structured_content == {
        "policies": json.loads(printed("policies", "--format", "json")),
        "detail": None,
    }
    assert text_of(result) == printed("policies", "--format", "markdown")


def test_a_named_policy_comes_with_its_criteria(session: Session, printed: Printed) -> None:
    result = session.call("policies", policy="carelon-esi")
    shown = json.loads(printed("policies", "carelon-esi", "--format", "json"))
    assert result.structured_content == {"policies": [shown["policy"]], "detail": shown}
    assert text_of(result) == printed("policies", "carelon-esi", "--format", "markdown")


LONG = "a" * 1_000_000
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {}, "question: Field required"),
    ("ask", {"question": " \n"}, "The question is empty"),
    ("ask", {"question": LONG}, "1,000,000 characters; at most 20,000"),
    ("ask", {"question": 7}, "question: Input should be a valid string"),
    ("ask", {"question": QUESTION, "payer": "nobody"}, "There is no payer 'nobody'. Known: "),
    ("ask", {"question": QUESTION, "payer": LONG}, "payer: String should have at most 200 characters"),
    ("ask", {"question": QUESTION, "policy": "no\x00body"}, "There is no policy 'no\\x00body'. Known: "),
    ("ask", {"question": QUESTION, "on": "2026-02-30"}, "on: a day of the calendar is written 2026-02-12"),
    ("ask", {"question": QUESTION, "on": 20260212}, "on: a day of the calendar is written 2026-02-12"),
    ("ask", {"question": QUESTION, "record": "shut"}, "record: Input should be 'open' or 'closed'"),
    ("ask", {"question": QUESTION, "pater": "x"}, "pater: there is no such argument. It takes: payer, policy"),
    ("decide", {"facts": {"pain.scor": 7}}, "unknown fact 'pain.scor'. Did you mean pain.score"),
    ("decide", {"facts": {"pain.score": "\x1b[31m"}}, "fact 'pain.score': '\\x1b[31m' is not a score"),
    ("decide", {"facts": {LONG: 7}}, "unknown fact 'aaa"),
    ("decide", {"facts": {"pain.score": [[[[LONG]]]]}}, "fact 'pain.score': [[[['aaa"),
    ("decide", {"facts": ["pain.score"]}, "facts: Input should be a valid dictionary"),
    ("decide", {"facts": {}, "state": "Atlantis"}, "There is no state 'Atlantis'. Known: "),
    ("search", {"query": "relief", "k": 0}, "k: Input should be greater than or equal to 1"),
    ("search", {"query": "relief", "kind": ["poem"]}, "There is no kind `poem`. Known values: "),
    ("search", {"query": LONG}, "The query has 1,000,000 characters"),
    ("policies", {"policy": ""}, "There is no policy '?'. Known: "),
]


@pytest.mark.parametrize(("name", "arguments", "says"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_used_is_a_tool_error_that_says_what_to_do(
    session: Session, name: str, arguments: dict[str, Any], says: str
) -> None:
    result = session.call(name, **arguments)
    assert result.is_error
    assert says in text_of(result)
    assert len(text_of(result)) < 3_000
    assert "Traceback" not in text_of(result)


@pytest.mark.parametrize("question", ["\x00", f"{QUESTION}\x00\x1b[31m", "\U0010ffff" * 9_000, "(" * 20_000])
def test_hostile_questions_are_answered(session: Session, question: str) -> None:
    result = session.call("ask", question=question, on=DAY)
    assert not result.is_error
    Answer.model_validate(result.structured_content)


def test_an_unknown_tool_is_a_protocol_error(session: Session) -> None:
    with pytest.raises(MCPError, match=r"no tool of that name. Known: ask, decide, search, policies"):
        session.call("diagnose", question=QUESTION)


def test_nothing_of_a_question_reaches_the_log(session: Session) -> None:
    session.call("ask", question="Zebulon Quixworth, MRN 55512, asks for 62321", payer="nobody")
    session.call("decide", facts={"Quixworth": 1})
    assert "Quixworth" not in session.log.read_text(encoding="utf-8")
    assert "Traceback" not in session.log.read_text(encoding="utf-8")
