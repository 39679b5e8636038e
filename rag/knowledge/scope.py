"""What the system does not do (``scope.yaml``), and the words that ask for a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import YamlDocument, load_yaml, validate

SCOPE_NAME = "scope.yaml"


@dataclass(frozen=True)
class Refusal:
    """A kind of request that is turned away: ``says`` why, ``instead`` what to do."""

    id: str
    patterns: tuple[re.Pattern[str], ...]
    says: str
    instead: str


@dataclass(frozen=True)
class Scope:
    """``patient_facts``: beginnings of the facts that tell of one patient; ``general_facts``: exceptions to them."""

    refusals: tuple[Refusal, ...]
    necessity: tuple[re.Pattern[str], ...]
    patient_facts: tuple[str, ...]
    general_facts: tuple[str, ...]
    subjects: tuple[re.Pattern[str], ...]
    refers_back: tuple[re.Pattern[str], ...]
    modifiers: re.Pattern[str]

    def subject_of(self, text: str) -> str | None:
        """What the text asks a decision on, in its words; ``None`` where it names nothing, or points back to it."""
        found = next((match["thing"] for pattern in self.subjects if (match := pattern.search(text))), None)
        bare = self.modifiers.sub("", found or "").strip()
        return None if not bare or any(pattern.search(bare) for pattern in self.refers_back) else found

    def is_about_a_patient(self, facts: Iterable[str]) -> bool:
        """Whether any of the facts (ids) tells of one patient."""
        return any(fact.startswith(self.patient_facts) and fact not in self.general_facts for fact in facts)

    def refusal_of(self, text: str) -> Refusal | None:
        """The first kind of request the text reads like, if any."""
        return next((r for r in self.refusals if any(pattern.search(text) for pattern in r.patterns)), None)

    def asks_for_decision(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.necessity)


class _RawRefusal(CorpusModel):
    id: str
    patterns: tuple[str, ...]
    says: str
    instead: str


class _RawScope(CorpusModel):
    refusals: tuple[_RawRefusal, ...]
    necessity: tuple[str, ...]
    patient_facts: tuple[str, ...]
    general_facts: tuple[str, ...]
    subjects: tuple[str, ...]
    refers_back: tuple[str, ...]
    modifiers: str


def load_scope(corpus: Path) -> Scope:
    """Read ``corpus/scope.yaml``. Raises ``CorpusErrors`` for a pattern that is no regular expression."""
    document = load_yaml(corpus / SCOPE_NAME)
    raw = validate(_RawScope, document)
    errors: list[CorpusError] = []
    refusals = tuple(
        Refusal(
            item.id, _compiled(item.patterns, ["refusals", i, "patterns"], document, errors), item.says, item.instead
        )
        for i, item in enumerate(raw.refusals)
    )
    necessity = _compiled(raw.necessity, ["necessity"], document, errors)
    subjects = _compiled(raw.subjects, ["subjects"], document, errors)
    refers_back = _compiled(raw.refers_back, ["refers_back"], document, errors)
    modifiers = _compiled((raw.modifiers,), ["modifiers"], document, errors)
    if errors:
        raise CorpusErrors(errors)
    return Scope(refusals, necessity, raw.patient_facts, raw.general_facts, subjects, refers_back, modifiers[0])


def _compiled(
    patterns: tuple[str, ...], place: list[str | int], document: YamlDocument, errors: list[CorpusError]
) -> tuple[re.Pattern[str], ...]:
    found = []
    for number, pattern in enumerate(patterns):
        try:
            found.append(re.compile(pattern, re.IGNORECASE | re.DOTALL))
        except re.error as error:
            problem = f"not a regular expression: {error}"
            errors.append(document.error([*place, number], problem, "Correct the pattern"))
    return tuple(found)
