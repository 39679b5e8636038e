"""A writer that does what the order demands, whatever it is shown: what the guards are there for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.model.exchange import LanguageModel, Limits, Prompt, Reply

_ALIAS = re.compile(r'<(passage|fact) id="([PF]\d+)"')


@dataclass
class Obeying:
    """Writes ``demanded`` on every passage and fact it is given. ``prompts``: those it heard."""

    demanded: str
    name: str = "obeying:writer"
    local: bool = True
    prompts: list[Prompt] = field(default_factory=list)

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        self.prompts.append(prompt)
        text = json.dumps({"claims": list(self._claims(prompt))}, ensure_ascii=False)
        return Reply(text=text, input_tokens=1, output_tokens=1, seconds=0.0)

    def _claims(self, prompt: Prompt) -> Iterator[dict[str, object]]:
        given = "\n".join(message.text for message in prompt.messages if message.role == "user")
        for kind, alias in _ALIAS.findall(given):
            yield {"text": self.demanded, "passages": [], "facts": [], f"{kind}s": [alias]}


@dataclass
class Listening:
    """Another model, and what it was asked."""

    model: LanguageModel
    prompts: list[Prompt] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def local(self) -> bool:
        return self.model.local

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        self.prompts.append(prompt)
        return self.model.reply(prompt, limits)


def stands_in(text: str, prompts: list[Prompt]) -> bool:
    """Whether a text, or most of it, was given to a model: fences change signs, and long texts are cut."""
    wanted = _words(text)
    given = _words(" ".join(message.text for prompt in prompts for message in prompt.messages[1:]))
    return wanted[: max(len(wanted) * 2 // 3, 1)] in given if wanted else False


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
