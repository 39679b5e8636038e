"""A real HTTP server that helps, refuses, fails, hangs and floods: the caller always comes back in time."""

import time

import pytest

from rag.model import chat
from rag.model.errors import ModelFailure
from rag.model.exchange import Limits
from tests.model.conftest import PROMPT, Open
from tests.model.servers import (
    Behaviour,
    drips,
    fails,
    floods,
    hangs,
    hangs_up,
    refuses,
    says,
    serving,
    talks_garbage,
)

LIMITS = Limits(seconds=20, reply_tokens=50)
SOON = Limits(seconds=1.5, reply_tokens=50)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "LONGEST_WAIT", 0.01)


def test_a_reply_comes_with_what_the_server_counted(open_at: Open) -> None:
    with serving(says('{"claims": []}')) as server:
        reply = open_at(server).reply(PROMPT, LIMITS)
    assert (reply.text, reply.input_tokens, reply.output_tokens, reply.estimated) == ('{"claims": []}', 11, 7, False)


def test_the_server_is_asked_for_the_schema_at_temperature_zero(open_at: Open) -> None:
    with serving(says("{}")) as server:
        open_at(server).reply(PROMPT, LIMITS)
    (body,) = server.requests
    assert body["response_format"]["json_schema"]["schema"] == PROMPT.reply_schema
    assert (body["temperature"], body["model"]) == (0, "any-name")
    assert 50 in (body.get("max_tokens"), body.get("max_completion_tokens"))


@pytest.mark.parametrize(
    ("unknown", "asked"),
    [
        (("json_schema",), 2),
        (("json_schema", "json_object"), 3),
        (("response_format", "temperature"), 4),
        (("response_format", "stream_options"), 4),
    ],
)
def test_a_server_that_knows_less_is_asked_for_less(open_at: Open, unknown: tuple[str, ...], asked: int) -> None:
    with serving(refuses(*unknown, then=says("plain words"))) as server:
        model = open_at(server)
        assert model.reply(PROMPT, LIMITS).text == "plain words"
        assert len(server.requests) == asked
        model.reply(PROMPT, LIMITS)
        assert len(server.requests) == asked + 1, "what was refused once is not tried again"


def test_tokens_are_estimated_where_the_server_counts_none(open_at: Open) -> None:
    with serving(says("four characters each", counts=False)) as server:
        reply = open_at(server).reply(PROMPT, LIMITS)
    assert (reply.estimated, reply.output_tokens) == (True, 5)


def test_what_was_said_before_the_length_was_reached_is_kept(open_at: Open) -> None:
    with serving(says('{"claims": [{"text": "One."}, {"te', finish="length")) as server:
        assert open_at(server).reply(PROMPT, LIMITS).text.startswith('{"claims": [{"text": "One."}')


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_fault_that_may_pass_is_tried_again(open_at: Open, status: int) -> None:
    with serving(fails(status), fails(status), says("at last")) as server:
        assert open_at(server).reply(PROMPT, LIMITS).text == "at last"
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("behaviour", "words", "asked"),
    [
        (fails(500), "status 500 (Internal Server Error)", 3),
        (fails(401), "refused the key (status 401)", 1),
        (fails(400, "the secret prompt"), "status 400 (Bad Request)", 4),
        (talks_garbage, "could not be used", 1),
        (hangs_up, "could not be reached", 3),
    ],
)
def test_a_fault_that_stays_is_said_without_the_servers_words(
    open_at: Open, behaviour: Behaviour, words: str, asked: int
) -> None:
    with serving(behaviour) as server, pytest.raises(ModelFailure) as raised:
        open_at(server).reply(PROMPT, LIMITS)
    assert words in str(raised.value)
    assert "secret" not in str(raised.value)
    assert len(server.requests) == asked


@pytest.mark.parametrize("behaviour", [hangs, drips])
def test_a_server_that_never_ends_is_left_in_time(open_at: Open, behaviour: Behaviour) -> None:
    started = time.monotonic()
    with serving(behaviour) as server, pytest.raises(ModelFailure, match="in time"):
        open_at(server).reply(PROMPT, SOON)
    assert time.monotonic() - started < 10


def test_a_flood_is_cut_off(open_at: Open) -> None:
    with serving(floods) as server:
        assert len(open_at(server).reply(PROMPT, LIMITS).text) == chat.LONGEST_REPLY


def test_an_address_where_nobody_listens_is_said(open_at: Open) -> None:
    with serving(says("{}")) as server:
        model = open_at(server)
    server.server_close()
    with pytest.raises(ModelFailure, match="could not be reached"):
        model.reply(PROMPT, LIMITS)
