"""The typed client against the real server: every method once, by someone who only reads its signatures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

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
    assert {fact.id for fact in client.read("60 % relief for 3 weeks").case.facts} >= {"prior_injection.relief"}
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


def test_an_earlier_form_is_found_by_its_canonical_name(client: Client) -> None:
    earlier = client.questionnaires.of_policy("carelon-esi", on=date(2020, 1, 1))
    response = client.questionnaires.answer(
        {
            "resourceType": "QuestionnaireResponse",
            "status": "completed",
            "questionnaire": f"{earlier['url']}|{earlier['version']}",
            "item": [{"linkId": "procedure.code", "answer": [{"valueString": "62321"}]}],
        }
    )
    assert response.determinations[0].version == client.policies.show("carelon-esi").versions[0].version
    assert response.notices == ()


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
