"""Words by which a later message shows what it does to the case (``followups.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.article.models import Audience
from rag.guard.wording import Compiler, Patterns
from rag.knowledge.vocabulary import Vocabulary

FOLLOW_UPS_NAME = "followups.yaml"
REST = "rest"


@dataclass(frozen=True)
class Explanation:
    """A way to ask about the determination; ``focus``: the sections that answer, the most telling first.

    ``all_payers``: it asks about every policy, whichever payer is chosen. ``reasons``: the reply is to name the reason
    of each status. ``topic``: it asks what the documents say, as the article has it.
    """

    id: str
    focus: tuple[str, ...]
    patterns: Patterns
    all_payers: bool
    reasons: bool
    topic: bool


@dataclass(frozen=True)
class Context:
    """``lead`` stands before an elliptical reply while it is read, where the record holds the fact ``when``.

    ``supposed_only``: it is too little to state a fact by, and enough to suppose one.
    """

    when: str
    lead: str
    cues: Patterns
    unless: Patterns
    supposed_only: bool


@dataclass(frozen=True)
class FollowUpRules:
    """The patterns of each kind of message; where one has the group ``rest``, that part is read for facts.

    ``request``: a sentence with a place for the ``{region}`` that is requested.
    """

    new_case: Patterns
    undo: Patterns
    adopt: Patterns
    courtesy: Patterns
    audience: Mapping[Audience, Patterns]
    hypothetical: Patterns
    correction: Patterns
    asserted: Patterns
    all_payers: Patterns
    closed_record: Patterns
    open_record: Patterns
    filler: re.Pattern[str]
    named_payer: Patterns
    explanations: tuple[Explanation, ...]
    questions: Patterns
    continued: Patterns
    told_of: Patterns
    withdrawn: Patterns
    another_patient: Patterns
    joints: re.Pattern[str]
    request: str
    contexts: tuple[Context, ...]


class _RawExplanation(CorpusModel):
    id: str
    focus: tuple[str, ...]
    all_payers: bool = False
    reasons: bool = False
    topic: bool = False
    patterns: tuple[str, ...]


class _RawContext(CorpusModel):
    when: str
    lead: str
    cues: tuple[str, ...]
    unless: tuple[str, ...] = ()
    supposed_only: bool = False


class _RawFollowUps(CorpusModel):
    words: dict[str, tuple[str, ...]]
    new_case: tuple[str, ...]
    undo: tuple[str, ...]
    adopt: tuple[str, ...]
    courtesy: tuple[str, ...]
    audience: dict[Audience, tuple[str, ...]]
    hypothetical: tuple[str, ...]
    correction: tuple[str, ...]
    asserted: tuple[str, ...]
    all_payers: tuple[str, ...]
    closed_record: tuple[str, ...]
    open_record: tuple[str, ...]
    filler: str
    named_payer: tuple[str, ...]
    explanations: tuple[_RawExplanation, ...]
    questions: tuple[str, ...]
    continued: tuple[str, ...]
    told_of: tuple[str, ...]
    withdrawn: tuple[str, ...]
    another_patient: tuple[str, ...]
    joints: str
    request: str
    contexts: tuple[_RawContext, ...]


_PLAIN = (
    "new_case undo adopt courtesy hypothetical correction asserted all_payers closed_record open_record named_payer "
    "questions continued told_of withdrawn another_patient"
).split()


def load_follow_up_rules(corpus: Path, vocabulary: Vocabulary) -> FollowUpRules:
    """Read ``corpus/followups.yaml``. Raises ``CorpusErrors`` with every fault, each with its line."""
    document = load_yaml(corpus / FOLLOW_UPS_NAME)
    raw = validate(_RawFollowUps, document)
    compiler = Compiler(document, raw.words, {})
    plain = {name: compiler.patterns(getattr(raw, name), name) for name in _PLAIN}
    rules = FollowUpRules(
        **plain,
        audience={who: compiler.patterns(texts, "audience", who.value) for who, texts in raw.audience.items()},
        filler=_one(compiler, raw.filler, "filler"),
        joints=_one(compiler, raw.joints, "joints"),
        request=raw.request,
        explanations=tuple(_explanation(item, i, compiler) for i, item in enumerate(raw.explanations)),
        contexts=tuple(_context(item, i, compiler) for i, item in enumerate(raw.contexts)),
    )
    errors = [*compiler.errors, *_undeclared(raw, document, vocabulary)]
    if errors:
        raise CorpusErrors(errors)
    return rules


def _one(compiler: Compiler, pattern: str, place: str) -> re.Pattern[str]:
    return next(iter(compiler.patterns([pattern], place)), re.compile(""))


def _explanation(raw: _RawExplanation, place: int, compiler: Compiler) -> Explanation:
    patterns = compiler.patterns(raw.patterns, "explanations", place, "patterns")
    return Explanation(raw.id, raw.focus, patterns, raw.all_payers, raw.reasons, raw.topic)


def _context(raw: _RawContext, place: int, compiler: Compiler) -> Context:
    cues = compiler.patterns(raw.cues, "contexts", place, "cues")
    return Context(
        raw.when, raw.lead, cues, compiler.patterns(raw.unless, "contexts", place, "unless"), raw.supposed_only
    )


def _undeclared(raw: _RawFollowUps, document: YamlDocument, vocabulary: Vocabulary) -> list[CorpusError]:
    return [
        document.error(
            ["contexts", place, "when"], f"fact {item.when!r} is not declared", "Declare it in vocabulary.yaml"
        )
        for place, item in enumerate(raw.contexts)
        if item.when not in vocabulary.facts
    ]
