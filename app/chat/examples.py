"""Questions to try, as the corpus offers them (``corpus/examples.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.front_matter import CorpusModel
from ingest.strict_yaml import load_yaml, validate

EXAMPLES_NAME: Final = "examples.yaml"


@dataclass(frozen=True)
class Example:
    label: str
    question: str


class _RawExample(CorpusModel):
    label: str
    question: str


class _RawExamples(CorpusModel):
    examples: tuple[_RawExample, ...]


def load_examples(corpus: Path) -> tuple[Example, ...]:
    """In the order of the file; none where the corpus has no such file. Raises ``CorpusErrors``."""
    file = corpus / EXAMPLES_NAME
    if not file.exists():
        return ()
    raw = validate(_RawExamples, load_yaml(file))
    return tuple(Example(item.label, item.question.strip()) for item in raw.examples)
