"""Malformed and hostile requests, of every kind in a table: refused, and the server is none the worse for it.

``make test`` sends a part of each kind; with FUZZ=1 (``make fuzz``) it is all 10,000.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from statistics import median
from typing import Final

import httpx
import pytest

from tests.app.api.hostile.attack import Expected, Ground
from tests.app.api.hostile.kinds import SHARES, attacks
from tests.app.api.hostile.sending import Outcome, send
from tests.app.api.servers import ALL, Server, called
from tools.api_examples import play

PART: Final = 1.0 if os.environ.get("FUZZ") else 0.06
SENDERS: Final = 8
#: MiB the server may have needed more at its worst: eight bodies at once, and one document in the check.
MOST_GROWTH: Final = 400
#: Seconds until the uploads that were accepted are checked.
CHECKING: Final = 300.0
_MARK: Final = re.compile(r"hx[0-9]{5}x", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """After the attacks. ``growth``: MiB; ``quick``: seconds of a request before and after."""

    server: Server
    client: httpx.Client
    outcomes: Sequence[Outcome]
    growth: float
    quick: tuple[float, float]

    def wrong(self, rule: Callable[[Outcome], bool]) -> list[str]:
        """What a reader needs to find the attack again."""
        found = [one for one in self.outcomes if rule(one)]
        return [f"{one.attack.kind} {one.mark}: {one.statuses} for {one.attack.sent[:300]!r}" for one in found][:20]


@pytest.fixture(scope="module")
def field(server: Server) -> Iterator[Field]:
    with called(server, server.key(*ALL, tenant="hostile")) as client:
        description = client.get("/openapi.json").json()
        played = takewhile(lambda one: not one.name.startswith(("delete_", "remove_")), play(client, description))
        answers = {one.name: one.content for one in played}
        key = client.headers["authorization"].removeprefix("Bearer ")
        ground = Ground(server.url.removeprefix("http://"), key, description, answers)
        before, quick = _memory(server), _quickness(client)
        with ThreadPoolExecutor(SENDERS) as senders:
            sent = senders.map(lambda one: send(one[1], one[0], ground), attacks(ground, part=PART))
            outcomes = list(sent)
        _wait_for_uploads(client)
        yield Field(server, client, outcomes, _memory(server) - before, (quick, _quickness(client)))


def test_no_hostile_request_is_a_fault_of_the_server_or_stays_hanging(field: Field) -> None:
    print(_report(field.outcomes), f"growth {field.growth:.0f} MiB; seconds before and after {field.quick}", sep="\n")
    assert field.wrong(lambda one: any(status >= 500 for status in one.statuses)) == []
    assert field.wrong(lambda one: one.hung) == []
    assert len({one.attack.kind for one in field.outcomes}) == len(SHARES)


def test_what_is_malformed_is_refused_with_a_4xx(field: Field) -> None:
    malformed = [one for one in field.outcomes if one.attack.expected is Expected.REFUSED]
    assert len(malformed) > len(field.outcomes) / 2
    assert field.wrong(lambda one: one.attack.expected is Expected.REFUSED and not _refused(one)) == []


def test_an_attack_where_any_text_may_stand_is_read_as_a_text_or_refused(field: Field) -> None:
    assert field.wrong(lambda one: one.attack.expected is Expected.ANSWERED and len(one.statuses) != 1) == []
    assert field.wrong(lambda one: one.attack.expected is Expected.UNFINISHED and 200 in one.statuses) == []


def test_every_refusal_of_a_route_is_a_problem_document(field: Field) -> None:
    """What is no HTTP at all is refused by the parser, before there is a request."""

    def other(one: Outcome) -> bool:
        return (
            _refused(one) and one.attack.kind not in _OF_THE_PARSER and b"application/problem+json" not in one.received
        )

    assert field.wrong(other) == []


_OF_THE_PARSER: Final = frozenset({"broken HTTP", "changed at random", "huge header", "unfinished", "credential"})


def test_hostile_documents_are_accepted_for_the_check_at_most_and_each_gets_a_verdict(field: Field) -> None:
    uploads = field.client.get("/v1/documents/uploads", params={"limit": 200}).json()["items"]
    assert {one["state"] for one in uploads} <= {"ready", "failed"}
    assert [one for one in uploads if one["state"] == "ready"] == uploads[-1:], "only the harmless example"
    assert all(one["problems"] for one in uploads if one["state"] == "failed")


def test_the_log_holds_nothing_of_what_was_sent(field: Field) -> None:
    log = field.server.log
    assert _MARK.findall(log) == []
    assert [text for text in ("DROP TABLE", "alert(", "etc/passwd", "Traceback") if text in log] == []
    assert field.client.headers["authorization"].removeprefix("Bearer ") not in log


def test_the_server_is_alive_ready_quick_and_no_larger_than_before(field: Field) -> None:
    assert field.client.get("/readyz").status_code == 200
    before, after = field.quick
    assert after < 3 * before + 0.5
    assert field.growth < MOST_GROWTH
    assert _connections(field.server) <= 1, "the client's own"


def _refused(one: Outcome) -> bool:
    return bool(one.statuses) and all(400 <= status < 500 for status in one.statuses)


def _report(outcomes: Sequence[Outcome]) -> str:
    """By kind: the statuses of the first answer, and how often each came."""
    lines = []
    for kind in dict.fromkeys(one.attack.kind for one in outcomes):
        own = [one for one in outcomes if one.attack.kind == kind]
        counted = Counter(one.statuses[0] if one.statuses else "none" for one in own)
        slowest = max(one.seconds for one in own)
        lines.append(f"{kind:18} {len(own):5}  {dict(counted.most_common())}  slowest {slowest:.1f} s")
    return "\n".join([*lines, f"{'all':18} {len(outcomes):5}"])


def _wait_for_uploads(client: httpx.Client) -> None:
    deadline = time.monotonic() + CHECKING
    while time.monotonic() < deadline:
        found = client.get("/v1/documents/uploads", params={"limit": 200}).json()["items"]
        if not any(one["state"] in ("accepted", "working") for one in found):
            return
        time.sleep(0.3)


def _memory(server: Server) -> float:
    """MiB at its worst so far."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+([0-9]+) kB", status)
    assert found
    return int(found[1]) / 1024


def _quickness(client: httpx.Client) -> float:
    def one() -> float:
        began = time.monotonic()
        assert client.get("/v1/payers").status_code == 200
        return time.monotonic() - began

    return median(one() for _ in range(9))


def _connections(server: Server) -> int:
    """Open ones of the server, a moment after the last attack."""
    end = f":{server.port:04X}"
    for _ in range(50):
        rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        found = sum(row[1].endswith(end) and row[3] in ("01", "08") for row in rows)
        if found <= 1:
            break
        time.sleep(0.2)
    return found
