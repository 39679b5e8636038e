"""JSON Lines: a good line is a model, any other a fault with its place and remedy, and the reading goes on."""

from __future__ import annotations

import pytest

from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel
from ingest.json_lines import json_lines


class Line(CorpusModel):
    claim: str
    passage: str = ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"claim: x", "not valid JSON"),
        (b'{"claim": "x"', "not valid JSON"),
        (b'["x"]', "not a JSON object"),
        (b'"x"', "not a JSON object"),
        (b'{"claim": "x", "claim": "y"}', "the key 'claim' is repeated"),
        (b'{"claim": "x", "pasage": "y"}', "unknown key `pasage`. Did you mean `passage`?"),
        (b'{"passage": "x"}', "key `claim` is missing"),
        (b'{"claim": 5}', "`claim` is 5, not text"),
        (b'{"claim": null}', "`claim` is None, not text"),
        (b'{"claim": "\xff"}', "not UTF-8 text"),
        (b'{"claim": "\\ud800"}', "half a character"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"claim": ' + b"9" * 5000 + b"}", "not valid JSON"),
    ],
)
def test_a_bad_line_is_a_fault_with_file_line_and_remedy_and_the_next_is_read(line: bytes, says: str) -> None:
    first, second, third = json_lines(
        Line, [b'{"claim": "a"}\n', line + b"\n", b'{"claim": "b"}\n'], file="pairs.jsonl"
    )
    assert first == (1, Line(claim="a"))
    assert third == (3, Line(claim="b"))
    number, fault = second
    assert number == 2
    assert isinstance(fault, CorpusError)
    assert str(fault).startswith("pairs.jsonl:2: ")
    assert says in str(fault)


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    lines = [b'\xef\xbb\xbf{"claim": "a"}\r\n', b"\n", b"   \r\n", b'{"claim": "b"}']
    assert list(json_lines(Line, lines, file="x")) == [(1, Line(claim="a")), (4, Line(claim="b"))]
