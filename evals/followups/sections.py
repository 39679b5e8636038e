"""Ids of the sections an article may have."""

from __future__ import annotations

from rag.article import plan

SECTIONS = frozenset(part.id for part in vars(plan).values() if isinstance(part, plan.Part)) | {"refusal"}
