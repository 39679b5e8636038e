"""Attacks in the address: texts as parameters, cursors that are forged, ids of other kinds of things."""

from __future__ import annotations

import base64
import json
from random import Random
from typing import Any, Final
from urllib.parse import quote

from tests.app.api.hostile.attack import TEXTS, Attack, Expected, Ground

#: Ways to write what climbs out of a folder, or is no character.
_CLIMBING: Final = (
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%252f..%252fetc",
    "..%5c..%5cwindows",
    "%c0%ae%c0%ae/",
    "..;/..;/metrics",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "%",
    "%zz",
    "../../metrics",
    "//example.org/",
    "%0d%0aX-Injected:%20yes",
    "~root",
    ".git/config",
    "%e2%80%ae",
)


def text_in_path(random: Random, ground: Ground, mark: str) -> Attack:
    method, template, operation = random.choice([one for one in ground.operations if "{" in one[1]])
    names = [one["name"] for one in operation["parameters"] if one["in"] == "path"]
    known = {name: str(ground.parameters(operation["operationId"])[name]) for name in names}
    text = quote(random.choice(TEXTS).replace("MARK", mark), safe="")
    hostile = random.choice([text, f"{random.choice(_CLIMBING)}{mark}", f"{mark}{random.choice(_CLIMBING)}", mark * 40])
    path = template.format(
        **{name: quote(value, safe="") for name, value in known.items()} | {random.choice(names): hostile}
    )
    return Attack("text in a path", ground.request(method, path), Expected.REFUSED)


def text_in_query(random: Random, ground: Ground, mark: str) -> Attack:
    with_query = [one for one in ground.operations if _queries(one[2])]
    method, _, operation = random.choice(with_query)
    text = quote(random.choice(TEXTS).replace("MARK", mark), safe="")
    given = random.choice([text, f"{random.choice(_CLIMBING)}{mark}", mark * 60])
    name = random.choice(_queries(operation))
    path = f"{ground.path(operation['operationId'])}?{name}={given}&{name}={mark}&{mark}[]=1"
    return Attack("text in a query", ground.request(method, path), Expected.ANSWERED)


def _queries(operation: Any) -> list[str]:
    return [quote(one["name"]) for one in operation.get("parameters", ()) if one["in"] == "query"]


def forged_cursor(random: Random, ground: Ground, mark: str) -> Attack:
    """Of a list in order of time, where a cursor has to name a moment."""
    values: list[Any] = [[mark], [mark, 1], [mark, mark], [None, mark], {mark: 1}, ["9" * 400 + mark, "a"], 1e300]
    values += [["2026-01-01T00:00:00", mark], ["0000-00-00T00:00:00+00:00", mark], ["2026-01-01T00:00:00+99:00", mark]]
    forged = base64.urlsafe_b64encode(json.dumps(random.choice(values)).encode()).decode().rstrip("=")
    cursor = random.choice([forged, forged[:-1] + "_", mark, "A" * 401, "%00", f"{forged}=={mark}", "W10", "W1tbW1tb"])
    path = random.choice(["/v1/threads", "/v1/reviews", "/v1/documents/uploads"])
    return Attack("forged cursor", ground.request("GET", f"{path}?cursor={cursor}"), Expected.REFUSED)


def other_id(random: Random, ground: Ground, mark: str) -> Attack:
    """The id of a thing that exists, where another kind of thing is named; or numbers that count nothing."""
    thread, review, upload = (ground.answers[name]["id"] for name in ("create_thread", "submit", "upload_document"))
    number = random.choice([0, -1, 99, 10**6, 10**7, 10**30, "1e3", "0x1", "1.5", "NaN", "١", "+2", mark])
    path = random.choice(
        [
            f"/v1/threads/{random.choice([review, upload])}?{mark}",
            f"/v1/reviews/{random.choice([thread, upload])}?{mark}",
            f"/v1/documents/uploads/{random.choice([thread, review])}?{mark}",
            f"/v1/policies/{thread}?{mark}",
            f"/v1/documents/{upload}?{mark}",
            f"/v1/threads/{thread}/turns/{quote(str(number))}?{mark}",
            f"/v1/reviews/{review}/revisions/{quote(str(number))}?{mark}",
            f"/v1/threads/{thread}/turns/1/export?kind={mark}",
            f"/v1/threads/{thread[:-1]}?{mark}",
            f"/v1/threads/{thread}{thread}?{mark}",
        ]
    )
    return Attack("other id", ground.request("GET", path), Expected.REFUSED)
