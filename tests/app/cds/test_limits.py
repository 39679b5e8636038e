"""One call is bounded: how many orders and records it may send, how long they may be, and how often they are read."""

from __future__ import annotations

import base64
import copy
from typing import Any

import pytest

from app.cds import reading
from app.cds.errors import CdsError
from app.cds.limits import LONGEST_NAME, LONGEST_READING, MOST_ORDERS, MOST_RESOURCES
from app.given import LONGEST_TEXT
from rag.case.models import Case
from rag.case.reader import read_case
from rag.knowledge.library import Knowledge
from tests.app.cds.disturbing import CONDITION, NOTE, Resource
from tests.app.cds.hooks import answer, example


def bundle(*resources: Resource) -> Resource:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def sent(key: str, *resources: Resource, orders: int = 1) -> dict[str, Any]:
    request: dict[str, Any] = copy.deepcopy(example("sign-missing").request)
    request["prefetch"][key] = bundle(*resources)
    order = request["context"]["draftOrders"]["entry"][0]["resource"]
    numbered = [copy.deepcopy(order) | {"id": f"order-{n}"} for n in range(orders)]
    request["context"]["draftOrders"]["entry"] = [{"resource": one} for one in numbered]
    return request


def long_note(characters: int) -> Resource:
    data = base64.b64encode(b"x " * (characters // 2)).decode()
    return NOTE | {"date": "2026-11-24", "content": [{"attachment": {"contentType": "text/plain", "data": data}}]}


CONDITIONS = [CONDITION | {"id": f"c-{n}"} for n in range(MOST_RESOURCES + 1)]
TOO_MUCH = [
    (sent("conditions", orders=MOST_ORDERS + 1), "context.draftOrders", "orders to judge"),
    (sent("conditions", *CONDITIONS), "prefetch", "resources"),
    (sent("conditions", CONDITION | {"bodySite": [{"text": "y" * LONGEST_NAME}]}), "prefetch", "of one resource"),
    (sent("notes", long_note(LONGEST_TEXT)), "prefetch", "characters of text"),
]


@pytest.mark.parametrize(("request_", "place", "what"), TOO_MUCH, ids=[what for _, _, what in TOO_MUCH])
def test_too_much_is_refused_with_its_limit_and_nothing_is_cut(
    request_: dict[str, Any], place: str, what: str, knowledge: Knowledge
) -> None:
    with pytest.raises(CdsError, match=rf"the content is too large: [0-9,]+ .*{what}.* at most [0-9,]+") as told:
        answer(request_, knowledge)
    assert told.value.place == place


def test_many_orders_with_long_records_are_refused(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cds.limits.LONGEST_READING", LONGEST_READING // 40)
    request = sent("notes", long_note(LONGEST_READING // 60), orders=2)
    request["context"]["draftOrders"]["entry"][1]["resource"]["code"]["text"] = "Worded in another way"
    with pytest.raises(CdsError, match="characters to read for its orders"):
        answer(request, knowledge)


def test_orders_that_ask_the_same_are_read_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str, **options: Any) -> Case:
        read.append(text)
        return read_case(text, **options)

    monkeypatch.setattr(reading, "read_case", counted)
    assert len(answer(sent("notes", long_note(200), orders=MOST_ORDERS), knowledge).cards) == MOST_ORDERS
    assert len([text for text in read if "x x x" in text]) == 1
