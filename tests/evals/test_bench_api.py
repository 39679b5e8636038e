"""The figures of the API: what is asked, how requests become rows, and that no failure is passed over."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.chat.examples import load_examples
from app.decisions import Asked, decide_case
from evals.bench import api, load
from evals.bench.api import API, ASK, CORE, Pairs, Started
from evals.bench.api_probe import in_turn
from evals.bench.api_server import KEY_VARIABLE, serving
from evals.bench.bench import Bench, python
from evals.bench.calls import Calls, calls
from evals.bench.figures import Section, section
from evals.bench.load import CLIENTS, Level, Levels, percentile
from evals.bench.process import BenchError, Run, Runner
from ingest.documents import corpus_root
from rag.case.facts_file import read_facts
from rag.criteria.determination import Status
from rag.knowledge.library import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
ASKED = Calls(question="q", policy="p", on=date(2026, 11, 22), facts={}, queries=("one", "two"))


class Answering(BaseHTTPRequestHandler):
    """A server that answers in no JSON, decides without determinations, cannot search, and else does as it should."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        replies = {"/v1/answers": b"<html>", "/v1/determinations": b'{"other": []}'}
        self.reply(200 if self.path in replies else 500, replies.get(self.path, b"{}"))

    def do_GET(self) -> None:
        known = self.headers["If-None-Match"] == '"tag"'
        self.reply(304 if known else 200, b'{"policy": {}}')

    def reply(self, status: int, content: bytes) -> None:
        body = b"" if status == 304 else content
        self.send_response(status)
        self.send_header("ETag", '"tag"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has
        """Nothing is to be said."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def level(clients: int, latencies: Sequence[float], *, seconds: float = 2.0, failed: int = 0) -> Level:
    return Level(clients=clients, seconds=seconds, latencies=tuple(latencies), failed=failed, reasons=())


def figures(found: Section) -> dict[tuple[str, str], tuple[float, float | None]]:
    """By name and quantity: the median, and the ratio to it (three digits)."""
    ratios = [None if row.subject_over_this is None else round(row.subject_over_this, 3) for row in found.rows]
    return {(row.name, row.quantity): (row.median, ratio) for row, ratio in zip(found.rows, ratios, strict=True)}


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [(1, 0.95, 1.0), (20, 0.95, 19.0), (21, 0.95, 20.0), (100, 0.95, 95.0), (100, 0.5, 50.0), (3, 1.0, 3.0)],
)
def test_a_percentile_is_a_value_that_was_measured(count: int, share: float, expected: float) -> None:
    assert percentile([float(value) for value in range(count, 0, -1)], share) == expected


def test_throughput_counts_what_was_answered_until_the_last_one() -> None:
    found = figures(section("Load", load.samples([level(1, [0.5] * 4), level(2, [1.0] * 5 + [2.0], seconds=1.5)])))
    assert found["1 client", "requests"] == (2.0, None)
    assert found["2 clients", "requests"] == (4.0, 0.5)
    assert found["2 clients", "latency"] == (1.0, 0.5)
    assert found["2 clients", "95th percentile"] == (2.0, 0.25)


def test_a_failed_request_counts_for_no_throughput() -> None:
    found = figures(section("Load", load.samples([level(1, [0.5] * 4, failed=3)])))
    assert found["1 client", "requests"] == (0.5, None)


def test_there_are_no_figures_where_a_request_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = level(64, [0.5, 0.6], failed=1).model_copy(update={"reasons": ("/v1/answers: no JSON",)})
    output = Levels(levels=(level(1, [0.5]), told)).model_dump_json()
    measured = SimpleNamespace(run=lambda command: Run(wall_seconds=1.0, peak_mb=1.0, output=output))
    monkeypatch.setattr(load, "serving", lambda bench: nullcontext(SimpleNamespace(url="http://127.0.0.1:9")))
    monkeypatch.setattr(load, "caller", lambda bench, server: measured)
    monkeypatch.setattr(load, "calls", lambda corpus, question: ASKED)
    monkeypatch.setattr(load, "guideline_qa", lambda name, *given: python(name, "-c", ""))
    bench = Bench(question="q", corpus=tmp_path, repeats=1, folder=tmp_path, say=lambda text: None)
    with pytest.raises(BenchError, match="64 clients: 1 of 2: /v1/answers: no JSON"):
        load.measure(bench)


def test_the_load_grows_from_one_client_to_sixty_four() -> None:
    assert CLIENTS == (1, 2, 4, 8, 16, 32, 64)


def test_the_api_is_the_subject_beside_the_core_and_the_command_line() -> None:
    pairs = Pairs(api_answers=(0.5, 1.0), core_answers=(0.5, 0.5), api_decisions=(0.03,), core_decisions=(0.01,))
    runs = [Run(wall_seconds=4.0, peak_mb=500.0, output="")]
    found = section("API", api.samples([pairs, pairs], [Started(8.0, (400.0, 600.0))], runs))
    assert found.subject == API
    assert figures(found) == {
        (API, "answer, one policy"): (0.75, None),
        (CORE, "answer, one policy"): (0.5, 1.5),
        (API, "determinations, one policy"): (0.03, None),
        (CORE, "determinations, one policy"): (0.01, 3.0),
        (API, "start"): (8.0, None),
        (ASK, "start"): (4.0, 2.0),
        (API, "memory of a process"): (500.0, None),
        (ASK, "memory of a process"): (500.0, 1.0),
    }
    assert len(found.rows[0].values) == 4


def test_api_and_core_take_turns_and_the_first_round_is_not_counted() -> None:
    said: list[str] = []

    def one() -> bytes:
        said.append("api")
        return b'{"same": 1, "last_updated": "%d"}' % len(said)

    def other() -> bytes:
        said.append("core")
        return b'{"same": 1, "last_updated": "%d"}' % len(said)

    api_seconds, core_seconds = in_turn(one, other, 2)
    assert said == ["api", "core"] * 3
    assert len(api_seconds) == len(core_seconds) == 2


def test_there_is_no_ratio_where_api_and_core_say_different_things() -> None:
    with pytest.raises(SystemExit, match="do not say the same"):
        in_turn(lambda: b'{"a": 1}', lambda: b'{"a": 2}', 2)


def test_what_is_asked_is_a_policy_that_decides_the_question_and_facts_it_can_be_decided_on() -> None:
    root = corpus_root()
    asked, knowledge = calls(root, load_examples(root)[0].question), load_knowledge(root)
    sent = json.loads(json.dumps(asked.decide))
    case = read_facts(sent["facts"], knowledge.vocabulary)
    (found,) = decide_case(case, Asked(on=asked.on, policy=asked.policy), knowledge)
    assert case.facts
    assert found.status is not Status.NOT_APPLICABLE
    assert len(asked.queries) > 10


def test_a_question_that_no_policy_decides_cannot_be_measured() -> None:
    with pytest.raises(BenchError, match="names a code the corpus governs"):
        calls(corpus_root(), "What is the weather like?")


def test_each_kind_of_failed_request_is_counted_and_told(url: str, tmp_path: Path) -> None:
    runner = Runner({**os.environ, KEY_VARIABLE: "key", "PYTHONPATH": str(ROOT)}, tmp_path)
    arguments = ("-m", "evals.bench.load_probe", url, "1,3", "1", str(ASKED.written(tmp_path)))
    one, three = Levels.model_validate_json(runner.run(python("load", *arguments)).output).levels
    assert (one.clients, three.clients) == (1, 3)
    assert 0 < three.failed < len(three.latencies)
    assert three.seconds >= 1
    assert sorted(three.reasons) == [
        "/v1/answers: no JSON",
        "/v1/determinations: no `determinations` in the answer",
        "/v1/search: status 500 instead of 200",
    ]


def test_a_server_that_does_not_start_is_a_failure_with_its_last_words(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    bench = Bench(question="q", corpus=absent, repeats=1, folder=tmp_path, say=lambda text: None)
    with pytest.raises(BenchError, match=r"`guideline-qa serve` ended\. Its last words:") as caught, serving(bench):
        pass
    assert str(absent) in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert sys.executable not in str(caught.value)
