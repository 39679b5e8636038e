"""A case that begins: question and note read into a record, payer, state and day as they name them."""

from __future__ import annotations

from rag.case.intent import find_date
from rag.case.models import Case, Fact
from rag.case.reader import read_case
from rag.followup.case_file import SEPARATOR
from rag.followup.models import CaseFile, Selection
from rag.intake import payer_of, state_of
from rag.knowledge.library import Knowledge
from rag.options import AskOptions

NOTE_QUESTION = "Is the procedure of this note medically necessary?"
"""What is asked where a note comes without a question."""


def options_of(selection: Selection) -> AskOptions:
    """The same choices, as a single question gives them."""
    return AskOptions(**dict(selection))


def without_payer(selection: Selection) -> Selection:
    """The choices for a case of which no payer is known yet."""
    return selection.model_copy(update={"payer": None, "policy": None, "state": None})


def with_case(file: CaseFile, case: Case) -> CaseFile:
    """The same file with another record."""
    return file.model_copy(update={"case": case})


def opened(text: str, note: str, selection: Selection, knowledge: Knowledge) -> CaseFile:
    """A new record: question and note are read together, as one text. Raises ``UserError`` for unknown names."""
    told = SEPARATOR.join(part for part in (text, note) if part)
    options = options_of(selection)
    payer, state = payer_of(told, options, knowledge), state_of(told, options, knowledge)
    on = find_date(told, knowledge.phrases) or selection.on
    case = read_case(told, knowledge=knowledge, service_date=on)
    begins = len(told) - len(note) if note else len(told)
    facts = tuple(_from_note(fact, begins) for fact in case.facts)
    chosen = selection.model_copy(update={"payer": payer.id if payer else None, "state": state, "on": on})
    return CaseFile(question=text or NOTE_QUESTION, case=case.model_copy(update={"facts": facts}), selection=chosen)


def _from_note(fact: Fact, begins: int) -> Fact:
    in_note = fact.start is not None and fact.start >= begins
    return fact.model_copy(update={"source": "note"}) if in_note else fact
