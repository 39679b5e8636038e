"""What a turn says for itself, in a sentence or two: what the message was taken for, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from rag.article.determination_blocks import policy_table
from rag.article.models import Answer, Audience, Kind
from rag.article.wording import STATUS_SHORT, join
from rag.article.words import NO_LABELS
from rag.case.values import conflicts
from rag.criteria.determination import Record, Status
from rag.followup.changes import Changes
from rag.followup.models import CaseFile, FactChange, Selection, TurnKind
from rag.followup.steps import Step
from rag.knowledge.library import Knowledge

_SHOWN = 4
"""Facts and policies named in a reply; the page shows all."""

_READER = {
    Audience.CLINICIAN: "for a clinician",
    Audience.REVIEWER: "for a reviewer",
    Audience.PATIENT: "for the patient or family",
}
_HELP = (
    "Say a fact (“relief was 60 % for 3 months”), suppose one (“what if …”), correct one (“actually …”), name a payer, "
    "state or date, ask why, what is missing or what would change it, or begin a new case."
)


def reply_words(
    step: Step, answer: Answer | None, changes: Changes, knowledge: Knowledge, *, earlier: CaseFile | None
) -> str:
    """The reply. Statuses in it are the determinations' own; nothing here decides. ``earlier``: the record before."""
    match step.kind:
        case TurnKind.QUESTION:
            return _opened(step, answer, earlier)
        case TurnKind.NEW_CASE:
            return "New case: what was said before no longer counts. Ask your question."
        case TurnKind.HYPOTHETICAL:
            return (
                f"Hypothetical, not entered in the record. Supposed: {step.hypothesis}. {_statuses(changes)} "
                "If it is so, say “record that”."
            )
        case TurnKind.SELECTION if step.file is not None:
            return f"Now {selection_words(step.file.selection, knowledge)}. The facts are unchanged."
        case TurnKind.AUDIENCE if step.file is not None:
            reader = _READER[step.file.selection.audience]
            return f"In words {reader}. Verdict, facts and sources are the same."
        case TurnKind.ADDITION | TurnKind.FORM | TurnKind.CORRECTION:
            return _recorded(step, changes, knowledge, earlier)
        case TurnKind.EXPLANATION:
            return _explained(step, answer, knowledge)
        case TurnKind.TOPIC if step.focus and step.asked is not None:
            return f"From the article as it stands, {selection_words(step.asked.selection, knowledge)}."
        case TurnKind.TOPIC:
            return "What the documents here say, for the procedure in hand. The determination is unchanged."
        case TurnKind.REFUSAL:
            return _refused(step, answer)
        case _:
            return _unclear(step, knowledge)


def _opened(step: Step, answer: Answer | None, earlier: CaseFile | None) -> str:
    if earlier is not None:
        on = f" Date of service: {step.file.selection.on.isoformat()}." if step.file else ""
        return f"Taken as a new case: nothing said before was carried over. If it is the same patient, say “undo”.{on}"
    if answer is not None and answer.kind is Kind.GUIDELINE:
        return "No request was decided; this is what the documents say."
    return ""


def _refused(step: Step, answer: Answer | None) -> str:
    """Why, and what to do instead: the first thing to read where it is an emergency."""
    said = [claim.text for section in answer.sections for claim in section.claims] if answer else []
    return " ".join([*said, *(["The case stands as it was."] if step.file else [])])


def _recorded(step: Step, changes: Changes, knowledge: Knowledge, earlier: CaseFile | None) -> str:
    undone = step.meaning is not None and step.meaning.undoes
    lead = "Undone" if undone else "Corrected" if step.kind is TurnKind.CORRECTION else "Added to the record"
    lost = step.kind is TurnKind.ADDITION  # what an addition takes away, it takes by contradiction
    contradicted = _conflicting(step.file, knowledge)
    settled = [c for c in changes.facts if c.fact not in contradicted and not (lost and c.after is None)]
    told = join_facts(settled, correcting=step.kind is not TurnKind.ADDITION)
    chosen = _chosen(step, earlier, knowledge)
    none = "" if changes.facts or chosen else _nothing(undone=undone)
    new = [fact for fact in contradicted if fact not in _conflicting(earlier, knowledge)]
    said = (f"{lead}: {told}." if told else none, chosen, _contradicted(new, knowledge), _statuses(changes))
    return " ".join(part for part in said if part)


def _nothing(*, undone: bool) -> str:
    if undone:
        return "The supposition is put aside; it had changed nothing."
    return "The record says so already; no fact changed."


def _conflicting(file: CaseFile | None, knowledge: Knowledge) -> list[str]:
    return [conflict.fact for conflict in conflicts(file.case, knowledge.vocabulary)] if file else []


def _chosen(step: Step, earlier: CaseFile | None, knowledge: Knowledge) -> str:
    if step.file is None or earlier is None or step.file.selection == earlier.selection:
        return ""
    return f"Now {selection_words(step.file.selection, knowledge)}."


def _contradicted(facts: Sequence[str], knowledge: Knowledge) -> str:
    """What now contradicts itself, and how to settle it."""
    if not facts:
        return ""
    labels = join(knowledge.vocabulary.facts[fact].label for fact in facts)
    return (
        f"The record contradicts itself on {labels}, so this counts as not documented. "
        "To replace what was said before, begin with “correction:”."
    )


def join_facts(changes: Sequence[FactChange], *, correcting: bool) -> str:
    """Facts with their values: "pain relief: 60 %", or "pain relief: under 30 % → 60 %"."""
    shown = [_fact_words(change, correcting=correcting) for change in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        shown.append(f"and {len(changes) - _SHOWN} more")
    return "; ".join(shown)


def _fact_words(change: FactChange, *, correcting: bool) -> str:
    after = change.after or "not documented"
    return (
        f"{change.label}: {change.before or 'not documented'} → {after}" if correcting else f"{change.label}: {after}"
    )


def _statuses(changes: Changes) -> str:
    moved = [change for change in changes.statuses if change.before != change.after]
    if not moved:
        return "No status changes."
    shown = [f"{c.policy_id}: {_short(c.before)} → {_short(c.after)}" for c in moved[:_SHOWN]]
    more = f"; and {len(moved) - _SHOWN} more" if len(moved) > _SHOWN else ""
    return f"Status: {'; '.join(shown)}{more}."


def _short(status: Status | None) -> str:
    return STATUS_SHORT[status] if status else "not decided"


def selection_words(selection: Selection, knowledge: Knowledge) -> str:
    """ "under Medicare in OH, for a service on 2026-11-22"."""
    if selection.policy:
        whose = f"under {selection.policy}"
    else:
        whose = f"under {knowledge.payers[selection.payer].name}" if selection.payer else "under every policy"
    state = f", in {selection.state}" if selection.state else ""
    record = ", the record taken as closed" if selection.record is Record.CLOSED else ""
    return f"{whose}{state}, for a service on {selection.on.isoformat()}{record}"


def _explained(step: Step, answer: Answer | None, knowledge: Knowledge) -> str:
    if answer is None or not answer.determinations or step.asked is None:
        return "Nothing was decided, so there is no determination to explain."
    where = selection_words(step.asked.selection, knowledge)
    if step.meaning is None or not step.meaning.reasons:
        return f"As it stands, {where}."
    rows = [row for block in policy_table(answer.determinations, NO_LABELS) for row in getattr(block, "rows", ())]
    reasons = [f"{row.policy_id}: {row.words}; {row.reason}" for row in rows[:_SHOWN]]
    more = f" And {len(rows) - _SHOWN} more policies, below." if len(rows) > _SHOWN else ""
    return f"As it stands, {where}: {'. '.join(reasons)}.{more}"


def _unclear(step: Step, knowledge: Knowledge) -> str:
    meaning = step.meaning
    if meaning is not None and meaning.unknown_payer:
        known = join(payer.name for payer in knowledge.payers.values())
        return f"No policy of “{meaning.unknown_payer}” is here. Policies here are of {known}. Nothing changed."
    if meaning is not None and meaning.withdrawn:
        return "That gives a value and takes it back; nothing was entered. Say the value that counts once more, alone."
    if meaning is not None and meaning.courteous:
        return "You are welcome. The case is kept; ask on when you like."
    return f"Nothing in that was read as a fact or a question on the case, and nothing changed. {_HELP}"
