"""The questions: YAML files, read strictly, so that a slip of the pen is no failure of the system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.refusals.question import Question, QuestionFile, Reason, ReasonFile, ReasonId
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.errors import UserError

OWN_FOLDER = Path(__file__).resolve().parents[1] / "data" / "refusals"

#: What a refusal must say, by its reason.
REASONS = "reasons.yaml"

Reasons = Mapping[ReasonId, Reason]


@dataclass(frozen=True)
class Asked:
    """A question with its date of service, and the reasons for which it may be refused."""

    question: Question
    on: date
    reasons: tuple[Reason, ...]


def load_questions(folder: Path = OWN_FOLDER) -> tuple[Asked, ...]:
    """All, file by file in order of name. Raises CorpusErrors with file and line; UserError where there are none."""
    files = [file for file in sorted(folder.glob("*.yaml")) if file.name != REASONS]
    if not files:
        raise UserError(f"There are no questions (*.yaml) in {folder}. Put them back.")
    faults: list[CorpusError] = []
    found: dict[str, Asked] = {}
    try:
        reasons = validate(ReasonFile, load_yaml(folder / REASONS)).reasons
        for file in files:
            _read(file, reasons, found, faults)
    except CorpusError as error:
        raise CorpusErrors([*faults, error]) from None
    if faults:
        raise CorpusErrors(faults)
    return tuple(found.values())


def _read(file: Path, reasons: Reasons, found: dict[str, Asked], faults: list[CorpusError]) -> None:
    yaml = load_yaml(file)
    try:
        read = validate(QuestionFile, yaml)
    except CorpusErrors as errors:
        faults.extend(errors.errors)
        return
    for number, question in enumerate(read.questions):
        wrong = list(_faults(question, number, yaml, reasons, found))
        faults.extend(wrong)
        if not wrong:
            found[question.id] = Asked(question, read.on, tuple(reasons[reason] for reason in question.reason))


def _faults(
    question: Question, number: int, yaml: YamlDocument, reasons: Reasons, taken: Mapping[str, Asked]
) -> Iterator[CorpusError]:
    place = ("questions", number)
    if question.id in taken:
        yield yaml.error((*place, "id"), f"there is another question {question.id!r}", "Give each an id of its own")
    for reason in question.reason:
        if reason not in reasons:
            problem = f"{REASONS} does not say what a refusal for {reason!r} must tell"
            yield yaml.error((*place, "reason"), problem, f"Add the reason to {REASONS}")
