"""What the commands print: the models and nothing else on stdout."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rag.article.models import Answer
from rag.case.models import Case
from rag.criteria.determination import Determination
from tests.app.conftest import QUESTION, Run

WEATHER = "Will it rain in Cleveland tomorrow?"


def schema(run: Run, model: str) -> Any:
    return json.loads(run("schema", "--model", model).out)


@pytest.fixture(scope="module")
def answered(run: Run, ready: None) -> str:
    """The JSON of one answer, as printed."""
    result = run("ask", "--format", "json", "--date", "2026-11-22", QUESTION)
    assert (result.code, result.err) == (0, "")
    return result.out


@pytest.mark.parametrize("model", ["answer", "case", "determination"])
def test_every_schema_is_a_valid_schema(run: Run, model: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(run, model))


def test_the_json_of_an_answer_validates_against_the_published_schema(run: Run, answered: str) -> None:
    jsonschema.validate(json.loads(answered), schema(run, "answer"))
    assert Answer.model_validate_json(answered).question == QUESTION


def test_the_schema_refuses_an_answer_with_another_key(run: Run, answered: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(answered) | {"opinion": "yes"}, schema(run, "answer"))


def test_two_runs_give_the_same_bytes_but_for_the_time(run: Run, answered: str) -> None:
    again = run("ask", "--format", "json", "--date", "2026-11-22", QUESTION).out

    def without_time(text: str) -> list[str]:
        return [line for line in text.splitlines() if '"last_updated"' not in line]

    assert without_time(again) == without_time(answered)
    assert len(without_time(answered)) == len(answered.splitlines()) - 1


def test_text_and_markdown_say_the_headline_of_the_json(run: Run, answered: str) -> None:
    verdict = Answer.model_validate_json(answered).verdict
    assert verdict is not None
    text = run("ask", "--date", "2026-11-22", QUESTION)
    markdown = run("ask", "--date", "2026-11-22", "--format", "markdown", QUESTION)
    assert (text.code, text.err, markdown.code, markdown.err) == (0, "", 0, "")
    assert verdict.headline in " ".join(text.out.split())
    assert markdown.out.startswith("# ")


def test_a_question_from_stdin_is_the_same_as_one_from_the_command_line(run: Run, answered: str) -> None:
    piped = run("ask", "-", "--format", "json", "--date", "2026-11-22", stdin=f"\n  {QUESTION}\n\n")
    assert Answer.model_validate_json(piped.out).case == Answer.model_validate_json(answered).case


def test_a_refusal_is_an_answer_with_exit_code_0_that_cites_nothing(run: Run, ready: None) -> None:
    result = run("ask", "--format", "json", WEATHER)
    answer = Answer.model_validate_json(result.out)
    assert result.code == 0
    assert (answer.kind, answer.verdict, answer.references) == ("refusal", None, ())


def test_a_payer_selects_its_policies(run: Run, ready: None) -> None:
    answer = Answer.model_validate_json(run("ask", "--payer", "Aetna", "--format", "json", QUESTION).out)
    assert {found.payer for found in answer.determinations} == {"aetna"}


def test_a_policy_and_a_date_select_one_version(run: Run, ready: None) -> None:
    arguments = ("--policy", "medicare-lcd-l39240", "--date", "2026-08-01", "--format", "json")
    answer = Answer.model_validate_json(run("ask", *arguments, QUESTION).out)
    (found,) = answer.determinations
    assert found.policy_id == "medicare-lcd-l39240"
    assert found.effective is not None
    assert found.effective.start is not None
    assert found.effective.start.isoformat() <= "2026-08-01"


def test_facts_beside_the_question_count(run: Run, ready: None, tmp_path: Path) -> None:
    file = tmp_path / "more.json"
    file.write_text('{"pain.score": 7}')
    answer = Answer.model_validate_json(run("ask", "--facts", str(file), "--format", "json", QUESTION).out)
    assert [(fact.source, str(fact.value)) for fact in answer.case.about("pain.score")] == [("facts", "7")]


def test_decide_prints_a_list_of_determinations_that_validate(run: Run, facts_file: Path) -> None:
    result = run("decide", "--facts", str(facts_file), "--date", "2026-11-22", "--format", "json")
    assert (result.code, result.err) == (0, "")
    printed = json.loads(result.out)
    described = schema(run, "determination")
    for item in printed:
        jsonschema.validate(item, described)
        Determination.model_validate(item)
    assert len({item["policy_id"] for item in printed}) == len(printed) > 1


def test_decide_reads_json_and_yaml_and_stdin_alike(run: Run, facts_file: Path, tmp_path: Path) -> None:
    as_json = tmp_path / "facts.json"
    as_json.write_text('{"procedure.code": ["62321"], "prior_injection.given": true, "prior_injection.relief": "40 %"}')
    options = ("--date", "2026-11-22", "--format", "json")
    from_yaml = run("decide", "--facts", str(facts_file), *options)
    from_json = run("decide", "--facts", str(as_json), *options)
    from_stdin = run("decide", "--facts", "-", *options, stdin=facts_file.read_text())
    assert from_yaml.out == from_json.out == from_stdin.out


def test_a_closed_record_changes_what_an_open_one_leaves_open(run: Run, facts_file: Path) -> None:
    options = ("--facts", str(facts_file), "--date", "2026-11-22", "--format", "json")
    opened = json.loads(run("decide", *options).out)
    closed = json.loads(run("decide", *options, "--closed-record").out)
    assert {item["status"] for item in opened} >= {"needs_documentation"}
    assert "needs_documentation" not in {item["status"] for item in closed}


def test_decide_shows_a_policy_its_status_and_its_checklist_as_text(run: Run, facts_file: Path) -> None:
    text = run("decide", "--facts", str(facts_file), "--date", "2026-11-22", "--payer", "evicore").out
    assert "criteria not met" in text
    assert "Criteria checklist" in text


def test_read_prints_a_case_whose_quotes_stand_in_its_text(run: Run) -> None:
    result = run("read", "--format", "json", QUESTION)
    assert result.code == 0
    jsonschema.validate(json.loads(result.out), schema(run, "case"))
    case = Case.model_validate_json(result.out)
    assert case.facts
    for fact in case.facts:
        assert fact.quote == case.text[fact.start : fact.end]


def test_read_says_when_it_found_no_fact(run: Run) -> None:
    result = run("read", "Good morning.")
    assert result.code == 0
    assert "No fact was read" in result.out


def test_search_prints_passages_with_their_place(run: Run, ready: None) -> None:
    result = run("search", "--format", "json", "--k", "3", "--kind", "safety", "particulate steroid in the neck")
    hits = json.loads(result.out)
    assert (result.code, result.err) == (0, "")
    assert 1 <= len(hits) <= 3
    assert {hit["passage"]["kind"] for hit in hits} == {"safety"}


def test_a_search_without_a_near_passage_prints_an_empty_list_and_says_so(run: Run, ready: None) -> None:
    result = run("search", "--format", "json", "zebra crossing paint colour in Lisbon")
    assert (result.code, json.loads(result.out)) == (0, [])
    assert "Nothing in the corpus" in result.err


def test_the_list_of_policies_holds_each_policy_of_the_corpus(run: Run) -> None:
    from ingest.documents import corpus_root

    listed = [policy["id"] for policy in json.loads(run("policies", "--format", "json").out)]
    folders = [file.parent.name for file in (corpus_root() / "policies").glob("*/criteria.yaml")]
    assert sorted(listed) == sorted(folders)


def test_one_policy_is_shown_with_the_rule_of_every_criterion(run: Run) -> None:
    shown = json.loads(run("policies", "aetna-cpb-0016", "--format", "json").out)
    assert shown["policy"]["id"] == "aetna-cpb-0016"
    for version in shown["versions"]:
        assert len(version["criteria"]) == version["criteria_count"] > 0
        assert all(criterion["rule"] and criterion["source"] for criterion in version["criteria"])
    text = run("policies", "aetna-cpb-0016")
    assert shown["versions"][0]["criteria"][0]["id"] in text.out
