"""What an answer says while it is being written: each section as soon as it is checked, then the whole."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article.models import Answer, Reference, Section


@dataclass(frozen=True)
class SectionDone:
    """A section that passed the guards, with the references it is the first to use. It will not change any more."""

    section: Section
    references: tuple[Reference, ...]


Event = SectionDone | Answer
