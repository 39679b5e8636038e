"""What was recorded is replayed to the byte; what was not is said; only the owner may read the file."""

import stat
from pathlib import Path

import pytest

from rag.model.errors import ModelFailure
from rag.model.exchange import Limits, Message
from rag.model.recording import Recorder, RecordingError, Replay
from tests.model.conftest import PROMPT
from tests.model.fakes import QueueModel

LIMITS = Limits(seconds=5, reply_tokens=50)
OTHER = PROMPT.model_copy(update={"messages": (Message(role="user", text="Something else."),)})


def test_replies_and_failures_come_back_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "exchanges.jsonl"
    recorder = Recorder(QueueModel("first", ModelFailure("it was down", seconds=2.5)), file)
    said = recorder.reply(PROMPT, LIMITS)
    with pytest.raises(ModelFailure):
        recorder.reply(OTHER, LIMITS)
    replay = Replay(file)
    assert (replay.name, replay.reply(PROMPT, LIMITS)) == ("queue:model", said)
    with pytest.raises(ModelFailure, match="it was down") as raised:
        replay.reply(OTHER, LIMITS)
    assert raised.value.seconds == 2.5


def test_only_the_owner_may_read_a_recording(tmp_path: Path) -> None:
    file = tmp_path / "exchanges.jsonl"
    Recorder(QueueModel("x"), file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_recordings_add_up(tmp_path: Path) -> None:
    file = tmp_path / "exchanges.jsonl"
    Recorder(QueueModel("old"), file).reply(PROMPT, LIMITS)
    Recorder(QueueModel("new"), file).reply(PROMPT, LIMITS)
    Recorder(QueueModel("other"), file).reply(OTHER, LIMITS)
    replay = Replay(file)
    assert [replay.reply(prompt, LIMITS).text for prompt in (PROMPT, OTHER)] == ["new", "other"]


def test_a_prompt_that_was_not_recorded_is_no_silent_fallback(tmp_path: Path) -> None:
    file = tmp_path / "exchanges.jsonl"
    Recorder(QueueModel("x"), file).reply(PROMPT, LIMITS)
    with pytest.raises(RecordingError, match="--record"):
        Replay(file).reply(OTHER, LIMITS)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no model"),
        ("{not json}\n", ":1: not an exchange"),
        ('{"key": "x"}\n', ":1: not an exchange"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_that_is_no_recording_is_named(tmp_path: Path, content: str | bytes, says: str) -> None:
    file = tmp_path / "exchanges.jsonl"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RecordingError, match=says):
        Replay(file)


def test_a_recording_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="nowhere"):
        Replay(tmp_path / "nowhere.jsonl")
    with pytest.raises(RecordingError, match="cannot be written"):
        Recorder(QueueModel("x"), tmp_path / "no" / "folder.jsonl")
