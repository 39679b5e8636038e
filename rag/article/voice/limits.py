"""The fixed words of what limits an answer; ``{...}`` takes labels, or the points in which texts differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """For clinicians and reviewers. ``source`` leads in what the documents say of themselves.

    ``short``: each item of a list is a sentence of its own.
    """

    no_payer: str = "No payer is named: each policy is decided on its own, and only one of them governs the request."
    contradiction: str = "The record contradicts itself on {}; these count as unknown."
    source: str = "{}"
    unconfirmed: str = "not confirmed here, so shown but deciding nothing: {}"
    conditions: str = "for a person to confirm, as the record does not speak of it: {}"
    differences: str = "the texts of its members differ: {}"
    undecided: str = "No request was decided: the question names no patient, or nothing a policy here decides."
    short: bool = False

    def listed(self, items: Iterable[str]) -> str:
        return ". ".join(opening(item) for item in items) if self.short else "; ".join(items)


def opening(text: str) -> str:
    """As a sentence begins."""
    return text[0].upper() + text[1:]


PLAIN = Limits(
    no_payer="No health plan is named. Each set of rules is checked by itself. Only one of them counts here.",
    contradiction="What is written down says two different things about {}. These count as not known.",
    source="A note on how well its rules are known: {}",
    unconfirmed="these are not confirmed here, so they are shown but do not count: {}",
    conditions="a person has to check these, as nothing is written down about them: {}",
    differences="its rules differ from place to place: {}",
    undecided="Nothing was decided here. The question names no patient, or nothing that a set of rules here decides.",
    short=True,
)
