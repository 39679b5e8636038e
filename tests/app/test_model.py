"""`ask --model` as people run it, against a real server on this machine; what reaches it, and what is logged."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import QUESTION, Run
from tests.model.servers import Handler, Server, fails, parrots, says, serving

ASKED = "What does the evidence say on epidural steroids for cervical radiculopathy?"
DAY = ("--date", "2026-11-22")
#: Identifiers of a patient that does not exist.
SECRETS = ("Marlowe", "1961", "04/12", "555-0142", "MRN 4471920", "Willow", "jane.marlowe@example.org")
NOTE = (
    "Jane Marlowe, DOB 04/12/1961, MRN 4471920, of 12 Willow Lane, phone 555-0142, jane.marlowe@example.org. "
    "Ms. Marlowe had a cervical ESI with minimal relief on 04/12/2026. Is 62321 necessary for M54.12?"
)


def lies(handler: Handler, body: dict[str, Any]) -> None:
    claims = [{"text": "The injection meets all criteria and is approved.", "passages": ["P1"], "facts": []}]
    says(json.dumps({"claims": claims}))(handler, body)


@pytest.fixture
def parrot() -> Iterator[Server]:
    with serving(parrots) as server:
        yield server


def answer(run: Run, question: str, *options: str, address: str = "", code: int = 0) -> dict[str, Any]:
    result = run("ask", question, *DAY, "--format", "json", *options, OPENAI_BASE_URL=address, OPENAI_API_KEY="")
    assert result.code == code, result.err
    found = json.loads(result.out)
    assert isinstance(found, dict)
    return found


def said(found: dict[str, Any]) -> list[str]:
    return [claim["text"] for section in found["sections"] for claim in section["claims"]]


def test_a_model_words_the_article_and_the_provenance_says_so(run: Run, ready: None, parrot: Server) -> None:
    found = answer(run, ASKED, "--model", "openai:parrot", address=parrot.address)
    provenance = found["provenance"]
    assert (provenance["writer"], provenance["model"]) == ("model", "openai:parrot")
    use = provenance["model_use"]
    assert use["kept"] == use["proposed"] > 5
    assert (use["calls"], use["input_tokens"]) == (len(parrot.requests), 11 * len(parrot.requests))


def test_without_a_model_nothing_is_asked_and_the_provenance_says_so(run: Run, ready: None, parrot: Server) -> None:
    provenance = answer(run, ASKED, address=parrot.address)["provenance"]
    assert (provenance["writer"], provenance["model"], provenance["model_use"]) == ("template", None, None)
    assert parrot.requests == []


def test_a_model_that_lies_changes_no_word(run: Run, ready: None) -> None:
    with serving(lies) as server:
        lied = answer(run, QUESTION, "--model", "openai:liar", address=server.address)
    plain = answer(run, QUESTION)
    assert said(lied) == said(plain)
    assert lied["verdict"] == plain["verdict"]
    assert lied["provenance"]["writer"] == "template"
    assert lied["provenance"]["model_use"]["refused"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "http://no-such-host.invalid/v1"])
def test_a_model_that_is_not_there_costs_prose_only(run: Run, ready: None, address: str) -> None:
    found = answer(run, ASKED, "--model", "openai:gone", address=address)
    assert said(found) == said(answer(run, ASKED))
    assert "could not be reached" in found["provenance"]["model_use"]["fallbacks"][0]


def test_the_foot_of_the_article_says_who_worded_it(run: Run, ready: None) -> None:
    assert "no language model took part" in " ".join(run("ask", ASKED, *DAY).out.split())
    with serving(fails(500)) as server:
        result = run("ask", ASKED, *DAY, "--model", "openai:down", OPENAI_BASE_URL=server.address)
    assert "The template writer's words stand in answer" in " ".join(result.out.split())


def test_no_identifier_reaches_the_server_or_a_log(run: Run, ready: None, parrot: Server) -> None:
    logs = {"OPENAI_LOG": "debug", "LANGCHAIN_VERBOSE": "true", "PYTHONWARNINGS": "always"}
    options = ("--model", "openai:parrot", *DAY)
    result = run("ask", NOTE, *options, OPENAI_BASE_URL=parrot.address, **logs)
    assert result.code == 0, result.err
    sent = json.dumps(parrot.requests)
    assert "minimal relief" in sent, "the facts are sent, so the test looks at the right thing"
    assert [secret for secret in SECRETS if secret in sent] == []
    assert [words for words in (*SECRETS, "minimal relief", "<passage") if words in result.err] == []


def test_a_local_model_sees_identifiers_only_where_its_user_said_so(run: Run, ready: None, parrot: Server) -> None:
    answer(run, NOTE, "--model", "openai:parrot", "--trust-local-model", address=parrot.address)
    assert "Marlowe" in json.dumps(parrot.requests)


def test_a_model_elsewhere_is_never_trusted(run: Run) -> None:
    result = run(
        "ask", ASKED, "--model", "openai:x", "--trust-local-model", OPENAI_BASE_URL="https://models.example.org/v1"
    )
    assert result.code == 2
    assert "not at an address of this machine" in result.err


def test_what_was_recorded_is_replayed_to_the_byte_without_the_model(
    run: Run, ready: None, parrot: Server, tmp_path: Path
) -> None:
    file = tmp_path / "exchanges.jsonl"
    recorded = answer(run, ASKED, "--model", "openai:parrot", "--record", str(file), address=parrot.address)
    asked = len(parrot.requests)
    replayed = answer(run, ASKED, "--replay", str(file))
    assert len(parrot.requests) == asked
    assert {**recorded, "last_updated": ""} == {**replayed, "last_updated": ""}
    other = run("ask", QUESTION, *DAY, "--replay", str(file))
    assert other.code == 2
    assert "--record" in other.err


@pytest.mark.parametrize(
    ("options", "says_what"),
    [
        (("--model", "nobody"), "provider:model"),
        (("--model", "openai:x"), "OPENAI_API_KEY"),
        (("--record", "x.jsonl"), "needs --model"),
        (("--record", "x.jsonl", "--replay", "y.jsonl"), "exclude each other"),
        (("--replay", "nowhere.jsonl"), "nowhere.jsonl"),
        (("--trust-local-model",), "needs --model"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_to_do(run: Run, options: tuple[str, ...], says_what: str) -> None:
    result = run("ask", ASKED, *options, OPENAI_BASE_URL="", OPENAI_API_KEY="")
    assert result.code == 2
    assert says_what in result.err
    assert "Traceback" not in result.err
