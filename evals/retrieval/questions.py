"""The labelled questions: which documents may rightly answer, or none."""

from pathlib import Path
from typing import Literal

from ingest.front_matter import CorpusModel, Text
from ingest.strict_yaml import load_yaml, validate

Half = Literal["calibrate", "test"]


class Question(CorpusModel):
    """`documents` empty: the corpus has no source for it."""

    question: Text
    documents: tuple[Text, ...]

    @property
    def in_scope(self) -> bool:
        return bool(self.documents)


class Questions(CorpusModel):
    calibrate: tuple[Question, ...]
    test: tuple[Question, ...]

    def half(self, name: Half) -> tuple[Question, ...]:
        return self.calibrate if name == "calibrate" else self.test


def load_questions(file: Path | None = None) -> Questions:
    """Raises CorpusError, CorpusErrors."""
    return validate(Questions, load_yaml(file or Path(__file__).with_name("questions.yaml")))
