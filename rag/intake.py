"""The first half of an answer: what is asked, about whom, under which policies, and what they decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rag.article.models import Kind
from rag.case.implied import with_implied
from rag.case.intent import find_date, find_families, find_payers, find_states
from rag.case.models import Case, in_order
from rag.case.reader import read_case
from rag.case.values import Conflict, conflicts, resolve
from rag.criteria.decide import CODE_FACT, decide
from rag.criteria.determination import Determination, Status
from rag.criteria.policy import Policy
from rag.criteria.values import Codes, OneOf, Value
from rag.knowledge.library import Knowledge
from rag.knowledge.payers import Payer
from rag.knowledge.selection import check_state, find_payer, select_policies
from rag.options import AskOptions, Known


@dataclass(frozen=True)
class Intake:
    """``families``: procedure families the text names, by id; ``unknown_subject``: what it asks about, if not known.

    ``about`` and ``hypothesis``: as in ``rag.options.Known``.
    """

    question: str
    options: AskOptions
    kind: Kind
    case: Case
    values: Mapping[str, Value]
    conflicts: tuple[Conflict, ...]
    payer: Payer | None
    state: str | None
    on: date
    determinations: tuple[Determination, ...]
    families: tuple[str, ...]
    unknown_subject: str | None
    about: str | None = None
    hypothesis: str | None = None

    @property
    def query(self) -> str:
        """What to search for: the question, with what it is about where it does not say so itself."""
        return f"{self.question} ({self.about})" if self.about else self.question


def take_in(question: str, options: AskOptions, knowledge: Knowledge, known: Known | None = None) -> Intake:
    """Read the case and decide it. Raises ``UserError`` for names that are not known."""
    named = "" if known else question
    payer = payer_of(named, options, knowledge)
    state = state_of(named, options, knowledge)
    on = find_date(named, knowledge.phrases) or options.on
    read = known.case if known else read_case(question, knowledge=knowledge, service_date=on)
    case = _joined(read, options.facts, knowledge)
    values = dict(resolve(case, knowledge.vocabulary))
    families = find_families(case.text if known else question, knowledge.codes)
    values = _with_candidate_codes(values, families, knowledge)
    policies = select_policies(knowledge, payer=payer.id if payer else None, policy=options.policy, state=state)
    about = known.about if known else None
    determinations = () if about else _decide(policies, values, on, options)
    unknown = None if about else _unknown_subject(question, values, knowledge)
    kind = _kind(question, values, determinations, families, knowledge, explicit=options.facts is not None)
    return Intake(
        question=question,
        options=options,
        kind=Kind.GUIDELINE if about else Kind.REFUSAL if unknown else kind,
        unknown_subject=unknown,
        case=case,
        values=values,
        conflicts=conflicts(case, knowledge.vocabulary),
        payer=payer,
        state=state,
        on=on,
        determinations=determinations,
        families=families,
        about=about,
        hypothesis=known.hypothesis if known else None,
    )


def payer_of(text: str, options: AskOptions, knowledge: Knowledge) -> Payer | None:
    """The payer of the options, else the one payer the text names; a text that names several names none."""
    if options.payer:
        return find_payer(knowledge, options.payer)
    if options.policy and options.policy in knowledge.policies:
        return knowledge.payers[knowledge.policies[options.policy].payer]
    named = dict.fromkeys(found.id for found in find_payers(text, knowledge.payers))
    return knowledge.payers[next(iter(named))] if len(named) == 1 else None


def state_of(text: str, options: AskOptions, knowledge: Knowledge) -> str | None:
    """The state of the options, else the one state the text names."""
    if options.state:
        return check_state(knowledge, options.state)
    named = dict.fromkeys(found.id for found in find_states(text, knowledge.phrases))
    return next(iter(named)) if len(named) == 1 else None


def _joined(read: Case, given: Case | None, knowledge: Knowledge) -> Case:
    if given is None:
        return read
    given = with_implied(given, knowledge.codes, knowledge.vocabulary)
    return Case(facts=in_order((*read.facts, *given.facts), knowledge.vocabulary.order), text=read.text)


def _with_candidate_codes(
    values: dict[str, Value], families: tuple[str, ...], knowledge: Knowledge
) -> dict[str, Value]:
    """A procedure named in words stands for one of its family's codes: those the approach and region leave."""
    if CODE_FACT in values or not families:
        return values
    candidates = [
        code.code
        for code in knowledge.codes.procedures.values()
        if code.family in families and not code.add_on and _agrees(code.implies, values)
    ]
    return values | {CODE_FACT: OneOf(frozenset(candidates))} if candidates else values


def _agrees(implied: Mapping[str, Value], values: Mapping[str, Value]) -> bool:
    for fact, value in implied.items():
        known = values.get(fact)
        if isinstance(value, OneOf) and isinstance(known, OneOf) and not value.options & known.options:
            return False
    return True


def _decide(
    policies: tuple[Policy, ...], values: Mapping[str, Value], on: date, options: AskOptions
) -> tuple[Determination, ...]:
    if CODE_FACT not in values and not options.policy:
        return ()
    return tuple(decide(policy, values, on, record=options.record) for policy in policies)


def _unknown_subject(question: str, values: Mapping[str, Value], knowledge: Knowledge) -> str | None:
    """What the question asks a decision on, where that is no procedure known here and no code says otherwise."""
    if isinstance(values.get(CODE_FACT), Codes):
        return None
    subject = knowledge.scope.subject_of(question)
    return None if subject is None or find_families(subject, knowledge.codes) else subject


def _kind(
    question: str,
    values: Mapping[str, Value],
    determinations: tuple[Determination, ...],
    families: tuple[str, ...],
    knowledge: Knowledge,
    *,
    explicit: bool,
) -> Kind:
    """A determination when a governed procedure meets a patient's facts, or a question of necessity or of two codes.

    A request for a decision on something no policy here governs is refused; all else asks what documents say.
    """
    governed = any(d.status is not Status.NOT_APPLICABLE for d in determinations)
    coded = isinstance(values.get(CODE_FACT), Codes)
    diagnosed = any(fact.startswith("diagnosis.") for fact in values)
    about_patient = explicit or knowledge.scope.is_about_a_patient(values)
    asked = knowledge.scope.asks_for_decision(question)
    if governed:
        return Kind.DETERMINATION if about_patient or asked or (coded and diagnosed) else Kind.GUIDELINE
    if determinations:
        return Kind.REFUSAL if about_patient or asked or coded else Kind.GUIDELINE
    return Kind.REFUSAL if asked and (about_patient or diagnosed or families) else Kind.GUIDELINE
