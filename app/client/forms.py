"""``client.questionnaires`` and ``client.cds_services``: what goes to and fro as FHIR and CDS Hooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.api.models.answers import ResponseOut
from app.cds.models import Discovery, Response
from app.client.transport import Transport, given, part
from rag.criteria.determination import Record

Resource = dict[str, Any]
ROOT = "/cds-services"


class Questionnaires:
    """FHIR R4 resources are mappings as they are on the wire."""

    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def of_policy(self, policy_id: str, *, on: date | None = None) -> Resource:
        """A Questionnaire of all a policy asks about."""
        path = f"/v1/policies/{part(policy_id)}/questionnaire"
        found: Resource = self._sender.send("GET", path, query={"on": on}).json()
        return found

    def missing(
        self, policy: str, facts: Mapping[str, object], *, on: date | None = None, record: Record | None = None
    ) -> Resource:
        """A Questionnaire of the facts that could still change the status under the policy."""
        body = given(policy=policy, facts=facts, on=on, record=record)
        found: Resource = self._sender.send("POST", "/v1/questionnaires", body=body).json()
        return found

    def answer(self, response: Mapping[str, Any], *, on: date | None = None) -> ResponseOut:
        """A QuestionnaireResponse as a case, and what is decided on it."""
        return self._sender.post(ResponseOut, "/v1/questionnaire-responses", response, on=on)


class CdsServices:
    """CDS Hooks 2.0; requests are mappings as they are on the wire."""

    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def discover(self) -> Discovery:
        return self._sender.get(Discovery, ROOT)

    def call(self, service_id: str, request: Mapping[str, Any]) -> Response:
        return self._sender.post(Response, f"{ROOT}/{part(service_id)}", request)

    def tell(self, service_id: str, feedback: Sequence[Mapping[str, Any]]) -> None:
        """What became of cards."""
        self._sender.send("POST", f"{ROOT}/{part(service_id)}/feedback", body={"feedback": list(feedback)})
