"""What a server is started with; worker processes get it as JSON in an environment variable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from app.api.uvicorn_options import CONNECTIONS
from rag.errors import UserError

VARIABLE: Final = "GUIDELINE_QA_SERVER"
MEBIBYTE: Final = 1024 * 1024


class ModelSettings(BaseModel):
    """The options of ``app.model_options.given_model``: a model cannot be handed to another process, its name can."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None
    tokens: int = 30_000
    seconds: float = 300
    replay: Path | None = None
    trust_local: bool = False


class Settings(BaseModel):
    """``runtime``: a folder of this server alone, for what its workers share while it runs.

    ``rate``: requests per key, as "600/minute"; ``answers``: computed at once by one worker.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    runtime: Path
    host: str = "127.0.0.1"
    corpus: Path | None = None
    database: str | None = Field(default=None, repr=False)
    model: ModelSettings = ModelSettings()
    issuers: Path | None = None
    no_keys: bool = False
    rate: str = "600/minute"
    rate_storage: str | None = Field(default=None, repr=False)
    answers: int = 2
    origins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    base_url: str | None = None
    tls: bool = False
    otlp: str | None = None
    level: str = "INFO"
    connections: int = CONNECTIONS


def hand_over(settings: Settings) -> None:
    """To the worker processes this one starts."""
    os.environ[VARIABLE] = settings.model_dump_json()


def handed_over() -> Settings:
    """In a worker process. Raises ``UserError`` where nothing was handed over."""
    text = os.environ.get(VARIABLE)
    if text is None:
        raise UserError("The API was not started by its own command. Start it with `guideline-qa serve`.")
    return Settings.model_validate_json(text)
