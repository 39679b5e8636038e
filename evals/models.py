"""A language model as the options name it: opened, recorded or replayed, and held to what one item may spend."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from evals.options import ModelChoice
from rag.errors import UserError
from rag.guard.identifiers import remove_identifiers
from rag.knowledge.library import Knowledge
from rag.model.budget import Budget, Meter
from rag.model.chat import ChatModel
from rag.model.exchange import LanguageModel
from rag.model.options import ModelOptions
from rag.model.recording import Recorder, Replay

#: Takes out of a text what may not leave the machine.
Clean = Callable[[str], str]

_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


def open_model(choice: ModelChoice) -> LanguageModel:
    """Raises UserError for a choice of no model, one that cannot be opened, and a file that is no recording."""
    if choice.record and choice.replay:
        raise UserError("A model is recorded or replayed, not both. Leave out the file to record to, or to replay.")
    if choice.replay is not None:
        return Replay(choice.replay, name=choice.name)
    if choice.name is None:
        raise UserError("No model is named. Write provider:model, or name a file of recorded exchanges to replay.")
    model = ChatModel.open(choice.name)
    return Recorder(model, choice.record) if choice.record else model


def budget_of(choice: ModelChoice) -> Budget:
    """What one item may spend."""
    return Budget(tokens=choice.tokens, seconds=choice.seconds)


def model_options(choice: ModelChoice, model: LanguageModel) -> ModelOptions:
    """For the system, which gets the budget anew for each article."""
    return ModelOptions(model, budget_of(choice))


def meter(choice: ModelChoice, model: LanguageModel) -> Meter:
    """For a baseline or a judge: a new one for each item."""
    return Meter(model, budget_of(choice))


def cleaner(knowledge: Knowledge) -> Clean:
    """Whoever brings data of their own may bring notes of patients: no model is shown an identifier."""

    def clean(text: str) -> str:
        return remove_identifiers(text, knowledge.guard_rules.identifiers).text

    return clean


def fenced(text: str) -> str:
    """Text that cannot close its fence in a prompt, or open another."""
    return " ".join(text.replace("<", "‹").replace(">", "›").replace('"', "'").split())


def json_of(text: str) -> Any:
    """The JSON of a reply, also of one that is fenced, chatty or cut off; None where there is none."""
    from langchain_core.utils.json import parse_json_markdown

    said = _THINKING.sub("", text)
    start = min((at for sign in "{[" if (at := said.find(sign)) >= 0), default=None)
    if start is None:
        return None
    try:
        return parse_json_markdown(said[start:])
    except (ValueError, RecursionError):
        return None


def object_schema(properties: dict[str, Any]) -> dict[str, Any]:
    """A JSON schema: an object with exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
