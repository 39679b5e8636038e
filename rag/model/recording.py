"""Every exchange with a model written to a file, and answered from it later without the model.

The file has one JSON object a line: the prompt as it was sent, and the reply or the failure. Prompts hold what left for
the model: text without identifiers, unless a local model was trusted with them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.errors import UserError
from rag.model.errors import ModelFailure
from rag.model.exchange import LanguageModel, Limits, Prompt, Reply

_OWNER_ONLY = 0o600


class Exchange(BaseModel):
    """One line of the file: exactly one of ``reply`` and ``failure`` is set; ``seconds`` are those of a failure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    model: str
    prompt: Prompt
    reply: Reply | None = None
    failure: str | None = None
    seconds: float = 0.0


class RecordingError(UserError):
    """A file of exchanges that cannot be used, or that lacks the exchange asked for."""


class Recorder:
    """Asks the model, and writes every exchange to the end of a file that only its owner may read."""

    def __init__(self, model: LanguageModel, file: Path) -> None:
        self._model = model
        self._file = file
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY))
        except OSError as error:
            raise RecordingError(f"{file} cannot be written ({error.strerror}). Name another file.") from None

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def local(self) -> bool:
        return self._model.local

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        try:
            reply = self._model.reply(prompt, limits)
        except ModelFailure as failure:
            self._write(self._exchange(prompt).model_copy(update={"failure": str(failure), "seconds": failure.seconds}))
            raise
        self._write(self._exchange(prompt).model_copy(update={"reply": reply}))
        return reply

    def _exchange(self, prompt: Prompt) -> Exchange:
        return Exchange(key=prompt.key(self.name), model=self.name, prompt=prompt)

    def _write(self, exchange: Exchange) -> None:
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(exchange.model_dump_json() + "\n")


class Replay:
    """Answers from a file what was recorded for the same model and prompt; the last recording of a prompt counts.

    It is local: nothing leaves the machine. Raises ``RecordingError`` for a file that is not a recording.
    """

    local = True

    def __init__(self, file: Path, *, name: str | None = None) -> None:
        self._file = file
        self._exchanges = {exchange.key: exchange for exchange in read_exchanges(file)}
        recorded = sorted({exchange.model for exchange in self._exchanges.values()})
        if name is None and len(recorded) != 1:
            raise RecordingError(f"{file} holds exchanges with {recorded or 'no model'}. Name one with --model.")
        self.name = name or recorded[0]

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        exchange = self._exchanges.get(prompt.key(self.name))
        if exchange is None:
            raise RecordingError(
                f"{self._file} has no exchange with {self.name} for this prompt: question, corpus or software changed "
                "since it was recorded. Record it again with --record."
            )
        if exchange.reply is None:
            raise ModelFailure(exchange.failure or "it failed", seconds=exchange.seconds)
        return exchange.reply


def read_exchanges(file: Path) -> list[Exchange]:
    """All exchanges of a file in order. Raises ``RecordingError`` with the line that is no exchange."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{file} cannot be read ({type(error).__name__}). Name a file made by --record.") from None
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(Exchange.model_validate(json.loads(line)))
        except (ValueError, ValidationError):
            remedy = "Remove the line, or record the exchanges again"
            raise RecordingError(f"{file}:{number}: not an exchange with a model. {remedy}.") from None
    return found
