"""What is missing as a task to complete a form, offered with the card.

Sources: Da Vinci CRD 2.0.1, "Request Form Completion" and the profile "CRD Questionnaire Task" (status ready, intent
order, for, authoredOn, requester, what to do with the completed form); Structured Data Capture guide for
``complete-questionnaire`` and the input ``questionnaire``. CRD wants the payer as requester: this service is none and
names itself, without a reference. CRD's codes for completed forms say that they go to the payer: that is the person's
choice, so the input says it in words (the binding is extensible).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.cds.considering import Considered
from app.cds.identifiers import card_uuid, named
from app.cds.models import Action, Request, Resource, Suggestion
from app.dtr.canonical import canonical
from app.dtr.questionnaire import PUBLISHER
from rag.article.words import clean, plural
from rag.criteria.determination import Determination
from rag.knowledge.library import Knowledge

_SDC = "http://hl7.org/fhir/uv/sdc/CodeSystem/temp"
CRD = "http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp"


def suggestions(
    request: Request, considered: Considered, *, knowledge: Knowledge, base_url: str, today: date
) -> tuple[Suggestion, ...]:
    """One for each policy whose status a missing fact could still change."""
    asking = [found for found in considered.determinations if found.missing]
    return tuple(
        _suggestion(
            found, _task(request, considered, found, form_of(found, considered, knowledge, base_url), today), uuid
        )
        for found in asking
        for uuid in [named(request, str(card_uuid(request, considered)), found.policy_id)]
    )


def form_of(found: Determination, considered: Considered, knowledge: Knowledge, base_url: str) -> str:
    """The canonical reference of the form of the version that decided."""
    policy = knowledge.policies[found.policy_id]
    version = policy.on(considered.on)
    assert version is not None, "a policy that decided has a version on the day"
    return canonical(policy, version, base_url)


def _suggestion(found: Determination, task: Resource, uuid: UUID) -> Suggestion:
    count = plural(len(found.missing), "question")
    label = clean(f"Add a task: complete the form on {found.title} ({found.policy_id}, {count})")
    action = Action(type="create", description=f"Create a task: {task['description']}", resource=task)
    return Suggestion(label=label, uuid=uuid, actions=(action,))


def _task(request: Request, considered: Considered, found: Determination, form: str, today: date) -> Resource:
    context = request.context
    questions = " ".join(clean(fact.question) for fact in found.missing)
    encounter = {"encounter": {"reference": f"Encounter/{context.encounter_id}"}} if context.encounter_id else {}
    return {
        "resourceType": "Task",
        "basedOn": [{"reference": considered.order.reference}],
        "status": "ready",
        "intent": "order",
        "code": _concept(_SDC, "complete-questionnaire"),
        "description": f"Answer what the record leaves open for {found.policy_id}: {questions}",
        "for": {"reference": f"Patient/{context.patient_id}"},
        **encounter,
        "authoredOn": today.isoformat(),
        "requester": {"display": f"{PUBLISHER}, a check of criteria (not the payer)"},
        "reasonCode": {"text": "Documentation that the policy's criteria ask for"},
        "input": [
            {"type": {"text": "questionnaire"} | _concept(_SDC, "questionnaire"), "valueCanonical": form},
            {
                "type": _concept(CRD, "after-completion-action"),
                "valueCodeableConcept": {
                    "text": "Keep with the order; whether it is sent to the payer is for a person"
                },
            },
        ],
    }


def _concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}
