"""What a caller accepts decides the form of an answer."""

from __future__ import annotations

import pytest

from app.api.negotiation import EVENTS, JSON, MARKDOWN, PDF, chosen
from app.api.problems import ProblemError, Slug

OFFERED = (JSON, MARKDOWN, PDF, EVENTS)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/markdown", MARKDOWN),
        ("text/*", MARKDOWN),
        ("application/pdf, application/json;q=0.9", PDF),
        ("application/json;q=0.1, text/markdown;q=0.9", MARKDOWN),
        ("TEXT/EVENT-STREAM", EVENTS),
        ("text/*;q=0.9, text/markdown;q=0.1", EVENTS),
        ("application/json;q=0, */*", MARKDOWN),
        ("image/png, */*;q=0.01", JSON),
        ("application/json;q=nonsense, text/markdown;q=0.001", MARKDOWN),
    ],
)
def test_the_most_wanted_form_is_chosen(accept: str | None, form: str) -> None:
    assert chosen(accept, OFFERED) == form


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "text/html, */*;q=0", "json"])
def test_where_no_form_is_wanted_the_offered_ones_are_told(accept: str) -> None:
    with pytest.raises(ProblemError, match="Offered: application/json, text/markdown") as refused:
        chosen(accept, OFFERED)
    assert refused.value.slug is Slug.NOT_ACCEPTABLE
