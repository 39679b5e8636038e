"""Limits on how much one caller may ask, over real processes and a real file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from limits.errors import StorageError
from limits.storage import Storage

from app.api.rates import BadLimit, Decision, Rates, address_key, first_use, open_storage

_WORKER = """
import sys
from app.api.rates import Rates, first_use, open_storage
storage = open_storage(sys.argv[1])
rates, first = Rates("100/hour", storage=storage), first_use(storage)
print(sum(rates.hit("caller").allowed for _ in range(80)), sum(first(str(n), 60) for n in range(50)))
"""


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage(tmp_path / "rates.db")


def test_a_caller_may_ask_as_often_as_the_limit_says(storage: Storage) -> None:
    rates = Rates("3/minute", storage=storage)
    decisions = [rates.hit("a") for _ in range(5)]
    assert [(each.allowed, each.remaining) for each in decisions] == [
        (True, 2),
        (True, 1),
        (True, 0),
        (False, 0),
        (False, 0),
    ]
    assert all(1 <= each.reset_seconds <= 60 for each in decisions)


def test_callers_and_limits_are_kept_apart(storage: Storage) -> None:
    requests, failures = Rates("1/minute", storage=storage), Rates("1/minute", storage=storage, name="failures")
    assert all(rates.hit(key).allowed for rates in (requests, failures) for key in ("a", "b"))
    assert not requests.hit("a").allowed


def test_a_dear_request_costs_more(storage: Storage) -> None:
    rates = Rates("10/minute", storage=storage)
    assert rates.hit("a", cost=8).remaining == 2
    assert not rates.hit("a", cost=3).allowed


def test_looking_does_not_count(storage: Storage) -> None:
    rates = Rates("2/minute", storage=storage)
    assert {rates.look("a").remaining for _ in range(5)} == {2}
    rates.hit("a", cost=2)
    assert not rates.look("a").allowed


def test_the_counter_begins_anew_after_the_window(storage: Storage) -> None:
    rates = Rates("2/second", storage=storage)
    assert [rates.hit("a").allowed for _ in range(3)] == [True, True, False]
    time.sleep(1.05)
    assert rates.look("a").remaining == 2
    assert [rates.hit("a").allowed for _ in range(3)] == [True, True, False]


def test_processes_together_are_allowed_exactly_the_limit(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WORKER, str(tmp_path / "rates.db")]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert sum(int(allowed) for allowed, _ in told) == 100
    assert sum(int(first) for _, first in told) == 50


def test_threads_together_are_allowed_exactly_the_limit(storage: Storage) -> None:
    rates = Rates("100/hour", storage=storage)
    allowed: list[bool] = []
    threads = [
        threading.Thread(target=lambda: allowed.extend(rates.hit("a").allowed for _ in range(50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(allowed), sum(allowed)) == (200, 100)


def test_counters_of_windows_that_are_over_are_removed(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.rate_storage._SWEEP", 0.0)
    rates = Rates("2/second", storage=storage)
    for number in range(20):
        rates.hit(str(number))
    time.sleep(1.05)
    rates.hit("last")
    with sqlite3.connect(tmp_path / "rates.db") as connection:
        assert connection.execute("SELECT count(*) FROM counter").fetchone() == (1,)


def test_the_headers_are_those_of_the_draft() -> None:
    allowed = Decision(allowed=True, limit=10, remaining=4, reset_seconds=30, window_seconds=60)
    refused = Decision(allowed=False, limit=10, remaining=0, reset_seconds=30, window_seconds=60)
    told = {"RateLimit-Policy": '"requests";q=10;w=60', "RateLimit": '"requests";r=4;t=30'}
    assert allowed.headers() == told
    assert refused.headers() == told | {"RateLimit": '"requests";r=0;t=30', "Retry-After": "30"}


def test_when_the_counters_are_gone_requests_are_allowed_but_nothing_counts_as_first(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rates = Rates("1/minute", storage=storage)
    rates.hit("a")
    with sqlite3.connect(tmp_path / "rates.db") as connection:
        connection.execute("DROP TABLE counter")
    assert rates.hit("a").allowed
    assert rates.look("a").allowed
    assert "cannot be reached" in caplog.text
    with pytest.raises(StorageError):
        first_use(storage)("a", 60)


@pytest.mark.parametrize("limit", ["", "many", "10", "10/fortnight", "-1/minute", "0/minute"])
def test_a_limit_that_is_none_is_refused(storage: Storage, limit: str) -> None:
    with pytest.raises(BadLimit, match="600/minute"):
        Rates(limit, storage=storage)


@pytest.mark.parametrize("place", ["nonsense://user:password@host", "/nowhere/rates.db"])
def test_a_place_that_cannot_keep_counters_is_told_without_its_password(place: str) -> None:
    with pytest.raises(BadLimit, match="cannot be kept") as told:
        open_storage(place)
    assert "password" not in str(told.value)


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_counted_by_what_one_sender_has(host: str | None, key: str) -> None:
    assert address_key(host) == key
