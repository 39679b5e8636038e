"""No record that is not the patient's own, present, finished and affirmed one changes the status of any policy."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from app.cds.considering import consider
from app.cds.errors import CdsError
from app.cds.models import Request
from rag.knowledge.library import Knowledge
from tests.app.cds.disturbing import CONDITION, NOTE, REPORT, SOMEBODY_ELSE, TOLD, Resource, disturbances
from tests.app.cds.hooks import EXAMPLES, TODAY, Example, answer, example, shipped

Statuses = dict[tuple[str, str], str]


def statuses(request: dict[str, Any]) -> Statuses:
    """By order and policy."""
    considered, _ = consider(Request.model_validate(request), knowledge=shipped(), today=TODAY)
    return {(one.order.reference, d.policy_id): str(d.status) for one in considered for d in one.determinations}


def by_reference(name: str) -> dict[str, Any]:
    """An example whose orders refer to the disturbing condition for their reason."""
    request = copy.deepcopy(example(name).request)
    for entry in request["context"]["draftOrders"]["entry"]:
        if entry["resource"]["resourceType"] == "ServiceRequest":
            entry["resource"] |= {"reasonCode": [], "reasonReference": [{"reference": "Condition/disturbing"}]}
    return request


def with_resource(request: dict[str, Any], key: str, *resources: Resource) -> dict[str, Any]:
    changed = copy.deepcopy(request)
    held = changed["prefetch"].get(key)
    bundle = held if held and held["resourceType"] == "Bundle" else {"resourceType": "Bundle", "type": "searchset"}
    bundle["entry"] = [*bundle.get("entry", []), *({"resource": resource} for resource in resources)]
    changed["prefetch"][key] = bundle
    return changed


def base(name: str, key: str) -> dict[str, Any]:
    return by_reference(name) if key == "conditions" else copy.deepcopy(example(name).request)


@cache
def undisturbed(name: str, by_condition: bool) -> Statuses:
    return statuses(base(name, "conditions" if by_condition else ""))


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


GOVERNED = [one for one in EXAMPLES if undisturbed(one.name, False)]


@pytest.mark.parametrize("one", GOVERNED, ids=lambda one: one.name)
def test_no_disturbing_record_changes_the_status_of_any_policy(one: Example) -> None:
    changed = {
        what: after
        for key, what, resource in rows(one)
        if (after := statuses(with_resource(base(one.name, key), key, resource)))
        != undisturbed(one.name, key == "conditions")
    }
    assert changed == {}


def test_the_same_records_change_statuses_where_they_are_present_and_affirmed() -> None:
    """Else the test above could not fail."""
    present = "2026-11-24"
    good = {"conditions": CONDITION, "notes": NOTE | {"date": present}, "reports": REPORT | {"issued": present}}
    changed = {
        (key, one.name)
        for key, resource in good.items()
        for one in GOVERNED
        if statuses(with_resource(base(one.name, key), key, resource)) != undisturbed(one.name, key == "conditions")
    }
    assert {key for key, _ in changed} == set(good) and len(changed) > 8


@pytest.mark.parametrize("state", ["refuted", "entered-in-error", "differential", "resolved"])
def test_a_reason_the_record_does_not_affirm_meets_nothing(state: str) -> None:
    request = by_reference("sign-met")
    request["prefetch"]["notes"]["entry"][0]["resource"]["date"] = "2026-11-20"
    key = "clinicalStatus" if state == "resolved" else "verificationStatus"
    doubted = CONDITION | {key: {"coding": [{"code": state}]}}
    assert set(statuses(with_resource(request, "conditions", CONDITION)).values()) == {"criteria_met"}
    assert "criteria_met" not in statuses(with_resource(request, "conditions", doubted)).values()


@pytest.mark.parametrize("key", ["conditions", "notes"])
@pytest.mark.parametrize("subject", SOMEBODY_ELSE, ids=lambda subject: subject["reference"])
def test_a_record_of_somebody_else_is_refused(key: str, subject: Resource) -> None:
    resource = (CONDITION if key == "conditions" else NOTE | {"date": "2026-11-24"}) | {"subject": subject}
    with pytest.raises(CdsError, match="not of the patient"):
        statuses(with_resource(base("sign-met", key), key, resource))


@pytest.mark.parametrize(
    "reference",
    ["Patient/pat-1", "Patient/pat-1/_history/3", "urn:uuid:pat-1", "https://ehr.example.org/r4/Patient/pat-1"],
)
def test_the_patient_may_be_named_in_each_way_of_fhir(reference: str) -> None:
    request = by_reference("sign-met")
    condition = CONDITION | {"subject": {"reference": reference}}
    assert set(statuses(with_resource(request, "conditions", condition)).values()) == {"criteria_met"}


def test_two_states_of_one_record_are_no_record() -> None:
    refuted = CONDITION | {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    for states in ((CONDITION, refuted), (refuted, CONDITION)):
        request = with_resource(base("sign-met", "conditions"), "conditions", *states)
        assert statuses(request) == undisturbed("sign-met", True)


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
    (card,) = answer(with_resource(example("sign-missing").request, key, resource), knowledge).cards
    unread = card.detail.partition("What was not read:")[2]
    assert said in unread.replace("\\", "")
