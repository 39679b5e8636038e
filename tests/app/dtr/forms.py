"""Forms of the shipped policies, and people's answers to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from app.dtr.questionnaire import questionnaire
from rag.criteria.policy import Policy, Version
from rag.knowledge.library import Knowledge

BASE_URL = "https://gqa.example.org"
TODAY = date(2026, 11, 26)
Resource = dict[str, Any]


def day_in(version: Version) -> date:
    """A day on which the version is in force."""
    return version.window.start or (version.window.end - timedelta(days=1) if version.window.end else TODAY)


def form(policy: Policy, knowledge: Knowledge, version: Version, **missing: Any) -> Resource:
    return questionnaire(policy, knowledge=knowledge, base_url=BASE_URL, on=day_in(version), **missing)


def questions(holder: Resource) -> Iterator[Resource]:
    """Every item that is answered."""
    for item in holder.get("item", []):
        if item["type"] not in ("group", "display"):
            yield item
        yield from questions(item)


def check_form(resource: Resource) -> None:
    """Raises pydantic's ValidationError for what FHIR R4B does not allow; through JSON, as a client gets it."""
    Questionnaire.model_validate_json(json.dumps(resource))


def check_response(resource: Resource) -> None:
    QuestionnaireResponse.model_validate_json(json.dumps(resource))


def response(*items: Resource, **more: Any) -> Resource:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)} | more


def item(link: str, *answers: Resource, **more: Any) -> Resource:
    return {"linkId": link, "answer": list(answers)} | more


def filled(form: Resource, answers: dict[str, list[Resource]]) -> Resource:
    """The form answered, group by group as it was asked; questions without an answer are left out."""

    def within(holder: Resource) -> list[Resource]:
        found: list[Resource] = []
        for asked in holder.get("item", []):
            if asked["type"] == "group":
                found.append({"linkId": asked["linkId"], "item": within(asked)})
            elif asked["linkId"] in answers:
                found.append({"linkId": asked["linkId"], "answer": answers[asked["linkId"]]})
        return found

    return response(*within(form), questionnaire=f"{form['url']}|{form['version']}")
