"""Wordings that imply a status of the request or speak of the patient (``verdicts.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Document
from ingest.errors import CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import load_yaml, validate
from rag.guard.english import English
from rag.guard.known_words import KnownWords, known_words
from rag.guard.wording import Compiler, Patterns, RawWording, Wording
from rag.knowledge.payers import load_payers

VERDICTS_NAME = "verdicts.yaml"


@dataclass(frozen=True)
class PatientRules:
    """``points``: always of the patient; ``tells``: where no ``document`` is named; ``exempt``: taken out first."""

    points: Patterns
    tells: Patterns
    exempt: Patterns
    document: Patterns


@dataclass(frozen=True)
class VerdictRules:
    """Each field is a key of the file, explained at its head."""

    english: English
    known: KnownWords
    forms: tuple[Patterns, ...]
    harmless: Patterns
    refused: tuple[Wording, ...]
    status: Patterns
    fulfilled: Patterns
    general: Patterns
    passive: Patterns
    applied: Patterns
    conditions: Patterns
    points: Patterns
    definite: Patterns
    breaks: Patterns
    patient: PatientRules


class _RawEnglish(CorpusModel):
    own: tuple[str, ...]
    other: tuple[str, ...]


class _RawForm(CorpusModel):
    id: str
    patterns: tuple[str, ...]


class _RawPatient(CorpusModel):
    document: tuple[str, ...]
    points: tuple[str, ...]
    tells: tuple[str, ...]
    exempt: tuple[str, ...]


class _RawVerdicts(CorpusModel):
    words: dict[str, tuple[str, ...]]
    english: _RawEnglish
    prose: tuple[str, ...]
    forms: tuple[_RawForm, ...]
    harmless: tuple[str, ...]
    refused: tuple[RawWording, ...]
    status: tuple[str, ...]
    fulfilled: tuple[str, ...]
    general: tuple[str, ...]
    passive: tuple[str, ...]
    applied: tuple[str, ...]
    conditions: tuple[str, ...]
    points: tuple[str, ...]
    definite: tuple[str, ...]
    breaks: str
    patient: _RawPatient


def load_verdict_rules(corpus: Path, documents: Mapping[str, Document], *, labels: Iterable[str] = ()) -> VerdictRules:
    """Read ``corpus/verdicts.yaml``. The words of ``documents`` and of ``labels`` (of facts, criteria) may be used.

    Raises ``CorpusErrors`` for a pattern that is no regular expression or names an unknown list.
    """
    document = load_yaml(corpus / VERDICTS_NAME)
    raw = validate(_RawVerdicts, document)
    names = _names(corpus, documents)
    known = known_words([*raw.prose, *raw.english.own, *names, *labels, *_texts(documents)])
    compiler = Compiler(document, raw.words, {"payer": names})
    rules = _compiled(raw, compiler, known)
    if compiler.errors:
        raise CorpusErrors(compiler.errors)
    return rules


def _names(corpus: Path, documents: Mapping[str, Document]) -> list[str]:
    """Names of payers and publishers, the longest first: a pattern takes the first alternative that fits."""
    names = {name for payer in load_payers(corpus).values() for name in (payer.name, *payer.aliases)}
    names |= {document.publisher for document in documents.values()}
    return sorted(names, key=lambda name: (-len(name), name))


def _texts(documents: Mapping[str, Document]) -> Iterator[str]:
    for document in documents.values():
        yield f"{document.id} {document.title} {document.version}"
        yield from (text for section in document.sections for text in (section.heading, section.text))


def _compiled(raw: _RawVerdicts, compiler: Compiler, known: KnownWords) -> VerdictRules:
    return VerdictRules(
        known=known,
        forms=tuple(compiler.patterns(form.patterns, "forms", i, "patterns") for i, form in enumerate(raw.forms)),
        english=English(frozenset(raw.english.own), frozenset(raw.english.other)),
        harmless=compiler.patterns(raw.harmless, "harmless"),
        refused=compiler.wordings(raw.refused, "refused"),
        status=compiler.patterns(raw.status, "status"),
        fulfilled=compiler.patterns(raw.fulfilled, "fulfilled"),
        general=compiler.patterns(raw.general, "general"),
        passive=compiler.patterns(raw.passive, "passive"),
        applied=compiler.patterns(raw.applied, "applied"),
        conditions=compiler.patterns(raw.conditions, "conditions"),
        points=compiler.patterns(raw.points, "points"),
        definite=compiler.patterns(raw.definite, "definite"),
        breaks=compiler.patterns((raw.breaks,), "breaks"),
        patient=PatientRules(
            points=compiler.patterns(raw.patient.points, "patient", "points"),
            tells=compiler.patterns(raw.patient.tells, "patient", "tells"),
            exempt=compiler.patterns(raw.patient.exempt, "patient", "exempt"),
            document=compiler.patterns(raw.patient.document, "patient", "document"),
        ),
    )
