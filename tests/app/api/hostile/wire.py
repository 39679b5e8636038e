"""Attacks below JSON: HTTP that is broken, huge, cut off, or changed at random; credentials; media types."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.app.api.hostile.attack import BROKEN, TEXTS, Attack, Expected, Ground

#: Where wrong credentials come from: an address with too many of them is not heard for a while.
_GUESSER: Final = "127.0.0.77"
_HEX: Final = "0123456789abcdef"


def broken(random: Random, ground: Ground, mark: str) -> Attack:
    name = random.choice(list(BROKEN["refused"]))
    return Attack("broken HTTP", _filled(BROKEN["refused"][name], ground, mark), Expected.REFUSED)


def unfinished(random: Random, ground: Ground, mark: str) -> Attack:
    name = random.choice(list(BROKEN["unfinished"]))
    return Attack("unfinished", _filled(BROKEN["unfinished"][name], ground, mark), Expected.UNFINISHED)


def _filled(text: str, ground: Ground, mark: str) -> bytes:
    return text.replace("HOST", ground.host).replace("KEY", ground.key).replace("MARK", mark).encode("latin-1")


def changed(random: Random, ground: Ground, mark: str) -> Attack:
    """A proper request with some bytes put in, left out or replaced."""
    body = ground.json_request("decide", b'{"facts": {}, "policy": "%s"}' % mark.encode())
    sent = bytearray(random.choice([ground.request("GET", f"/v1/policies/{mark}"), body]))
    for _ in range(random.randint(1, 6)):
        place = random.randrange(len(sent))
        sent[place : place + random.randint(0, 2)] = random.randbytes(random.randint(0, 2))
    return Attack("changed at random", bytes(sent), Expected.ANYTHING)


def huge_header(random: Random, ground: Ground, mark: str) -> Attack:
    size = random.choice([33_000, 60_000, 200_000])
    long = mark * (size // len(mark))
    many = {f"X-{number}": mark for number in range(size // 8)}
    sent = random.choice(
        [
            ground.request("GET", "/v1/payers", {"X-M": long}),
            ground.request("GET", "/v1/payers", many),
            ground.request("GET", f"/v1/policies/{long}"),
            ground.request("GET", f"/v1/policies?payer={long}"),
            ground.request("GET", "/v1/payers", {"Cookie": long}),
            ground.request("GET", "/v1/payers", {"Authorization": f"Bearer {long}"}),
            ground.request("GET", "/v1/payers", {f"X-{long}": "1"}),
        ]
    )
    return Attack("huge header", sent, Expected.REFUSED)


def credential(random: Random, ground: Ground, mark: str) -> Attack:
    secret = "".join(random.choices(_HEX, k=43))
    given = random.choice(
        [
            "",
            "Bearer",
            f"Bearer {mark}",
            f"Basic {mark}",
            f"Bearer gqa_{secret[:12]}_{secret}",
            f"Bearer {ground.key[:-1]}",
            f"Bearer {ground.key} {mark}",
            f"Bearer {ground.key.upper()}",
            f"Bearer eyJhbGciOiJub25lIn0.{mark}.",
            f"Bearer {random.choice(TEXTS).splitlines()[0].replace('MARK', mark)}".replace("\0", ""),
        ]
    )
    method, path = random.choice(
        [("GET", "/v1/payers"), ("GET", "/metrics"), ("DELETE", "/v1/threads/a"), ("POST", "/v1/threads")]
    )
    return Attack("credential", ground.request(method, path, {"Authorization": given}), Expected.REFUSED, _GUESSER)


def media_type(random: Random, ground: Ground, mark: str) -> Attack:
    given = random.choice(
        [
            *("text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"),
            *("application/yaml", "application/jsonp", "image/svg+xml", f"{mark}/{mark}", "", ";", "json", "*/*"),
        ]
    )
    body = b'{"query": "%s"}' % mark.encode()
    return Attack("media type", ground.json_request("search", body, given), Expected.REFUSED)


def too_large(random: Random, ground: Ground, mark: str) -> Attack:
    body = b'{"query": "%s"}' % (mark.encode() * 150_000)
    return Attack("too large", ground.json_request("search", body), Expected.REFUSED)
