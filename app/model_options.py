"""The options that bring a language model into an answer, and what they open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.model.exchange import LanguageModel
    from rag.model.options import ModelOptions

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help="A language model words the article: provider:model. Default: none is used."
    ),
]
ModelTokensOption = Annotated[
    int, typer.Option("--model-tokens", min=500, help="Tokens the model may use for one answer, in and out.")
]
ModelSecondsOption = Annotated[
    float, typer.Option("--model-seconds", min=1, help="Seconds the model may take for one answer.")
]
RecordOption = Annotated[
    Path | None, typer.Option("--record", metavar="FILE", help="Write every exchange with the model to FILE.")
]
ReplayOption = Annotated[
    Path | None, typer.Option("--replay", metavar="FILE", help="Answer from exchanges in FILE instead of the model.")
]
TrustLocalOption = Annotated[
    bool,
    typer.Option("--trust-local-model", help="Show a model on this machine the text with its personal identifiers."),
]


def given_model(
    name: str | None, *, tokens: int, seconds: float, record: Path | None, replay: Path | None, trust_local: bool
) -> ModelOptions | None:
    """The model of the options, opened; ``None`` where none is asked for. Raises ``UserError``."""
    from rag.errors import UserError

    if record and replay:
        raise UserError("--record and --replay exclude each other: what is replayed is already in a file.")
    if name is None and replay is None:
        if record or trust_local:
            raise UserError(f"{'--record' if record else '--trust-local-model'} needs --model (provider:model).")
        return None
    from rag.model.budget import Budget
    from rag.model.options import ModelOptions

    model = _opened(name, record=record, replay=replay)
    if trust_local and not model.local:
        raise UserError(
            f"--trust-local-model: {model.name} is not at an address of this machine (OPENAI_BASE_URL names none), "
            "so it is never shown personal identifiers. Leave the option out."
        )
    return ModelOptions(model, Budget(tokens=tokens, seconds=seconds), trust_local=trust_local)


def _opened(name: str | None, *, record: Path | None, replay: Path | None) -> LanguageModel:
    if replay is not None:
        from rag.model.recording import Replay

        return Replay(replay, name=name)
    from rag.model.chat import ChatModel

    assert name is not None
    model = ChatModel.open(name)
    if record is None:
        return model
    from rag.model.recording import Recorder

    return Recorder(model, record)
