"""Tokens and seconds one answer may spend on a model, and what was spent."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from rag.model.errors import BudgetSpent, ModelFailure
from rag.model.exchange import LanguageModel, Limits, Prompt, Reply

#: Enough for a section's sentences as JSON; a reply that is cut off here keeps its whole sentences.
REPLY_TOKENS = 1_000
#: A reply shorter than this is no use, so no call is made for it.
_FEWEST_REPLY_TOKENS = 100


class Budget(BaseModel):
    """What one answer may spend over all its calls: ``tokens`` in and out, and ``seconds``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tokens: int = 30_000
    seconds: float = 300.0


@dataclass
class Meter:
    """Asks the model while there is budget, and counts.

    Time is what the replies say they took: a replayed answer spends what the recorded one did, so it ends alike.
    """

    model: LanguageModel
    budget: Budget
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    estimated: bool = False

    def ask(self, prompt: Prompt) -> Reply:
        """Raises ``BudgetSpent`` before a call that would not fit, ``ModelFailure`` when the call gave nothing."""
        limits = self._limits(prompt)
        self.calls += 1
        try:
            reply = self.model.reply(prompt, limits)
        except ModelFailure as failure:
            self.seconds += failure.seconds
            raise
        self.input_tokens += reply.input_tokens
        self.output_tokens += reply.output_tokens
        self.seconds += reply.seconds
        self.estimated = self.estimated or reply.estimated
        return reply

    def _limits(self, prompt: Prompt) -> Limits:
        tokens = self.budget.tokens - self.input_tokens - self.output_tokens - prompt.estimated_tokens
        if tokens < _FEWEST_REPLY_TOKENS:
            raise BudgetSpent(f"its {self.budget.tokens:,} tokens were used up")
        seconds = self.budget.seconds - self.seconds
        if seconds <= 0:
            raise BudgetSpent(f"its {self.budget.seconds:g} seconds were used up")
        return Limits(seconds=seconds, reply_tokens=min(tokens, REPLY_TOKENS))
