"""The statement an order carries after signing, held against Da Vinci CRD's definition of the extension."""

import copy
from datetime import date
from typing import Any

import pytest

from app.cds.coverage_information import URL
from app.cds.models import Request
from app.cds.respond import respond
from rag.knowledge.library import Knowledge
from tests.app.cds.hooks import BASE_URL, EXAMPLES, TODAY, answer, answered, example, on_the_wire

#: CRD 2.0.1, ext-coverage-information: how often each part may stand, and which codes its value set has.
CARDINALITY = {
    "coverage": (1, 1),
    "covered": (1, 1),
    "pa-needed": (0, 1),
    "doc-needed": (0, 1),
    "doc-purpose": (0, 99),
    "info-needed": (0, 99),
    "billingCode": (0, 99),
    "reason": (0, 99),
    "questionnaire": (0, 99),
    "date": (1, 1),
    "coverage-assertion-id": (1, 1),
    "satisfied-pa-id": (0, 1),
}
CODES = {
    "covered": {"covered", "not-covered", "conditional"},
    "pa-needed": {"no-auth", "auth-needed", "satisfied", "performpa", "conditional"},
    "doc-needed": {"clinical", "admin", "both", "conditional"},
    "info-needed": {"performer", "location", "timeframe", "contract-window", "OTH"},
}
Parts = dict[str, list[Any]]


def statements(sent: dict[str, Any]) -> list[Parts]:
    found = []
    for action in sent.get("systemActions", []):
        for extension in action["resource"]["extension"]:
            if extension["url"] == URL:
                parts: Parts = {}
                for part in extension["extension"]:
                    (value,) = (part[key] for key in part if key.startswith("value"))
                    parts.setdefault(part["url"], []).append(value)
                found.append(parts)
    return found


OURS = [
    (e.name, parts)
    for e in EXAMPLES
    for parts in statements(on_the_wire(answered(e.name)))
    if parts["coverage-assertion-id"][0].startswith("guideline-qa:")
]


@pytest.mark.parametrize(("name", "parts"), OURS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(OURS)])
def test_a_statement_keeps_to_the_definition_of_the_extension(name: str, parts: Parts) -> None:
    assert set(parts) <= set(CARDINALITY)
    for url, (least, most) in CARDINALITY.items():
        assert least <= len(parts.get(url, [])) <= most, url
    for url, codes in CODES.items():
        assert set(parts.get(url, [])) <= codes, url
    assert "questionnaire" not in parts or "doc-needed" in parts  # crd-ci-q1
    assert parts["covered"] == parts["pa-needed"] == ["conditional"]  # crd-ci-q2, and no word of the payer's
    assert "OTH" in parts["info-needed"]  # crd-ci-q3 of 2.1.0: what is conditional asks for something
    assert "satisfied-pa-id" not in parts  # crd-ci-q5: nothing is satisfied
    assert parts["reason"] and all(reason["text"] for reason in parts["reason"])  # crd-ci-q6 of 2.1.0


def test_there_are_statements_to_look_at() -> None:
    assert len(OURS) > 10


@pytest.mark.parametrize("name", ["sign-met", "sign-not-met", "sign-missing", "sign-minimal-relief"])
def test_no_status_makes_a_service_covered_or_not_covered(name: str) -> None:
    (parts,) = statements(on_the_wire(answered(name)))
    assert parts["covered"] == ["conditional"]


def test_at_signing_each_payer_is_stated_for_its_own_coverage_by_its_own_policies(knowledge: Knowledge) -> None:
    request = copy.deepcopy(example("sign-missing").request)
    entries = request["prefetch"]["coverage"]["entry"]
    entries.append({"resource": copy.deepcopy(entries[0]["resource"]) | {"id": "cov-2", "payor": [{"display": "CMS"}]}})
    response = answer(request, knowledge)
    aetna, medicare = statements(on_the_wire(response))
    assert len(response.cards) == 2 and len(response.system_actions or ()) == 1
    assert aetna["coverage"] == [{"reference": "Coverage/cov-1"}]
    assert medicare["coverage"] == [{"reference": "Coverage/cov-2"}]
    assert ["aetna-cpb-0722" in reason["text"] for reason in (*aetna["reason"], *medicare["reason"])].count(True) == 1
    assert "aetna-cpb-0722" in aetna["reason"][0]["text"]


def test_documentation_is_needed_where_a_fact_is_missing_and_the_form_is_named() -> None:
    (open_,) = statements(on_the_wire(answered("sign-missing")))
    assert open_["doc-needed"] == ["clinical"]
    assert open_["questionnaire"] == [f"{BASE_URL}/v1/policies/aetna-cpb-0722/questionnaire|text-seen-in-2026"]
    (met,) = statements(on_the_wire(answered("sign-met")))
    assert "doc-needed" not in met and "questionnaire" not in met


def test_a_statement_names_coverage_code_day_and_why() -> None:
    (parts,) = statements(on_the_wire(answered("sign-not-met")))
    assert parts["coverage"] == [{"reference": "Coverage/cov-1"}]
    assert parts["billingCode"] == [{"system": "http://www.ama-assn.org/go/cpt", "code": "64483"}]
    assert parts["date"] == ["2026-11-26"]
    assert "aetna-cpb-0722" in parts["reason"][0]["text"] and "criteria not met" in parts["reason"][0]["text"]


@pytest.mark.parametrize("name", ["sign-unknown-payer", "sign-no-coverage", "sign-not-governed", "select-met"])
def test_without_a_known_payer_a_governed_order_or_a_signing_there_is_no_statement(name: str) -> None:
    assert answered(name).system_actions is None


def test_the_update_is_the_whole_order_and_changes_nothing_else() -> None:
    (action,) = answered("sign-met").system_actions or ()
    before = example("sign-met").request["context"]["draftOrders"]["entry"][0]["resource"]
    assert {key: value for key, value in action.resource.items() if key != "extension"} == before


def test_a_statement_of_another_server_is_kept() -> None:
    first, second = statements(on_the_wire(answered("sign-other-payers-statement")))
    assert first["coverage-assertion-id"] == ["12345ABC"] and first["covered"] == ["covered"]
    assert second["coverage-assertion-id"][0].startswith("guideline-qa:")


def signed(name: str, knowledge: Knowledge) -> tuple[dict[str, Any], dict[str, Any]]:
    """The example's request again, its order carrying what the first call stated; and that order."""
    request = copy.deepcopy(example(name).request)
    (action,) = answered(name).system_actions or ()
    request["context"]["draftOrders"]["entry"][0]["resource"] = copy.deepcopy(action.resource)
    request["hookInstance"] = "0c3a8a52-7c1e-4bb7-9a2a-7a1a7d0f2c11"
    return request, action.resource


def test_nothing_new_is_not_stated_again(knowledge: Knowledge) -> None:
    request, _ = signed("sign-met", knowledge)
    later = date(2026, 11, 28)
    again = respond(Request.model_validate(request), knowledge=knowledge, today=later, base_url=BASE_URL)
    assert later > TODAY and again.system_actions is None and len(again.cards) == 1


def test_something_new_takes_the_place_of_the_earlier_statement(knowledge: Knowledge) -> None:
    request, before = signed("sign-met", knowledge)
    request["prefetch"]["notes"] = None
    (parts,) = statements(on_the_wire(answer(request, knowledge)))
    assert parts["doc-needed"] == ["clinical"]
    assert parts["coverage-assertion-id"][0] not in str(before)


def test_each_coverage_has_a_statement_with_an_identifier_of_its_own(knowledge: Knowledge) -> None:
    request = copy.deepcopy(example("sign-met").request)
    entries = request["prefetch"]["coverage"]["entry"]
    entries.append({"resource": copy.deepcopy(entries[0]["resource"]) | {"id": "cov-2"}})
    both = statements(on_the_wire(answer(request, knowledge)))
    assert [parts["coverage"] for parts in both] == [[{"reference": f"Coverage/cov-{n}"}] for n in (1, 2)]
    assert both[0]["coverage-assertion-id"] != both[1]["coverage-assertion-id"]


def test_without_a_full_date_the_timeframe_is_needed() -> None:
    (parts,) = statements(on_the_wire(answered("sign-month-only")))
    assert parts["info-needed"] == ["OTH", "timeframe"]
