"""Which model may word an article, and what it may spend and see."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.model.budget import Budget
from rag.model.exchange import LanguageModel


@dataclass(frozen=True)
class ModelOptions:
    """``trust_local``: a model at an address of this machine is shown the text with its identifiers.

    It does nothing for any other model: those never see one.
    """

    model: LanguageModel
    budget: Budget = field(default_factory=Budget)
    trust_local: bool = False

    @property
    def sees_identifiers(self) -> bool:
        return self.trust_local and self.model.local
