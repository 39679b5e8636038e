"""What the model is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from ingest.front_matter import CorpusModel, Text
from ingest.strict_yaml import load_yaml, validate
from rag.article.models import Audience

OWN_FILE = Path(__file__).resolve().parents[1] / "data" / "prose" / "questions.yaml"


class Asked(CorpusModel):
    audience: Audience
    question: Text


class Questions(CorpusModel):
    """``on``: the day all of them are asked for."""

    on: date
    questions: tuple[Asked, ...]


_LOADED: Final = validate(Questions, load_yaml(OWN_FILE))

DAY: Final = _LOADED.on.isoformat()

QUESTIONS: Final[tuple[tuple[str, Audience], ...]] = tuple((one.question, one.audience) for one in _LOADED.questions)

EXAMPLE: Final = QUESTIONS[0][0]
