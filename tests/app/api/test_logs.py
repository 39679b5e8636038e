"""What the log says, and what it never says."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from app.api.logs import describe

SECRET = "Maria Lopez, born 1961"

_PROGRAM = """
import logging, sys, threading, warnings
from app.api.logs import configure
configure()
secret = sys.argv[1]
own = logging.getLogger("app.somewhere")


class Spoils:
    def __del__(self):
        raise ValueError(secret)


def fails():
    try:
        {}[secret]
    except KeyError as error:
        raise ValueError(secret) from error


own.info("a line", extra={"milliseconds": 3})
own.debug("not this level")
try:
    fails()
except ValueError:
    own.exception("it failed")
    logging.getLogger("library").exception("failed for %s", secret)
logging.getLogger("library").warning(secret, extra={"patient": secret})
logging.getLogger("uvicorn.error").info("Started", extra={"color_message": "x"})
logging.getLogger("uvicorn.access").info(secret)
own.info("badly %d formed", secret)
warnings.warn(secret)
thread = threading.Thread(target=fails)
thread.start(); thread.join()
Spoils()
"""


@pytest.fixture(scope="module")
def printed() -> str:
    found = subprocess.run([sys.executable, "-c", _PROGRAM, SECRET], capture_output=True, text=True, timeout=60)
    assert found.returncode == 0
    assert found.stdout == ""
    return found.stderr


@pytest.fixture(scope="module")
def lines(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_nothing_a_message_an_exception_or_a_warning_quotes_is_printed(printed: str) -> None:
    assert SECRET not in printed
    assert "Maria" not in printed


def test_a_line_says_when_how_grave_who_and_what(lines: list[dict[str, object]]) -> None:
    at = lines[0].pop("at")
    assert isinstance(at, str)
    assert at.endswith("+00:00")
    assert lines[0] == {
        "level": "info",
        "logger": "app.somewhere",
        "message": "a line",
        "milliseconds": 3,
        "request_id": None,
    }


def test_each_thing_worth_a_line_has_one(lines: list[dict[str, object]]) -> None:
    assert [(line["logger"], line["level"]) for line in lines] == [
        ("app.somewhere", "info"),
        ("app.somewhere", "error"),
        ("library", "error"),
        ("library", "warning"),
        ("uvicorn.error", "info"),
        ("py.warnings", "warning"),
        ("app.api.unexpected", "error"),
        ("app.api.unexpected", "error"),
    ]


def test_an_exception_is_its_type_and_that_of_its_cause(lines: list[dict[str, object]]) -> None:
    found = lines[1]["exception"]
    assert isinstance(found, list)
    assert [each["type"] for each in found] == ["ValueError", "KeyError"]
    assert found[0]["places"] == ["<string>:18 fails"]


def test_a_library_s_line_says_where_it_was_written(lines: list[dict[str, object]]) -> None:
    assert "withheld" in str(lines[3]["message"])
    assert lines[3]["place"] == "<string>:28"


def test_of_the_places_those_in_this_project_are_kept() -> None:
    from app.api.rates import BadLimit, open_storage

    with pytest.raises(BadLimit) as raised:
        open_storage("nonsense://host")
    (found,) = describe(raised.value)
    assert found["type"] == "app.api.rates.BadLimit"
    assert len(found["places"]) == 1
    assert found["places"][0].startswith("app/api/rates.py:")


def test_of_a_group_the_first_is_followed_and_an_endless_recursion_is_cut_short() -> None:
    def recurse() -> None:
        recurse()

    with pytest.raises(RecursionError) as endless:
        recurse()
    group = ExceptionGroup("Maria", [ValueError("Maria"), TypeError()])
    assert [each["type"] for each in describe(group)] == ["ExceptionGroup", "ValueError"]
    assert len(describe(endless.value)[0]["places"]) <= 20
