"""What a later message means: its kind, the facts and names in it. The first rule that fits decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rag.article.models import Audience
from rag.case.implied import PROCEDURE
from rag.case.intent import find_families
from rag.case.models import Case, Fact
from rag.case.values import resolve
from rag.criteria.values import Codes
from rag.followup.models import CaseFile, Selection, Turn, TurnKind
from rag.followup.reading import REPLY, SUPPOSITION, read_reply
from rag.followup.rules import REST, FollowUpRules
from rag.followup.selecting import only_selects, selected
from rag.guard.wording import Patterns, found
from rag.knowledge.library import Knowledge

#: Characters. A longer message is a pasted note: what it does is told by its facts, not by turns of phrase in it.
_LONG = 600

#: A question that begins so asks how or how much; what follows is no request.
_OPEN_QUESTION = re.compile(r"\W*(?:how|what|when|which|why|who|where)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Meaning:
    """``facts`` have their place in the message; ``selection``: what the message chooses, or leaves as it was.

    ``focus``: sections that answer an explanation; ``all_payers``: it asks about every policy; ``reasons``: it wants
    the reason of each status. ``rest``: what follows the words that open a new case. ``further``: it supposes
    something on top of the supposition before. ``adopts``, ``undoes``: what it does to the turn before.
    ``unknown_payer``: a name nobody here has. ``withdrawn``: it takes back a value it has just given.
    """

    kind: TurnKind
    selection: Selection
    facts: tuple[Fact, ...] = ()
    focus: tuple[str, ...] = ()
    all_payers: bool = False
    reasons: bool = False
    rest: str = ""
    further: bool = False
    adopts: bool = False
    undoes: bool = False
    courteous: bool = False
    withdrawn: bool = False
    unknown_payer: str | None = None


def understand(text: str, file: CaseFile, last: Turn, knowledge: Knowledge) -> Meaning:
    """The meaning of a message to a case that is open. Whether it is in scope is not asked here."""
    return _Reader(text, file, last, knowledge).meaning()


class _Reader:
    def __init__(self, text: str, file: CaseFile, last: Turn, knowledge: Knowledge) -> None:
        self.text = re.sub(r"\s", " ", text)
        self.file = file
        self.last = last
        self.knowledge = knowledge
        self.rules: FollowUpRules = knowledge.follow_up_rules

    def meaning(self) -> Meaning:
        told: tuple[Callable[[], Meaning | None], ...] = (
            self.new_case,
            self.other_question,
            self.statement,
            self.question,
        )
        rules: tuple[Callable[[], Meaning | None], ...] = (
            told
            if len(self.text) > _LONG
            else (
                self.new_case,
                self.about_last_turn,
                self.courtesy,
                self.withdrawn,
                self.asserted,
                self.hypothetical,
                self.correction,
                self.stated_beside_a_question,
                self.audience,
                self.selection,
                self.unknown_payer,
                self.explanation,
                self.other_question,
                self.statement,
                self.question,
            )
        )
        return next(
            (found_ for rule in rules if (found_ := rule()) is not None), Meaning(TurnKind.UNCLEAR, self.chosen)
        )

    def new_case(self) -> Meaning | None:
        match = _first(self.rules.new_case, self.text)
        return None if match is None else Meaning(TurnKind.NEW_CASE, self.chosen, rest=(match[REST] or "").strip())

    def about_last_turn(self) -> Meaning | None:
        if found(self.rules.undo, self.text):
            return Meaning(TurnKind.CORRECTION, self.chosen, undoes=True)
        if found(self.rules.adopt, self.text) and self.last.hypothetical:
            return Meaning(TurnKind.CORRECTION, self.chosen, adopts=True)
        return None

    def courtesy(self) -> Meaning | None:
        return Meaning(TurnKind.UNCLEAR, self.chosen, courteous=True) if found(self.rules.courtesy, self.text) else None

    def audience(self) -> Meaning | None:
        named = next((who for who, patterns in self.rules.audience.items() if found(patterns, self.text)), None)
        return None if named is None else self._for(named)

    def hypothetical(self) -> Meaning | None:
        """Supposed facts, or a supposed payer; "what about Aetna?" only looks elsewhere."""
        part = self._part(self.rules.hypothetical)
        if part is None or only_selects(self.text, self.knowledge):
            return None
        facts = self._read(part, SUPPOSITION)
        chosen = self.chosen
        if not facts and chosen == self.file.selection:
            return None
        further = self.last.hypothetical and found(self.rules.continued, self.text)
        return Meaning(TurnKind.HYPOTHETICAL, self.chosen, facts=facts, further=further)

    def correction(self) -> Meaning | None:
        part = self._part(self.rules.correction)
        facts = self._read(part, REPLY) if part else ()
        return Meaning(TurnKind.CORRECTION, self.chosen, facts=facts) if facts else None

    def selection(self) -> Meaning | None:
        chooses = self.chosen != self.file.selection or self._names_again
        if not chooses or not only_selects(self.text, self.knowledge):
            return None
        return Meaning(TurnKind.SELECTION, self.chosen)

    def unknown_payer(self) -> Meaning | None:
        match = _first(self.rules.named_payer, self.text)
        if match is None or self._facts or self._names_again:
            return None
        return Meaning(TurnKind.UNCLEAR, self.chosen, unknown_payer=match[REST])

    def withdrawn(self) -> Meaning | None:
        """A value taken back in mid-sentence: nothing is read rather than the wrong one."""
        if not found(self.rules.withdrawn, self.text) or not self._facts:
            return None
        return Meaning(TurnKind.UNCLEAR, self.file.selection, withdrawn=True)

    def stated_beside_a_question(self) -> Meaning | None:
        """A message that states and asks: what it states is added, and the article answers on it."""
        parts = list(_parts(self.rules.joints, self.text))
        told = [part for part in parts if not found(self.rules.questions, self.text[slice(*part)])]
        if len(parts) < 2 or not told or len(told) == len(parts):
            return None
        facts = tuple(fact for part in told for fact in self._read(part, REPLY))
        return Meaning(TurnKind.ADDITION, self.chosen, facts=facts) if facts else None

    def asserted(self) -> Meaning | None:
        part = self._part(self.rules.asserted) if self._asks else None
        facts = self._read(part, REPLY) if part else ()
        return Meaning(TurnKind.ADDITION, self.chosen, facts=facts) if facts else None

    def explanation(self) -> Meaning | None:
        fitting = next((item for item in self.rules.explanations if found(item.patterns, self.text)), None)
        if fitting is None:
            return None
        return Meaning(
            TurnKind.TOPIC if fitting.topic else TurnKind.EXPLANATION,
            self.chosen,
            focus=fitting.focus,
            all_payers=fitting.all_payers,
            reasons=fitting.reasons,
        )

    def other_question(self) -> Meaning | None:
        """A request of its own: a new case where it tells of a patient, else a supposed change of the procedure."""
        if not self._asks or not self.knowledge.scope.asks_for_decision(self.text):
            return None
        if self._unknown_subject:
            return Meaning(TurnKind.REFUSAL, self.file.selection)
        if not self._names_procedure:
            return None
        if self._other_family or found(self.rules.another_patient, self.text):
            return Meaning(TurnKind.QUESTION, self.chosen, rest=self.text)
        if not self._same_procedure and self._tells_of_patient:
            return Meaning(TurnKind.QUESTION, self.chosen, rest=self.text)
        facts = self._read((0, len(self.text)), SUPPOSITION)
        if self._same_procedure and not self._tells_of_patient:
            return Meaning(TurnKind.SELECTION, self.chosen)
        return Meaning(TurnKind.HYPOTHETICAL, self.chosen, facts=facts)

    def statement(self) -> Meaning | None:
        """After a supposition, what goes on with it is supposed as well: the record is not filled by fragments."""
        if self._asks or not self._facts:
            return None
        goes_on = found(self.rules.continued, self.text) or not found(self.rules.told_of, self.text)
        if self.last.hypothetical and goes_on:
            facts = self._read((0, len(self.text)), SUPPOSITION)
            return Meaning(TurnKind.HYPOTHETICAL, self.chosen, facts=facts, further=True)
        return Meaning(TurnKind.ADDITION, self.chosen, facts=self._facts)

    def question(self) -> Meaning | None:
        """One that names facts supposes them; any other asks the documents."""
        if not self._asks:
            return None
        facts = tuple(fact for fact in self._facts if self.knowledge.scope.is_about_a_patient([fact.id]))
        if facts and self.knowledge.scope.asks_for_decision(self.text):
            return Meaning(TurnKind.HYPOTHETICAL, self.chosen, facts=self._read((0, len(self.text)), SUPPOSITION))
        return Meaning(TurnKind.TOPIC, self.chosen)

    @cached_property
    def chosen(self) -> Selection:
        return selected(self.text, self.file.selection, self.knowledge)

    @cached_property
    def _names_again(self) -> bool:
        """Whether it names a payer or a policy, be it the one that was chosen already."""
        bare = self.file.selection.model_copy(update={"payer": None, "policy": None})
        return selected(self.text, bare, self.knowledge) != bare or found(self.rules.all_payers, self.text)

    @cached_property
    def _asks(self) -> bool:
        return found(self.rules.questions, self.text)

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        return self._read((0, len(self.text)), REPLY)

    @cached_property
    def _unknown_subject(self) -> bool:
        """Whether it asks a decision on something that is no procedure known here."""
        subject = self.knowledge.scope.subject_of(self.text)
        named = subject is not None and re.search(r"[A-Za-z]{4}", subject) and not _OPEN_QUESTION.match(self.text)
        return bool(named) and not find_families(subject or "", self.knowledge.codes)

    @cached_property
    def _names_procedure(self) -> bool:
        return bool(find_families(self.text, self.knowledge.codes)) or any(f.id == PROCEDURE for f in self._facts)

    @cached_property
    def _tells_of_patient(self) -> bool:
        told = {fact.id for fact in self._facts}
        return self.knowledge.scope.is_about_a_patient(told) or any(name.startswith("diagnosis.") for name in told)

    @cached_property
    def _other_family(self) -> bool:
        """Whether it names procedures, none of which is of a kind the record speaks of."""
        named = set(find_families(self.text, self.knowledge.codes))
        return bool(named) and not named & set(find_families(self.file.case.text, self.knowledge.codes))

    @cached_property
    def _same_procedure(self) -> bool:
        """Whether every code it names is the record's; a family alone is taken for the one in hand."""
        named = resolve(Case(facts=self._facts), self.knowledge.vocabulary).get(PROCEDURE)
        known = resolve(self.file.case, self.knowledge.vocabulary).get(PROCEDURE)
        return named is None or (isinstance(named, Codes) and isinstance(known, Codes) and named.given <= known.given)

    def _part(self, patterns: Patterns) -> tuple[int, int] | None:
        match = _first(patterns, self.text)
        return None if match is None else match.span(REST)

    def _read(self, part: tuple[int, int], source: str) -> tuple[Fact, ...]:
        start, end = part
        return tuple(
            read_reply(self.text, start=start, end=end, source=source, file=self.file, knowledge=self.knowledge)
        )

    def _for(self, audience: Audience) -> Meaning:
        return Meaning(TurnKind.AUDIENCE, self.file.selection.model_copy(update={"audience": audience}))


def _parts(joints: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the parts between the joints."""
    start = 0
    for joint in joints.finditer(text):
        yield start, joint.start()
        start = joint.end()
    yield start, len(text)


def _first(patterns: Patterns, text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)
