"""What the system does not do (``scope.yaml``), and the words that ask for a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import load_yaml, validate
from rag.knowledge.signs import Patterns, Place, RawGuard, RawRule, Rule, RuleReader, Splitter

SCOPE_NAME = "scope.yaml"

#: Keys that hold one pattern.
_SINGLE = ("sentence", "clause", "modifiers")


@dataclass(frozen=True)
class Refusal:
    """A kind of request that is turned away: ``says`` why, ``instead`` what to do.

    ``patterns`` are looked for in the whole text, ``rules`` sentence by sentence.
    """

    id: str
    patterns: Patterns
    rules: tuple[Rule, ...]
    says: str
    instead: str


@dataclass(frozen=True)
class Scope:
    """``patient_facts``: beginnings of the facts that tell of one patient; ``general_facts``: exceptions to them."""

    splitter: Splitter
    refusals: tuple[Refusal, ...]
    necessity: Patterns
    patient_facts: tuple[str, ...]
    general_facts: tuple[str, ...]
    subjects: Patterns
    refers_back: Patterns
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
        sentences = list(self.splitter.sentences(text))
        return next(
            (
                refusal
                for refusal in self.refusals
                if any(pattern.search(text) for pattern in refusal.patterns)
                or any(rule.fits(*sentence) for rule in refusal.rules for sentence in sentences)
            ),
            None,
        )

    def asks_for_decision(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.necessity)


class _RawRefusal(CorpusModel):
    id: str
    patterns: tuple[str, ...]
    rules: tuple[RawRule, ...] = ()
    says: str
    instead: str


class _RawScope(CorpusModel):
    sentence: str
    clause: str
    words: dict[str, str]
    guards: dict[str, RawGuard]
    refusals: tuple[_RawRefusal, ...]
    necessity: tuple[str, ...]
    patient_facts: tuple[str, ...]
    general_facts: tuple[str, ...]
    subjects: tuple[str, ...]
    refers_back: tuple[str, ...]
    modifiers: str


def load_scope(corpus: Path) -> Scope:
    """Read ``corpus/scope.yaml``. Raises ``CorpusErrors`` for what is no regular expression, and for unknown names."""
    document = load_yaml(corpus / SCOPE_NAME)
    raw = validate(_RawScope, document)
    errors: list[CorpusError] = []
    reader = RuleReader(document, errors)
    sentence, clause, modifiers = (reader.pattern(getattr(raw, key), [key]) for key in _SINGLE)
    scope = Scope(
        splitter=Splitter(sentence, clause),
        refusals=_refusals(raw, reader),
        necessity=reader.patterns(raw.necessity, ["necessity"]),
        patient_facts=raw.patient_facts,
        general_facts=raw.general_facts,
        subjects=reader.patterns(raw.subjects, ["subjects"]),
        refers_back=reader.patterns(raw.refers_back, ["refers_back"]),
        modifiers=modifiers,
    )
    if errors:
        raise CorpusErrors(errors)
    return scope


def _refusals(raw: _RawScope, reader: RuleReader) -> tuple[Refusal, ...]:
    words = {name: reader.pattern(pattern, ["words", name]) for name, pattern in raw.words.items()}
    guards = {name: reader.guard(guard, ["guards", name]) for name, guard in raw.guards.items()}
    found = []
    for number, item in enumerate(raw.refusals):
        place: Place = ["refusals", number]
        patterns = reader.patterns(item.patterns, [*place, "patterns"])
        rules = tuple(reader.rule(rule, [*place, "rules", i], words, guards) for i, rule in enumerate(item.rules))
        found.append(Refusal(item.id, patterns, rules, item.says, item.instead))
    return tuple(found)
