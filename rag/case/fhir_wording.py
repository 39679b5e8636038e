"""How an entry of a record is put into words that this package's reader takes for what they are.

The reader reads sentences of clinicians. A coded name put after a label can read like something else: an earlier
procedure like the one requested, the name of a test like its result. So each entry has wordings, the plainest first,
and the first is taken from which the reader draws no fact of a kind the entry cannot establish. The last wording, a
clause that begins with "what", says the same to people and hardly anything to the reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from rag.case.fhir_entries import Entry
from rag.case.fhir_words import coded_words
from rag.case.intent import find_families
from rag.case.knowledge import ReadingKnowledge
from rag.case.reader import read_case
from rag.knowledge.codes import CodeBook, ProcedureCode

#: The tag of SNOMED CT for what is not simply so: past, suspected, absent, or of somebody else.
SITUATION = "(situation)"

# Beginnings of the ids of facts that a wording may establish.
_ANY = ("",)
_NOTHING: tuple[str, ...] = ()
_DONE = ("conservative_care.",)
_EARLIER = ("prior_injection.",)
_REQUESTED = ("procedure.", "diagnosis.")
_ALLERGY = ("exclusion.",)
_MEDICATION = ("conservative_care.", "exclusion.")


def line_of(entry: Entry, knowledge: ReadingKnowledge) -> str | None:
    """One line, without a stop inside the names it holds; None when the reader would misread every wording."""
    dated = f"{entry.day}: " if entry.day else "Undated: "
    lines = ((f"{dated}{wording}.", may_establish) for wording, may_establish in _wordings(entry, knowledge.codes))
    return next((line for line, may in lines if establishes_only(line, may, knowledge)), None)


def establishes_only(line: str, beginnings: tuple[str, ...], knowledge: ReadingKnowledge) -> bool:
    """Whether the ids of all facts the reader draws from the line begin with one of these."""
    return all(fact.id.startswith(beginnings) for fact in read_case(line, knowledge=knowledge).facts)


def _wordings(entry: Entry, book: CodeBook) -> Iterator[tuple[str, tuple[str, ...]]]:
    name, detail = entry.name, entry.detail
    if entry.kind == "Condition":
        if not name.endswith(SITUATION):
            yield f"Diagnosis: {name}, {detail}", _ANY
        yield f"What is recorded: {name}, {detail}", _NOTHING
    elif entry.kind == "Procedure":
        for earlier in _earlier(entry, book):
            yield f"Received {earlier}", _EARLIER
        yield f"Procedure done: {name}", _DONE
        yield f"What was done: {name}", _NOTHING
    elif entry.kind == "ServiceRequest":
        coded = f"{name} ({coded_words(entry.codes)})" if entry.codes and entry.codes[0] not in name else name
        reason = f", {detail}" if detail else ""
        if entry.codes or find_families(name, book):
            yield f"Request: {coded}{reason}", _REQUESTED
        yield f"What is requested: {coded}{reason}", _NOTHING
    elif entry.kind == "AllergyIntolerance":
        yield f"{'Intolerant of' if detail == 'intolerance' else 'Allergic to'}: {name}", _ALLERGY
        yield f"What is recorded as an allergy or intolerance: {name}", _NOTHING
    elif entry.kind == "Observation":
        yield f"What was observed: {name}: {detail}", _NOTHING
    else:
        yield f"Medication ({detail}): {name}", _MEDICATION
        yield f"What is prescribed or taken: {name} ({detail})", _NOTHING


def _earlier(entry: Entry, book: CodeBook) -> Iterator[str]:
    """Names for an earlier procedure of a family whose codes say an approach: earlier-treatment facts are of those."""
    plain = {code.family for code in book.procedures.values() if code.approaches and _is_plain(code)}
    coded = [family for code in entry.codes if (family := book.family_of(code)) and family.id in plain]
    if coded or plain.intersection(find_families(entry.name, book)):
        yield entry.name
    if coded:
        yield coded[0].label


def _is_plain(code: ProcedureCode) -> bool:
    """A code that implies something to be so besides where and how is of a procedure of another sort."""
    return True not in code.implies.values()
