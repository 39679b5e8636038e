"""A FHIR R4 QuestionnaireResponse as facts, every one ``structured``.

Sources: FHIR R4, QuestionnaireResponse (status, items by ``linkId``; a question answered several times is one item with
several answers) and Questionnaire (``enableWhen``: what falls away is not answered). Strict where guessing could change
a status: what is not understood is refused with its place in the resource.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.dtr.answers import answered
from app.dtr.canonical import FormName, policy_of_form
from app.dtr.errors import ResponseError
from app.dtr.items import falls_under
from rag.case.facts_file import read_facts
from rag.case.models import Case
from rag.criteria.policy import FactSpec
from rag.knowledge.library import Knowledge

ROOT = "QuestionnaireResponse"
#: Levels of items within items. A form of this package has two; far deeper is no form.
DEEPEST = 8
_READ = ("completed", "amended", "in-progress", "stopped")
_MODIFIERS = ("modifierExtension", "implicitRules")


def facts_of_response(response: Mapping[str, Any], knowledge: Knowledge) -> Case:
    """The case the answers tell; a question left out stays unknown, as does one of a form that was stopped.

    Raises ResponseError with the place of what cannot be read: another kind of resource, one entered in error, an
    unknown ``linkId``, a question answered twice or against another answer, a value that does not fit.
    """
    _check_header(response)
    reading = _Reading(knowledge)
    for place, item in _objects(response, "item", ROOT):
        reading.take(place, item, depth=1)
    reading.refuse_fallen_away()
    return read_facts({name: value for name, (_, value) in reading.given.items()}, knowledge.vocabulary)


def policy_of_response(response: Mapping[str, Any], knowledge: Knowledge) -> FormName | None:
    """Whose form was answered, by ``questionnaire``; None where it is no form of this package's."""
    name = response.get("questionnaire")
    return policy_of_form(name, knowledge) if isinstance(name, str) else None


def _check_header(response: Mapping[str, Any]) -> None:
    if response.get("resourceType") != ROOT:
        raise ResponseError(ROOT, "the JSON is no QuestionnaireResponse", "Send a FHIR R4 QuestionnaireResponse")
    if response.get("status") not in _READ:
        problem = "entered in error" if response.get("status") == "entered-in-error" else "no status that is known"
        raise ResponseError(f"{ROOT}.status", problem, f"Send one that is {', '.join(_READ)}")
    _refuse_modifiers(response, ROOT)


def _refuse_modifiers(element: Mapping[str, Any], place: str) -> None:
    for key in _MODIFIERS:
        if element.get(key):
            raise ResponseError(f"{place}.{key}", "the element may change what the rest means", "Send it without")


def _objects(holder: Mapping[str, Any], key: str, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a list, each with its place."""
    found = holder.get(key, [])
    if not isinstance(found, list):
        raise ResponseError(f"{place}.{key}", "not a list", "Send a FHIR R4 QuestionnaireResponse")
    for number, element in enumerate(found):
        if not isinstance(element, dict):
            raise ResponseError(f"{place}.{key}[{number}]", "not an object", "Send a FHIR R4 QuestionnaireResponse")
        yield f"{place}.{key}[{number}]", element


@dataclass
class _Reading:
    """``given``: fact id to the place of its item and its value, as a facts file has it."""

    knowledge: Knowledge
    given: dict[str, tuple[str, object]] = field(default_factory=dict)

    def take(self, place: str, item: Mapping[str, Any], *, depth: int) -> None:
        if depth > DEEPEST:
            raise ResponseError(place, f"items lie more than {DEEPEST} levels deep", "Answer the form as it was given")
        _refuse_modifiers(item, place)
        link = item.get("linkId")
        fact = self.knowledge.vocabulary.facts.get(link) if isinstance(link, str) else None
        answers = list(_objects(item, "answer", place))
        for where, answer in answers:
            _refuse_modifiers(answer, where)
        if fact is not None:
            self._answer(fact, answers, place)
        elif answers or not self._is_group(link):
            raise ResponseError(f"{place}.linkId", "no question of this form has this linkId", "Use those of the form")
        inner = [(item, place), *((answer, where) for where, answer in answers)]
        for holder, where in inner:
            for inside, further in _objects(holder, "item", where):
                self.take(inside, further, depth=depth + 1)

    def _is_group(self, link: object) -> bool:
        return isinstance(link, str) and any(name.startswith(f"{link}.") for name in self.knowledge.vocabulary.facts)

    def _answer(self, fact: FactSpec, answers: list[tuple[str, Mapping[str, Any]]], place: str) -> None:
        if not answers:
            return
        if fact.id in self.given:
            problem = f"{fact.id} is answered a second time (first at {self.given[fact.id][0]})"
            raise ResponseError(place, problem, "Answer each question once")
        if len(answers) > 1 and fact.type != "codes":
            raise ResponseError(f"{place}.answer[1]", f"{fact.id} takes one answer", "Leave out all but one")
        values = [answered(answer, fact, where) for where, answer in answers]
        self.given[fact.id] = (place, values if fact.type == "codes" else values[0])

    def refuse_fallen_away(self) -> None:
        """An answer to a question that another answer made fall away contradicts it."""
        for scope in self.knowledge.vocabulary.scopes:
            if self.given.get(scope.unless_false, ("", None))[1] is not False:
                continue
            for name, (place, _) in self.given.items():
                if falls_under(name, scope):
                    problem = f"{name} is answered although {scope.unless_false} is answered no"
                    raise ResponseError(place, problem, "Leave out one of the two")
