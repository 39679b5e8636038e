"""What a message does to the record: facts added, put in the place of others, taken out. All functions are pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rag.case.facts_file import read_facts
from rag.case.implied import PROCEDURE, with_implied
from rag.case.models import Case, Fact, Support, in_order
from rag.case.values import resolve, value_of
from rag.criteria.values import OneOf, Value
from rag.followup.reading import moved
from rag.knowledge.library import Knowledge

SEPARATOR = "\n\n"
FORM = "form"

Span = tuple[int | None, int | None]


def with_text(case: Case, text: str) -> tuple[Case, int]:
    """The case with a further text at its end, and the place where that text begins."""
    joined = f"{case.text}{SEPARATOR}{text}" if case.text else text
    return case.model_copy(update={"text": joined}), len(joined) - len(text)


def added(case: Case, text: str, facts: Iterable[Fact], knowledge: Knowledge) -> Case:
    """The case with the facts of a message beside its own; ``facts`` have their place in ``text``.

    What contradicts an earlier fact stays beside it, as a conflict.
    """
    longer, offset = with_text(case, text)
    placed = [moved(fact, offset) for fact in facts]
    return _with_facts(longer, [*case.facts, *placed], knowledge)


def replaced(case: Case, text: str, facts: Iterable[Fact], knowledge: Knowledge) -> Case:
    """The same, with the facts of the message in the place of others about the same thing."""
    values = resolve(case, knowledge.vocabulary)
    placed = tuple(fact for fact in facts if not _says_no_more(fact, values, knowledge))
    return added(_without(case, placed, knowledge), text, placed, knowledge)


def filled_in(case: Case, given: Mapping[str, object], knowledge: Knowledge, *, correct: bool) -> Case:
    """The case with values of a form, as a facts file writes them; ``None`` takes back what the form said.

    A value stands beside what the record says, and contradicts it or not; with ``correct`` it takes its place.
    Raises ``FactsError`` for a value that cannot be read.
    """
    facts = [fact.model_copy(update={"source": FORM}) for fact in read_facts(given, knowledge.vocabulary).facts]
    kept = [fact for fact in case.facts if not (fact.source == FORM and fact.id in given)]
    if correct:
        kept = [fact for fact in kept if fact.id not in given]
        kept = list(_without(case.model_copy(update={"facts": tuple(kept)}), facts, knowledge).facts)
    return _with_facts(case, [*kept, *facts], knowledge)


def code_that_no_longer_fits(case: Case, facts: Iterable[Fact], knowledge: Knowledge) -> str | None:
    """A procedure code of the case that says otherwise than the facts do of the procedure."""
    new = {fact.id: fact for fact in facts}
    if PROCEDURE in new:
        return None
    codes = [code for fact in case.about(PROCEDURE) if isinstance(fact.value, tuple) for code in fact.value]
    return next((code for code in codes if _contradicts(code, new, knowledge)), None)


def _without(case: Case, facts: Sequence[Fact], knowledge: Knowledge) -> Case:
    """The case without its facts about the same things, and without what followed from them alone."""
    gone = {fact.id for fact in facts}
    if code_that_no_longer_fits(case, facts, knowledge):
        gone.add(PROCEDURE)
    spans: set[Span] = {(fact.start, fact.end) for fact in case.facts if fact.id in gone and fact.start is not None}
    kept = [fact for fact in case.facts if fact.id not in gone and not _followed(fact, spans)]
    return case.model_copy(update={"facts": tuple(kept)})


def _says_no_more(fact: Fact, values: Mapping[str, Value], knowledge: Knowledge) -> bool:
    """Whether the record says the same; or more exactly, where this only follows from something else that was said."""
    known = values.get(fact.id)
    said = value_of(fact, knowledge.vocabulary.facts[fact.id])
    exact = isinstance(known, OneOf) and isinstance(said, OneOf) and known.options <= said.options
    return known == said or (fact.support is Support.DERIVED and exact)


def _followed(fact: Fact, spans: set[Span]) -> bool:
    return fact.support is Support.DERIVED and (fact.start, fact.end) in spans


def _contradicts(code: str, new: Mapping[str, Fact], knowledge: Knowledge) -> bool:
    procedure = knowledge.codes.procedures.get(code)
    if procedure is None:
        return False
    for fact_id, implied in procedure.implies.items():
        said = value_of(new[fact_id], knowledge.vocabulary.facts[fact_id]) if fact_id in new else None
        if isinstance(implied, OneOf) and isinstance(said, OneOf) and not implied.options & said.options:
            return True
    return False


def _with_facts(case: Case, facts: Iterable[Fact], knowledge: Knowledge) -> Case:
    """In order, with what the codes of a form imply worked out afresh."""
    own = tuple(fact for fact in facts if not (fact.support is Support.DERIVED and fact.start is None))
    bare = Case(facts=in_order(own, knowledge.vocabulary.order), text=case.text)
    return with_implied(bare, knowledge.codes, knowledge.vocabulary)
