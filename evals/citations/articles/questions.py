"""The questions whose articles are measured: a YAML file, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from evals.frame.metric import Item
from evals.frame.sampling import sample
from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel, Text
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.knowledge.library import Knowledge

OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "citations" / "questions.yaml"


class Question(CorpusModel):
    """``payers``: those it names. ``cites``: documents any right answer has to cite, each of them."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    kind: Literal["determination", "guideline"]
    question: Text
    payers: tuple[Text, ...] = ()
    cites: Annotated[tuple[Text, ...], Field(min_length=1)]
    on: date | None = None


class QuestionFile(CorpusModel):
    """``on``: the day all are asked for, so that the versions in force are the same whenever they are asked."""

    on: date
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


def load_questions(knowledge: Knowledge, file: Path = OWN_FILE) -> tuple[Question, ...]:
    """Each with its day. Raises CorpusErrors, each with file and line; CorpusError for a file that cannot be read."""
    yaml = load_yaml(file)
    found = validate(QuestionFile, yaml)
    if faults := [*_repeated(found, yaml), *_unknown(found, yaml, knowledge)]:
        raise CorpusErrors(faults)
    return tuple(one.model_copy(update={"on": one.on or found.on}) for one in found.questions)


def items_of(questions: tuple[Question, ...], limit: int | None) -> list[Item[Question]]:
    """With ``limit`` always the same ones."""
    return [_item(one) for one in sample(questions, limit, id_of=lambda one: one.id)]


def _item(one: Question) -> Item[Question]:
    tags = {"kind": (one.kind,), "payer": one.payers or ("none named",)}
    return Item(id=one.id, text=one.question, label=one, cluster=one.id, tags=tags)


def _repeated(found: QuestionFile, yaml: YamlDocument) -> Iterator[CorpusError]:
    seen: set[str] = set()
    for number, one in enumerate(found.questions):
        if one.id in seen:
            yield yaml.error(("questions", number, "id"), f"the id {one.id} stands twice", "Give each its own")
        seen.add(one.id)


def _unknown(found: QuestionFile, yaml: YamlDocument, knowledge: Knowledge) -> Iterator[CorpusError]:
    for number, one in enumerate(found.questions):
        for key, names, known in (
            ("payers", one.payers, knowledge.payers),
            ("cites", one.cites, knowledge.documents),
        ):
            for at, name in enumerate(names):
                if name not in known:
                    problem = f"`{key}` names {name!r}, which the corpus does not have"
                    yield yaml.error(("questions", number, key, at), problem, "Correct the name")
