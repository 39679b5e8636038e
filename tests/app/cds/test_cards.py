"""What stands on a card: how urgent, whose, where to read on, what is missing, and no word that could do harm."""

import base64
import copy
import re
from typing import Any

import pytest
from markdown_it import MarkdownIt

from app.cds.models import Card
from rag.knowledge.library import Knowledge
from tests.app.cds.hooks import BASE_URL, answer, answered, example


def card(name: str) -> Card:
    (found,) = answered(name).cards
    return found


@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("sign-met", "info"),
        ("sign-missing", "info"),
        ("sign-superseded-date", "info"),
        ("sign-not-met", "warning"),
        ("sign-minimal-relief", "warning"),
        ("sign-unknown-payer", "info"),
    ],
)
def test_only_what_may_cost_the_reimbursement_is_a_warning(name: str, indicator: str) -> None:
    assert card(name).indicator == indicator


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("sign-met", "Aetna: criteria met (CPT 64483)"),
        ("sign-not-met", "Aetna: criteria not met (CPT 64483)"),
        ("sign-superseded-date", "Aetna: needs a check of the policy (CPT 64483)"),
    ],
)
def test_a_summary_names_payer_status_and_code(name: str, summary: str) -> None:
    assert card(name).summary == summary


def test_a_summary_of_many_policies_says_how_they_divide() -> None:
    summary = card("sign-unknown-payer").summary
    assert re.match(r"Payer not known, policies of all payers: of 11 policies \d", summary)
    assert len(summary) < 140


def test_an_unmet_criterion_is_listed_and_a_met_one_is_not() -> None:
    detail = card("sign-not-met").detail
    assert "- not met: part of a comprehensive pain programme" in detail
    assert "radiculopathy and radicular pain that agree with imaging" not in detail


def test_the_detail_says_what_it_rests_on_and_that_a_person_decides() -> None:
    detail = card("sign-met").detail
    assert "version text seen in 2026, in force from 2026-07-01, last checked" in detail
    assert "A person decides" in detail


def test_the_source_is_the_payer_and_the_links_are_the_policy_pages(knowledge: Knowledge) -> None:
    found = card("sign-met")
    url = knowledge.documents["aetna-cpb-0722"].url
    assert (found.source.label, found.source.url) == ("Aetna", url)
    assert [link.url for link in found.links or ()] == [url]


def test_where_the_payer_is_not_known_the_card_says_so_and_the_source_is_this_service() -> None:
    found = card("sign-unknown-payer")
    assert "a payer not known here" in found.detail
    assert (found.source.label, found.source.url) == ("guideline-qa", BASE_URL)


def test_what_was_not_sent_counts_as_not_documented_and_is_named() -> None:
    assert "Not sent, so not documented here: patient, conditions," in card("sign-missing").detail
    assert "Not sent" not in card("sign-met").detail, "null is an answer: there is no data"


def test_what_failed_and_what_was_cut_into_pages_is_named() -> None:
    detail = card("sign-outcome-and-pages").detail
    assert "medications, allergies, reports, notes." in detail
    assert "Only a first page was sent of: procedures." in detail


def test_an_order_without_a_full_date_is_judged_today_and_the_card_says_so() -> None:
    assert "service on 2026-11-26 (the order gives no full date, so today is taken)" in card("sign-month-only").detail


def test_the_missing_facts_are_a_task_for_the_form_with_the_questions() -> None:
    (suggestion,) = card("sign-missing").suggestions or ()
    (action,) = suggestion.actions
    task = action.resource
    assert action.type == "create"
    assert (task["status"], task["intent"]) == ("ready", "order")
    assert task["basedOn"] == [{"reference": "ServiceRequest/order-1"}]
    assert task["for"] == {"reference": "Patient/pat-1"}
    form = f"{BASE_URL}/v1/policies/aetna-cpb-0722/questionnaire|text-seen-in-2026"
    assert task["input"][0]["valueCanonical"] == form
    assert "Is the injection part of a comprehensive pain programme?" in task["description"]
    assert "Is the injection part of a comprehensive pain programme?" in card("sign-missing").detail


def test_where_nothing_is_missing_nothing_is_suggested() -> None:
    assert card("sign-met").suggestions is None
    assert card("sign-met").selection_behavior is None


def test_cards_and_suggestions_are_told_apart_by_their_identifiers() -> None:
    names = ("sign-several-orders", "sign-missing", "sign-unknown-payer")
    cards = [card for name in names for card in answered(name).cards]
    identifiers = [one.uuid for one in cards] + [s.uuid for one in cards for s in one.suggestions or ()]
    assert len(set(identifiers)) == len(identifiers) > len(cards)


def test_hostile_words_come_out_as_words() -> None:
    detail = card("sign-hostile-words").detail
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(detail)
    assert "alert" in rendered, "the words are shown"
    assert re.findall(r"<(?:script|img|a|table|h[1-6])", rendered) == []
    assert re.findall(r"(?<!\\)https?://|(?i:www)\.evil|\w@evil", detail) == [], "nor does a client make links of them"
    assert "<strong>criteria met</strong>" not in rendered


def test_words_that_order_a_verdict_change_none(knowledge: Knowledge) -> None:
    quiet = copy.deepcopy(example("sign-hostile-words").request)
    quiet["context"]["draftOrders"]["entry"][0]["resource"]["code"]["text"] = "Transforaminal epidural injection"
    quiet["prefetch"] = {"coverage": None}
    found = re.findall(r"`[a-z0-9-]+`: `[a-z_]+`", answer(quiet, knowledge).cards[0].detail)
    assert found == re.findall(r"`[a-z0-9-]+`: `[a-z_]+`", card("sign-hostile-words").detail)


@pytest.mark.parametrize(("region", "status"), [("cervical", "criteria_not_met"), ("lumbar", "needs_documentation")])
def test_only_an_earlier_injection_of_the_ordered_region_counts(region: str, status: str, knowledge: Knowledge) -> None:
    request: dict[str, Any] = copy.deepcopy(example("sign-minimal-relief").request)
    request["prefetch"]["procedures"] = None
    attachment = request["prefetch"]["notes"]["entry"][0]["resource"]["content"][0]["attachment"]
    told = base64.b64decode(attachment["data"]).decode().replace("cervical", region)
    attachment["data"] = base64.b64encode(told.encode()).decode()
    (found,) = answer(request, knowledge).cards
    assert f"`medicare-lcd-esi`: `{status}`" in found.detail


def test_a_payer_of_each_coverage_has_a_card_and_its_own_identifiers(knowledge: Knowledge) -> None:
    request = two_coverages()
    response = answer(request, knowledge)
    assert [found.source.label for found in response.cards] == ["Aetna", "Medicare"]
    assert response.cards[0].uuid != response.cards[1].uuid


def test_the_order_picks_the_coverage_it_is_charged_to(knowledge: Knowledge) -> None:
    request = two_coverages()
    order = request["context"]["draftOrders"]["entry"][0]["resource"]
    order["insurance"] = [{"reference": "Coverage/cov-2"}]
    (found,) = answer(request, knowledge).cards
    assert found.source.label == "Medicare"


def test_a_coverage_that_was_not_sent_is_not_replaced_by_another(knowledge: Knowledge) -> None:
    request = two_coverages()
    order = request["context"]["draftOrders"]["entry"][0]["resource"]
    for named in ({"reference": "Coverage/cov-9"}, {"reference": "ClaimResponse/cov-1"}, {"display": "Aetna"}):
        order["insurance"] = [named]
        response = answer(request, knowledge)
        (found,) = response.cards
        assert found.source.label == "guideline-qa"
        assert "The coverage the order is to be charged to was not sent or is not in force" in found.detail
        assert response.system_actions is None


def two_coverages() -> dict[str, Any]:
    request: dict[str, Any] = copy.deepcopy(example("sign-missing").request)
    entries = request["prefetch"]["coverage"]["entry"]
    second = copy.deepcopy(entries[0]["resource"]) | {"id": "cov-2", "payor": [{"display": "CMS"}]}
    entries.append({"resource": second})
    return request


def test_policies_without_a_version_for_the_day_are_named_beside_those_that_decide(knowledge: Knowledge) -> None:
    request = copy.deepcopy(example("sign-before-any-version").request)
    request["prefetch"]["coverage"] = None
    (found,) = answer(request, knowledge).cards
    said, _, outside = found.detail.partition("Policies without a version for that day:")
    assert "- aetna-cpb-0722: no version covers 2005-01-10" in outside
    assert "`aetna-cpb-0722`" not in said


def test_a_code_in_a_note_is_not_ordered(knowledge: Knowledge) -> None:
    request: dict[str, Any] = copy.deepcopy(example("sign-missing").request)
    note = b"Plan from last year: requesting CPT 62321."
    attachment = {"contentType": "text/plain", "data": base64.b64encode(note).decode()}
    document: dict[str, Any] = {"resourceType": "DocumentReference", "status": "current", "date": "2026-11-20"}
    document |= {"subject": {"reference": "Patient/pat-1"}, "content": [{"attachment": attachment}]}
    request["prefetch"]["notes"] = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": document}]}
    (found,) = answer(request, knowledge).cards
    assert "`aetna-cpb-0722`" in found.detail and "aetna-cpb-0016" not in found.detail
