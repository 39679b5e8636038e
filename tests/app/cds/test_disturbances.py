"""No record that is not the patient's own, present, finished and affirmed one changes the status of any policy."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from app.cds.considering import consider
from app.cds.errors import CdsError
from app.cds.models import Request
from rag.knowledge.library import Knowledge
from tests.app.cds.disturbing import (
    ALLERGY,
    CONDITION,
    MEDICATION,
    NOTE,
    PROCEDURE,
    REPORT,
    SOMEBODY_ELSE,
    TOLD,
    Resource,
    disturbances,
)
from tests.app.cds.hooks import EXAMPLES, TODAY, Example, answer, example, shipped

Found = dict[tuple[str, str], str]
KEYS = ("conditions", "notes", "reports", "procedures", "medications", "allergies")
#: An example whose order lacks something, for each disturbance by itself.
LACKING = "sign-missing"


def found(request: dict[str, Any]) -> Found:
    """By order and policy the status, and by order and fact the value: what changes no fact changes no status."""
    considered, _ = consider(Request.model_validate(request), knowledge=shipped(), today=TODAY)
    statuses = {(one.order.reference, d.policy_id): str(d.status) for one in considered for d in one.determinations}
    facts = {
        (one.order.reference, fact.id): str(one.case.about(fact.id)) for one in considered for fact in one.case.facts
    }
    return statuses | {key: re.sub(r"(start|end|quote)=[^,]*", "", said) for key, said in facts.items()}


def statuses(request: dict[str, Any]) -> set[str]:
    return {value for (_, of), value in found(request).items() if of in shipped().policies}


def by_reference(name: str) -> dict[str, Any]:
    """An example whose orders refer to the disturbing conditions, and to nothing else, for their reason."""
    request = copy.deepcopy(example(name).request)
    conditions = [CONDITION["id"], *(row["id"] for key, _, row in rows(example(name)) if key == "conditions")]
    for entry in request["context"]["draftOrders"]["entry"]:
        if entry["resource"]["resourceType"] == "ServiceRequest":
            reasons = [{"reference": f"Condition/{condition}"} for condition in conditions]
            entry["resource"] |= {"reasonCode": [], "reasonReference": reasons}
    return request


def with_resources(request: dict[str, Any], key: str, *resources: Resource) -> dict[str, Any]:
    changed = copy.deepcopy(request)
    prefetch = changed.setdefault("prefetch", {})
    held = prefetch.get(key)
    bundle = held if held and held["resourceType"] == "Bundle" else {"resourceType": "Bundle", "type": "searchset"}
    bundle["entry"] = [*bundle.get("entry", []), *({"resource": resource} for resource in resources)]
    prefetch[key] = bundle
    return changed


def base(name: str, key: str) -> dict[str, Any]:
    return by_reference(name) if key == "conditions" else copy.deepcopy(example(name).request)


@cache
def undisturbed(name: str, by_condition: bool) -> Found:
    return found(base(name, "conditions" if by_condition else ""))


def service_day(one: Example) -> date:
    """The earliest day of service of the example's orders."""
    orders = [entry["resource"] for entry in one.request["context"]["draftOrders"]["entry"]]
    given = [o.get("occurrenceDateTime") or o.get("occurrencePeriod", {}).get("start", "") for o in orders]
    return min((date.fromisoformat(day[:10]) for day in given if len(day) >= 10), default=TODAY)


def rows(one: Example) -> list[tuple[str, str, Resource]]:
    on = service_day(one)
    present = min(on, TODAY)
    days = (present - timedelta(days=2), on - timedelta(days=31), present + timedelta(days=1))
    before, too_old, too_late = map(date.isoformat, days)
    return disturbances(before, too_old, too_late)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("one", [one for one in EXAMPLES if one.expected], ids=lambda one: one.name)
def test_disturbing_records_change_no_fact_and_no_status_of_any_example(one: Example, key: str) -> None:
    """All of a kind at once: they say the same, so that none could hide another by contradicting it."""
    resources = [resource for of, _, resource in rows(one) if of == key]
    disturbed = found(with_resources(base(one.name, key), key, *resources))
    assert resources and disturbed == undisturbed(one.name, key == "conditions")


def test_each_disturbing_record_by_itself_changes_nothing() -> None:
    changed = [
        what
        for key, what, resource in rows(example(LACKING))
        if found(with_resources(base(LACKING, key), key, resource)) != undisturbed(LACKING, key == "conditions")
    ]
    assert changed == []


@pytest.mark.parametrize(
    ("key", "resource"),
    [
        ("conditions", CONDITION),
        ("notes", NOTE | {"date": "2026-11-24"}),
        ("reports", REPORT | {"effectiveDateTime": "2026-11-24"}),
        ("procedures", PROCEDURE),
        ("medications", MEDICATION),
        ("allergies", ALLERGY),
    ],
)
def test_the_same_record_counts_where_it_is_present_and_affirmed(key: str, resource: Resource) -> None:
    """Else the tests above could not fail."""
    before = undisturbed(LACKING, key == "conditions")
    assert found(with_resources(base(LACKING, key), key, resource)) != before


@pytest.mark.parametrize("state", ["refuted", "entered-in-error", "differential", "resolved"])
def test_a_reason_the_record_does_not_affirm_meets_nothing(state: str) -> None:
    request = by_reference("sign-met")
    request["prefetch"]["notes"]["entry"][0]["resource"]["date"] = "2026-11-20"
    key = "clinicalStatus" if state == "resolved" else "verificationStatus"
    doubted = CONDITION | {key: {"coding": [{"code": state}]}}
    assert statuses(with_resources(request, "conditions", CONDITION)) == {"criteria_met"}
    assert "criteria_met" not in statuses(with_resources(request, "conditions", doubted))


@pytest.mark.parametrize("key", ["conditions", "notes"])
@pytest.mark.parametrize("subject", SOMEBODY_ELSE, ids=lambda subject: subject["reference"])
def test_a_record_of_somebody_else_is_refused(key: str, subject: Resource) -> None:
    resource = (CONDITION if key == "conditions" else NOTE | {"date": "2026-11-24"}) | {"subject": subject}
    with pytest.raises(CdsError, match="not of the patient"):
        statuses(with_resources(base("sign-met", key), key, resource))


@pytest.mark.parametrize(
    "reference",
    ["Patient/pat-1", "Patient/pat-1/_history/3", "urn:uuid:pat-1", "https://ehr.example.org/r4/Patient/pat-1"],
)
def test_the_patient_may_be_named_in_each_way_of_fhir(reference: str) -> None:
    request = by_reference("sign-met")
    condition = CONDITION | {"subject": {"reference": reference}}
    assert statuses(with_resources(request, "conditions", condition)) == {"criteria_met"}


def test_two_states_of_one_record_are_no_record() -> None:
    refuted = CONDITION | {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    for states in ((CONDITION, refuted), (refuted, CONDITION)):
        request = with_resources(base("sign-met", "conditions"), "conditions", *states)
        assert found(request) == undisturbed("sign-met", True)


LEFT_OUT = [
    ("notes", NOTE | {"date": "2012-03-01"}, "Left out of the notes: 1 older than 30 days before the service"),
    ("notes", NOTE, "Left out of the notes: 1 without a full date"),
    ("notes", NOTE | {"date": "2026-11-30"}, "Left out of the notes: 1 dated after the day of service or after today"),
    ("notes", NOTE | {"status": "superseded"}, "Left out of the notes: 1 withdrawn, not finished"),
    ("notes", {k: v for k, v in NOTE.items() if k != "subject"}, "Left out of notes: 1 that do not say whose they are"),
    ("conditions", REPORT, "Left out of conditions: 1 of a kind the query does not ask for"),
    ("conditions", CONDITION | {"verificationStatus": {"text": "refuted"}}, "Left out of the diagnoses: 1 refuted"),
    (
        "conditions",
        CONDITION | {"note": [{"text": TOLD}]},
        "Left out of the diagnoses: 1 remarks without a date in the 30 days before the service",
    ),
    (
        "notes",
        NOTE | {"date": "2026-11-24"},
        "What is requested only the order says; left out of what the records tell: procedure.contrast",
    ),
]


@pytest.mark.parametrize(("key", "resource", "said"), LEFT_OUT, ids=[said for _, _, said in LEFT_OUT])
def test_what_was_left_out_is_told_on_the_card(key: str, resource: Resource, said: str, knowledge: Knowledge) -> None:
    (card,) = answer(with_resources(example("sign-missing").request, key, resource), knowledge).cards
    unread = card.detail.partition("What was not read:")[2]
    assert said in unread.replace("\\", "")
