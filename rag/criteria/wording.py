"""Leaves in words: what the record would have to show."""

from __future__ import annotations

from collections.abc import Mapping

from rag.criteria.policy import FactSpec
from rag.criteria.rules import Compare, IsTrue, Leaf, Member

_OPPOSITE = {">=": "<", "<=": ">", ">": "<=", "<": ">="}
_WORDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": "exactly"}


def needs(leaf: Leaf, wanted: bool) -> str:
    """The condition on the fact alone, as data: ``>= 50 %``, ``true``, ``in [fluoroscopy, ct]``."""
    match leaf:
        case IsTrue():
            return "true" if wanted else "false"
        case Compare(_, op, amount, unit):
            sign = op if wanted else _OPPOSITE.get(op, "not =")
            return f"{sign} {amount:g}{' ' + unit if unit else ''}"
        case Member(_, options):
            return f"{'in' if wanted else 'not in'} [{', '.join(options)}]"


def in_words(leaf: Leaf, wanted: bool, facts: Mapping[str, FactSpec]) -> str:
    """The condition as a phrase: "pain relief after the earlier injection: at least 50 %"."""
    label = facts[leaf.fact].label
    match leaf:
        case IsTrue():
            return f"{label}: {'shown' if wanted else 'ruled out'}"
        case Compare(_, op, amount, unit):
            sign = op if wanted else _OPPOSITE.get(op, "not")
            counted = facts[leaf.fact].type == "count"
            word = "fewer than" if sign == "<" and counted else _WORDS.get(sign, "not")
            return f"{label}: {word} {amount:g}{' ' + unit if unit else ''}"
        case Member(_, options):
            named = " or ".join(option.replace("_", " ") for option in options)
            return f"{label}: {'' if wanted else 'not '}{named}"
