"""The typed client against the real server: every method once, by someone who only reads its signatures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.api.models.answers import BatchItem
from app.api.models.reviews import TakeUp
from app.cds.models import Hook
from app.client.client import Client
from app.client.problems import ApiProblem
from rag.article.exports import ExportKind
from rag.article.models import Answer, Audience
from rag.events import SectionDone
from tests.app.api.servers import ALL, Server

QUESTION = "Is 62321 medically necessary for radiculopathy (M54.12) after a cervical ESI with minimal relief?"
DAY = date(2026, 11, 22)
FACTS = {"procedure.code": ["62321"], "diagnosis.radiculopathy": True, "prior_injection.relief": "20 %"}
ORDER = Path(__file__).resolve().parents[3] / "docs" / "order-sign.json"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Client]:
    with Client(server.url, server.key(*ALL, tenant="typed")) as made:
        yield made


def test_questions_facts_and_passages(client: Client) -> None:
    answer = client.ask(QUESTION, policy="carelon-esi", on=DAY, audience=Audience.REVIEWER)
    assert [found.policy_id for found in answer.determinations] == ["carelon-esi"]
    *sections, last = client.ask_stream(QUESTION, policy="carelon-esi", on=DAY, audience=Audience.REVIEWER)
    assert isinstance(last, Answer) and last.sections == answer.sections
    assert [found.section for found in sections if isinstance(found, SectionDone)] == list(answer.sections)
    assert client.ask_markdown(QUESTION, policy="carelon-esi", on=DAY).startswith("# ")
    assert client.ask_pdf(QUESTION, policy="carelon-esi", on=DAY).content.startswith(b"%PDF-")
    read = client.read("She had 60 % relief for 3 weeks after the injection.").case
    assert {fact.id for fact in read.facts} >= {"prior_injection.relief"}
    (decided,) = client.decide(FACTS, policy="carelon-esi", on=DAY)
    (result,) = client.decide_batch([BatchItem(id="a", facts=FACTS, policy="carelon-esi", on=DAY)]).results
    assert result.determinations == (decided,)
    assert all(hit.passage.kind == "safety" for hit in client.search("particulate steroid", kind=["safety"], k=2))
    assert {fact.id for fact in client.vocabulary()} >= set(FACTS)
    assert "carelon" in {payer.id for payer in client.payers()}


def test_policies_and_documents(client: Client) -> None:
    shown = client.policies.show("carelon-esi")
    assert shown.policy in list(client.policies.list(payer="carelon"))
    earlier, later = (version.version for version in shown.versions)
    assert client.policies.version("carelon-esi", later) == shown.versions[1]
    assert client.policies.diff("carelon-esi", earlier, later).changed
    documents = list(client.documents.list())
    assert client.documents.show("carelon-esi").document in documents
    with pytest.raises(ApiProblem) as refused:
        client.documents.remove("carelon-esi")
    assert (refused.value.status, refused.value.request_id is not None) == (422, True)


def test_a_thread_with_its_review(client: Client) -> None:
    thread = client.threads.create().id
    first = client.threads.say(thread, QUESTION, selection={"policy": "carelon-esi", "on": DAY})
    *_, second = client.threads.say_stream(thread, "relief was 20 % for one week", if_match=client.threads.tag(thread))
    assert client.threads.turn(thread, 1) == first
    assert second == client.threads.turn(thread, 2)
    client.threads.rename(thread, "Neck")
    assert "Neck" in {line.title for line in client.threads.list()}
    review = client.reviews.submit(thread, 1)
    review = client.reviews.resubmit(review.id, 2)
    review = client.reviews.step(review.id, TakeUp(step="take_up", reviewer="Ada Rivera"))
    assert client.reviews.show(review.id) == review
    assert review.id in {line.id for line in client.reviews.list(thread_id=thread)}
    assert client.reviews.revision(review.id, 1).question == QUESTION
    for made in (
        client.reviews.export(review.id, ExportKind.JSON),
        client.threads.export(thread, 2, ExportKind.LETTER_TEXT),
    ):
        assert made.file_name.startswith("guideline-qa-") and made.content
    client.threads.delete(thread)
    with pytest.raises(ApiProblem, match="deleted"):
        client.threads.show(thread)


def test_a_form_is_filled_in_and_decided(client: Client) -> None:
    whole = client.questionnaires.of_policy("carelon-esi", on=DAY)
    missing = client.questionnaires.missing("carelon-esi", FACTS, on=DAY)
    assert missing["derivedFrom"] == [f"{whole['url']}|{whole['version']}"]
    answered = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": f"{whole['url']}|{whole['version']}",
        "item": [{"linkId": "procedure.code", "answer": [{"valueString": "62321"}]}],
    }
    found = client.questionnaires.answer(answered)
    assert [decided.policy_id for decided in found.determinations] == ["carelon-esi"]
    assert found.notices == ()
    other = client.questionnaires.answer(answered, on=date(2020, 1, 1))
    assert other.determinations[0].version != whole["version"] and len(other.notices) == 1


@pytest.mark.parametrize(
    ("on", "decides", "told"),
    [(None, 1, ("is of version",)), (date(2026, 11, 22), 1, ("is of version",)), (date(2020, 1, 1), 0, ())],
)
def test_the_date_of_service_decides_whatever_version_a_form_is_of(
    client: Client, on: date | None, decides: int, told: tuple[str, ...]
) -> None:
    earlier = client.questionnaires.of_policy("carelon-esi", on=date(2020, 1, 1))
    answered = answers_to(f"{earlier['url']}|{earlier['version']}")
    found = client.questionnaires.answer(answered, on=on)
    assert found.determinations[0].version == client.policies.show("carelon-esi").versions[decides].version
    assert [any(words in notice for words in told) for notice in found.notices] == [True] * len(told)


@pytest.mark.parametrize(("behind", "told"), [("|1850-of-nobody", 1), ("", 0)])
def test_a_form_of_a_version_that_is_not_known_is_decided_and_that_is_told(
    client: Client, behind: str, told: int
) -> None:
    form = client.questionnaires.of_policy("carelon-esi", on=DAY)
    found = client.questionnaires.answer(answers_to(f"{form['url']}{behind}"), on=DAY)
    assert [decided.policy_id for decided in found.determinations] == ["carelon-esi"]
    assert ["a version that is not known here" in notice for notice in found.notices] == [True] * told
    assert "nobody" not in str(found.notices)


def answers_to(form: str) -> dict[str, object]:
    item = {"linkId": "procedure.code", "answer": [{"valueString": "62321"}]}
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": form, "item": [item]}


@pytest.mark.parametrize("on", [date(2020, 1, 1), DAY])
def test_a_form_is_fetched_by_its_canonical_name(client: Client, http: httpx.Client, on: date) -> None:
    form = client.questionnaires.of_policy("carelon-esi", on=on)
    missing = client.questionnaires.missing("carelon-esi", FACTS, on=on)
    address, _, version = missing["derivedFrom"][0].partition("|")
    assert http.get(address, params={"version": version}).raise_for_status().json() == form
    assert http.get(address, params={"version": version, "on": str(on)}).raise_for_status().json() == form


@pytest.mark.parametrize(
    ("query", "status", "where"),
    [
        ({"version": "1850"}, 404, "query/version"),
        ({"version": "1850", "on": "2026-11-22"}, 404, "query/version"),
        ({"version": "VERSION", "on": "2020-01-01"}, 422, "query/on"),
        ({"missing": "0123456789ab"}, 404, "query/missing"),
        ({"missing": ""}, 404, "query/missing"),
    ],
)
def test_a_form_that_is_not_there_is_told_and_no_other_given(
    client: Client, http: httpx.Client, query: dict[str, str], status: int, where: str
) -> None:
    form = client.questionnaires.of_policy("carelon-esi", on=DAY)
    asked = {name: value.replace("VERSION", form["version"]) for name, value in query.items()}
    refused = http.get(form["url"], params=asked)
    assert (refused.status_code, refused.json()["where"]) == (status, where)


def test_the_form_of_what_is_missing_is_not_kept(client: Client, http: httpx.Client) -> None:
    missing = client.questionnaires.missing("carelon-esi", FACTS, on=DAY)
    refused = http.get(missing["url"])
    assert (refused.status_code, refused.json()["where"]) == (404, "query/missing")


def asked_for_what_is_missing(client: Client) -> int:
    client.questionnaires.missing("carelon-esi", FACTS, on=DAY)
    return 1


def answered_a_form(client: Client) -> int:
    form = client.questionnaires.of_policy("carelon-esi", on=DAY)
    return len(client.questionnaires.answer(answers_to(form["url"]), on=DAY).determinations)


def said_in_a_thread(client: Client) -> int:
    turn = client.threads.say(client.threads.create().id, QUESTION, selection={"payer": "carelon", "on": DAY}).turn
    assert turn.answer is not None
    return len(turn.answer.determinations)


@pytest.mark.parametrize("ask", [asked_for_what_is_missing, answered_a_form, said_in_a_thread])
def test_every_determination_is_counted(client: Client, ask: Callable[[Client], int]) -> None:
    before = determinations_counted(client)
    made = ask(client)
    assert made > 0
    assert determinations_counted(client) - before == made


def determinations_counted(client: Client) -> float:
    families = text_string_to_metric_families(client.server.metrics())
    samples = [sample for family in families for sample in family.samples]
    return sum(sample.value for sample in samples if sample.name == "guideline_qa_determinations_total")


def test_a_hook_gets_cards(client: Client) -> None:
    services = {service.hook: service.id for service in client.cds_services.discover().services}
    called = client.cds_services.call(services[Hook.ORDER_SIGN], json.loads(ORDER.read_text(encoding="utf-8")))
    assert called.cards
    outcome = {"card": str(called.cards[0].uuid), "outcome": "overridden", "outcomeTimestamp": "2026-11-26T12:00:00Z"}
    client.cds_services.tell(services[Hook.ORDER_SIGN], [outcome])


def test_the_server_about_itself(client: Client) -> None:
    assert client.server.whoami().tenant == "typed"
    assert client.server.live().status == client.server.ready().status == "ok"
    assert "guideline_qa_determinations_total" in client.server.metrics()
    assert {line.name for line in client.server.schemas()} == {"answer", "case", "determination"}
    assert client.server.schema("case")["title"] == "Case"
    assert client.server.openapi()["info"]["title"] == "guideline-qa"
    with pytest.raises(ApiProblem) as refused:
        client.decide(FACTS, payer="nobody")
    assert client.server.explain(refused.value.type)["title"] == refused.value.title
