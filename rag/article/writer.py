"""The interface both writers share: sections of a draft, and an account of what a model had to do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from rag.article.draft import Draft, DraftClaim, DraftSection
from rag.article.material import Material
from rag.article.models import ModelUse
from rag.guard.support.models import Finding

#: Why a claim may not stand, or ``None``: the guards, as a writer sees them.
Problem = Callable[[DraftClaim], Finding | None]


class Writer(Protocol):
    """One article's writer. ``name`` is what the provenance says, once all sections are written."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str | None: ...

    def sections(self, draft: Draft, material: Material, problem: Problem) -> Iterator[DraftSection]:
        """The sections of the article, one by one, from the template's ``draft``."""

    def use(self) -> ModelUse | None:
        """What was asked of a model, and what became of it; ``None`` where there is none."""


class TemplateWriter:
    """The draft as it is."""

    name = "template"
    model = None

    def sections(self, draft: Draft, material: Material, problem: Problem) -> Iterator[DraftSection]:
        yield from draft.sections

    def use(self) -> None:
        return None
