"""Attacks in JSON: bodies that are none, bodies of another shape, and texts that attack who reads them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from app.api.examples import load_requests
from tests.app.api.hostile.attack import TEXTS, Attack, Expected, Ground, as_json

#: Operations whose body has a shape of its own, each with a text in it.
_SHAPED: Final = (
    "search",
    "decide",
    "decide_batch",
    "missing_questionnaire",
    "submit",
    "resubmit",
    "review",
    "ask",
    "read",
)
#: Computed at length; one in so many of the others is enough.
_DEAR: Final = frozenset({"ask", "say", "say#2", "read", "call_service"})
_DEAR_SHARE: Final = 0.1


def no_json(random: Random, ground: Ground, mark: str) -> Attack:
    m = mark.encode()
    deep = random.choice([70, 1_000, 100_000])
    body = random.choice(
        [
            b'{"query": ' + b"[" * deep + m + b"]" * deep + b"}",
            b"[" * deep,
            b'{"a":' * deep + b"1" + b"}" * deep,
            b'{"query": "%s", "k": NaN}' % m,
            b'{"query": "%s", "k": -Infinity}' % m,
            b'{"query": "%s", "k": 1e999999}' % m,
            b'{"query": "%s", "k": %s}' % (m, b"9" * random.choice([20, 5_000, 100_000])),
            b'{"query": "%s", "query": "b"}' % m,
            b'{"query": "%s", "k": 1, "\\u006b": 2}' % m,
            b'{"query": "%s\\ud800"}' % m,
            b'{"query": "%s\\udfff\\ud800"}' % m,
            b'{"\\ud83d": "%s"}' % m,
            b'{"query": "%s\xff\xfe"}' % m,
            b'{"query": "%s\xc0\x80\xed\xa0\x80"}' % m,
            b'\xff\xfe{\x00"\x00' + m,
            b'\xef\xbb\xbf{"query": "%s"}' % m,
            b'{"query": "%s\n\x00"}' % m,
            b"{'query': '%s'}" % m,
            b'{"query": "%s",}' % m,
            b'{"query": "%s"} {"query": "b"}' % m,
            b'{"query": "%s" // comment\n}' % m,
            b'{"query": "%s"' % m,
            b"%s" % m,
            b'"%s"' % m,
            b'["%s"]' % m,
            b"null",
            b"0",
            b" ",
            b"<query>%s</query>" % m,
            b"query: %s" % m,
            b"query=%s" % m,
            b'{"__proto__": {"admin": true}, "query": "%s"}' % m,
        ]
    )
    return Attack("no JSON", ground.json_request("search", body), Expected.REFUSED)


def other_shape(random: Random, ground: Ground, mark: str) -> Attack:
    """One member of a proper body is of another type, or there is one more."""
    operation = random.choice(_SHAPED)
    body = copy.deepcopy(ground.body(operation))
    wrong = [{mark: mark}, [[mark]], [{"a": None}], {"": {"": mark}}]
    if random.random() < 0.3:
        body[mark] = random.choice(wrong)
    else:
        body[random.choice(sorted(body))] = random.choice(wrong)
    return Attack("other shape", ground.json_request(operation, as_json(body)), Expected.REFUSED)


def hostile_text(random: Random, ground: Ground, mark: str) -> Attack:
    """In any place of any body where a text stands."""
    operation = _with_text(random)
    body = copy.deepcopy(ground.body(operation))
    holder, name = random.choice(list(_texts(body)))
    text = random.choice(TEXTS).replace("MARK", mark)
    holder[name] = text * 5_000 if random.random() < 0.02 else text
    return Attack("text in a body", ground.json_request(operation.partition("#")[0], as_json(body)), Expected.ANSWERED)


def _with_text(random: Random) -> str:
    found = [
        name
        for name, example in load_requests().items()
        if example.request is not None and "files" not in example.request
    ]
    found = [name for name in found if name not in ("resubmit", "say#2")]
    weights = [_DEAR_SHARE if name in _DEAR else 1 for name in found]
    return random.choices(found, weights)[0]


def _texts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each text of a body as its holder and its place in it."""
    places = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for name, inner in places:
        if isinstance(inner, str):
            yield value, name
        else:
            yield from _texts(inner)
