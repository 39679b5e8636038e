"""From a message to the step it asks for: the record after it, and what is to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.case.implied import PROCEDURE
from rag.case.models import Case
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.criteria.values import Codes
from rag.errors import UserError
from rag.followup.case_file import SEPARATOR, added, filled_in, replaced
from rag.followup.history import hypothesis_words, records
from rag.followup.models import CaseFile, Message, Selection, Turn, TurnKind
from rag.followup.opening import NOTE_QUESTION, opened, with_case, without_payer
from rag.followup.reading import REPLY, SUPPOSITION
from rag.followup.understanding import Meaning, understand
from rag.guard.wording import found
from rag.knowledge.codes import APPROACH, REGION
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class Step:
    """``file``: the record after it. ``asked``: the case to answer on; ``None`` where a reply is enough.

    ``about``, ``hypothesis``: as in ``rag.options.Known``.
    """

    kind: TurnKind
    said: str
    file: CaseFile | None
    asked: CaseFile | None = None
    focus: tuple[str, ...] = ()
    about: str | None = None
    hypothesis: str | None = None
    supposed: CaseFile | None = None
    meaning: Meaning | None = None


def step(message: Message, before: Sequence[Turn], knowledge: Knowledge) -> Step:
    """What the message asks for. Raises ``UserError`` and ``FactsError``; nothing is changed then."""
    file = before[-1].case_file if before else None
    text = message.text.strip()
    if text and knowledge.scope.refusal_of(text) is not None:
        return _refused(text, file, message, before)
    if file is None:
        return _opening(message, _base(message, before), knowledge)
    chosen = _picking(message.selection, file, knowledge)
    if message.facts is not None and text:
        return _opening(message, chosen.selection, knowledge)
    if message.facts is not None:
        return _form(message, chosen, knowledge)
    if message.note:
        return _note(text, message.note.strip(), chosen, knowledge)
    if not text:
        return _picked(file, chosen)
    return _said(text, chosen, before, knowledge)


def _base(message: Message, before: Sequence[Turn]) -> Selection:
    """The selection a new case begins with: the pickers', else the last one without its payer."""
    if message.selection is not None:
        return message.selection
    last = next((turn.case_file.selection for turn in reversed(before) if turn.case_file), None)
    if last is None:
        raise UserError("The first message names no date of service. Give one with its selection.")
    return without_payer(last)


def _picking(selection: Selection | None, file: CaseFile, knowledge: Knowledge) -> CaseFile:
    """The record with what the pickers say; a policy that is picked brings its payer along."""
    if selection is None:
        return file
    policy = knowledge.policies.get(selection.policy or "")
    chosen = selection.model_copy(update={"payer": policy.payer}) if policy else selection
    return file.model_copy(update={"selection": chosen})


def _opening(message: Message, selection: Selection, knowledge: Knowledge) -> Step:
    text = message.text.strip()
    if not text and not (message.note or "").strip() and not message.facts:
        raise UserError("Nothing was asked. Write a question, or paste a note.")
    file = opened(text, (message.note or "").strip(), selection, knowledge)
    if message.facts:
        file = with_case(file, filled_in(file.case, message.facts, knowledge, correct=message.correct))
    return Step(TurnKind.QUESTION, text or NOTE_QUESTION, file, file)


def _refused(text: str, file: CaseFile | None, message: Message, before: Sequence[Turn]) -> Step:
    selection = file.selection if file else _base(message, before)
    asked = CaseFile(question=text, case=Case(text=text), selection=selection)
    return Step(TurnKind.REFUSAL, text, file, asked)


def _form(message: Message, file: CaseFile, knowledge: Knowledge) -> Step:
    assert message.facts is not None
    after = with_case(file, filled_in(file.case, message.facts, knowledge, correct=message.correct))
    labels = [knowledge.vocabulary.facts[fact].label for fact in message.facts]
    values = ["cleared" if value is None else str(value) for value in message.facts.values()]
    said = "; ".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    return Step(TurnKind.CORRECTION if message.correct else TurnKind.FORM, said, after, after)


def _note(text: str, note: str, file: CaseFile, knowledge: Knowledge) -> Step:
    """A note that comes later adds to the record, unless the words beside it suppose it or say it is another's."""
    rules = knowledge.follow_up_rules
    if found(rules.new_case, text) or found(rules.another_patient, text):
        fresh = opened("", note, without_payer(file.selection), knowledge)
        return Step(TurnKind.QUESTION, text, fresh, fresh)
    told = SEPARATOR.join(part for part in (text, note) if part)
    supposes = any(pattern.search(text) for pattern in rules.hypothetical)
    source = SUPPOSITION if supposes else "note"
    read = read_case(told, knowledge=knowledge, source=source, service_date=file.selection.on)
    if supposes:
        supposed = with_case(file, replaced(file.case, told, read.facts, knowledge))
        words = hypothesis_words(file, supposed, knowledge)
        return Step(TurnKind.HYPOTHETICAL, text, file, supposed, hypothesis=words, supposed=supposed)
    after = with_case(file, added(file.case, told, read.facts, knowledge))
    return Step(TurnKind.ADDITION, text or note, after, after)


def _picked(file: CaseFile, chosen: CaseFile) -> Step:
    if chosen.selection == file.selection:
        raise UserError("Nothing was asked. Write a question or a fact, or choose another payer, date or reader.")
    words_only = chosen.selection == file.selection.model_copy(update={"audience": chosen.selection.audience})
    kind = TurnKind.AUDIENCE if words_only else TurnKind.SELECTION
    return Step(kind, "", chosen, chosen)


def _said(text: str, file: CaseFile, before: Sequence[Turn], knowledge: Knowledge) -> Step:
    meaning = understand(text, file, before[-1], knowledge)
    chosen = file.model_copy(update={"selection": meaning.selection})
    match meaning.kind:
        case TurnKind.NEW_CASE:
            return _new_case(text, meaning.rest, file.selection, knowledge)
        case TurnKind.QUESTION:
            fresh = opened(text, "", without_payer(file.selection), knowledge)
            return Step(TurnKind.QUESTION, text, fresh, fresh, meaning=meaning)
        case TurnKind.AUDIENCE | TurnKind.SELECTION:
            return Step(meaning.kind, text, chosen, chosen, meaning=meaning)
        case TurnKind.ADDITION:
            after = with_case(chosen, added(file.case, text, meaning.facts, knowledge))
            return Step(meaning.kind, text, after, after, meaning=meaning)
        case TurnKind.CORRECTION:
            return _corrected(text, meaning, chosen, before, knowledge)
        case TurnKind.HYPOTHETICAL:
            return _supposed(text, meaning, file, before[-1], knowledge)
        case TurnKind.EXPLANATION:
            selection = without_payer(chosen.selection) if meaning.all_payers else chosen.selection
            asked = file.model_copy(update={"selection": selection})
            return Step(meaning.kind, text, file, asked, focus=meaning.focus, meaning=meaning)
        case TurnKind.REFUSAL:
            asked = CaseFile(question=text, case=Case(text=text), selection=file.selection)
            return Step(meaning.kind, text, file, asked)
        case TurnKind.TOPIC if meaning.focus:
            asked = file.model_copy(update={"selection": chosen.selection})
            return Step(meaning.kind, text, file, asked, focus=meaning.focus, meaning=meaning)
        case TurnKind.TOPIC:
            return _topic(text, chosen, file, knowledge, meaning)
        case _:
            return Step(TurnKind.UNCLEAR, text, file, meaning=meaning)


def _new_case(text: str, rest: str, selection: Selection, knowledge: Knowledge) -> Step:
    if not rest:
        return Step(TurnKind.NEW_CASE, text, None)
    file = opened(rest, "", without_payer(selection), knowledge)
    return Step(TurnKind.QUESTION, text, file, file)


def _corrected(text: str, meaning: Meaning, file: CaseFile, before: Sequence[Turn], knowledge: Knowledge) -> Step:
    if meaning.undoes:
        return _undone(text, meaning, file, before)
    if meaning.adopts and before[-1].supposed is not None:
        supposed = before[-1].supposed
        facts = (f.model_copy(update={"source": REPLY}) if f.source == SUPPOSITION else f for f in supposed.case.facts)
        adopted = with_case(supposed, supposed.case.model_copy(update={"facts": tuple(facts)}))
        return Step(TurnKind.CORRECTION, text, adopted, adopted, meaning=meaning)
    after = with_case(file, replaced(file.case, text, meaning.facts, knowledge))
    return Step(TurnKind.CORRECTION, text, after, after, meaning=meaning)


def _undone(text: str, meaning: Meaning, file: CaseFile, before: Sequence[Turn]) -> Step:
    """The record before its last change; right after a supposition only that goes, for it changed nothing."""
    if before[-1].hypothetical:
        return Step(TurnKind.CORRECTION, text, file, file, meaning=meaning)
    earlier = records(before)[:-1]
    if not earlier:
        return Step(TurnKind.UNCLEAR, text, file)
    return Step(TurnKind.CORRECTION, text, earlier[-1], earlier[-1], meaning=meaning)


def _supposed(text: str, meaning: Meaning, file: CaseFile, last: Turn, knowledge: Knowledge) -> Step:
    base = last.supposed if meaning.further and last.supposed else file
    selection = base.selection if meaning.selection == file.selection else meaning.selection
    case = replaced(base.case, text, meaning.facts, knowledge)
    supposed = file.model_copy(update={"case": case, "selection": selection})
    return Step(
        TurnKind.HYPOTHETICAL,
        text,
        file,
        supposed,
        hypothesis=hypothesis_words(file, supposed, knowledge),
        supposed=supposed,
        meaning=meaning,
    )


def _topic(text: str, chosen: CaseFile, file: CaseFile, knowledge: Knowledge, meaning: Meaning) -> Step:
    """The question as it stands, searched for in the place of the body it names, else in that of the request."""
    read = read_case(text, knowledge=knowledge, source=REPLY, service_date=file.selection.on)
    places = [fact for fact in read.facts if fact.id in (REGION, APPROACH)]
    case = replaced(file.case, text, places, knowledge) if places else file.case
    asked = CaseFile(question=text, case=case, selection=chosen.selection)
    return Step(TurnKind.TOPIC, text, file, asked, about=request_words(file.case, knowledge), meaning=meaning)


def request_words(case: Case, knowledge: Knowledge) -> str:
    """The procedure in hand, as a search names it: its code and what the code stands for."""
    codes = resolve(case, knowledge.vocabulary).get(PROCEDURE)
    given = sorted(codes.given) if isinstance(codes, Codes) else []
    known = [knowledge.codes.procedures[code].label for code in given if code in knowledge.codes.procedures]
    return ", ".join([*given, *dict.fromkeys(known)]) or "the procedure"
