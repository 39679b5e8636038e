"""What each tool gives: the project's own models, under a name where there are several."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from app.policy_view import PolicyDetail, PolicySummary
from rag.criteria.determination import Determination
from rag.retrieval.searcher import Hit


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Decisions(_Result):
    """One determination for each policy that was asked."""

    determinations: tuple[Determination, ...]


class Found(_Result):
    """Passages, best first; none where nothing is near enough to be cited."""

    hits: tuple[Hit, ...]


class Policies(_Result):
    """A summary of each policy; with one policy named, that one alone, and its criteria in ``detail``."""

    policies: tuple[PolicySummary, ...]
    detail: PolicyDetail | None = None


@dataclass(frozen=True)
class Outcome:
    """``result`` is the structured half, ``text`` the same in Markdown."""

    result: BaseModel
    text: str
