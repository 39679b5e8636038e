"""JSON that two readers could understand in two ways is refused."""

from __future__ import annotations

import pytest

from app.api.problems import ProblemError, Slug
from app.api.strict_json import DEEPEST, parsed

REFUSED = {
    "a name that stands twice": (b'{"relief": "40 %", "relief": "60 %"}', "stands twice"),
    "a name that stands twice, deep inside": (b'{"a": [{"b": 1, "b": 1}]}', "stands twice"),
    "no number": (b'{"k": NaN}', "no number"),
    "an endless number": (b'{"k": -Infinity}', "no number"),
    "half a surrogate pair": (rb'{"k": "\ud800"}', "surrogate"),
    "half a surrogate pair in a name": (rb'{"\udfff": 1}', "surrogate"),
    "bytes that are not UTF-8": (b'{"k": "\xff"}', "not UTF-8"),
    "another encoding": ('{"k": 1}'.encode("utf-16"), "not UTF-8"),
    "half a document": (b'{"k": ', "line 1"),
    "two documents": (b"{} {}", "line 1"),
    "a comment": (b"{} // yes", "line 1"),
    "a number of many digits": (b"[" + b"9" * 5000 + b"]", "digits"),
    "more levels than any body has": (b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), "levels deep"),
    "more levels than Python can follow": (b"[" * 100_000, "levels deep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_body_that_is_not_plain_json_is_refused(name: str) -> None:
    body, why = REFUSED[name]
    with pytest.raises(ProblemError) as refused:
        parsed(body)
    assert refused.value.slug is Slug.MALFORMED
    assert why in refused.value.detail


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, null, true], "b": {"a": "x"}}', {"a": [1, 2.5, None, True], "b": {"a": "x"}}),
        ('"naïve — 50 %"'.encode(), "naïve — 50 %"),
        (rb'"\ud83d\ude00"', "\U0001f600"),
        (b"[" * DEEPEST + b"]" * DEEPEST, None),
    ],
)
def test_plain_json_is_read(body: bytes, value: object) -> None:
    found = parsed(body)
    assert found == value if value is not None else isinstance(found, list)
