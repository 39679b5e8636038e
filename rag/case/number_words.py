"""How numbers, shares, units and comparisons are written: the data of ``phrases.yaml`` as models."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from rag.criteria.values import FactType


class Lexical(BaseModel):
    """Strict, frozen data."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Comparison(Lexical):
    """``op`` over the number that follows (or, for ``after``, precedes) the words."""

    op: Literal[">", ">=", "<", "<="]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Unit(Lexical):
    """``times``: how many of ``unit`` one of ``words`` is (a fortnight is 2 weeks)."""

    unit: str
    words: tuple[str, ...]
    times: float = 1


class Approximation(Lexical):
    """Words that leave a number open: by ``below`` and ``above`` of it (shares of 1)."""

    words: tuple[str, ...]
    below: float
    above: float
    reason: str


class NumberWords(Lexical):
    """Everything needed to read an amount. Keys and words are regular-expression fragments, longest first."""

    numbers: dict[str, float]
    not_alone: tuple[str, ...]
    ordinals: dict[str, int]
    shares: dict[str, float]
    articles: tuple[str, ...]
    fillers: tuple[str, ...]
    joiners: tuple[str, ...]
    percent_signs: tuple[str, ...]
    score_signs: tuple[str, ...]
    units: tuple[Unit, ...]
    comparisons: tuple[Comparison, ...]
    approximations: tuple[Approximation, ...]


Kind = Literal["percent", "duration", "score", "count"]
KIND_TYPES: dict[Kind, FactType] = {"percent": "percent", "duration": "duration", "score": "score", "count": "count"}
