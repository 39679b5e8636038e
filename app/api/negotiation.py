"""Which of the offered forms a caller wants (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from app.api.problems import ProblemError, Slug

JSON, MARKDOWN, PDF, EVENTS = "application/json", "text/markdown", "application/pdf", "text/event-stream"


def chosen(accept: str | None, offered: Sequence[str]) -> str:
    """The wanted one of ``offered``, the first where all are wanted alike. Raises ``ProblemError`` for none."""
    ranges = [_range(part) for part in (accept or "").split(",") if part.strip()] or [("*/*", 1.0)]
    weighed = [(_quality(media_type, ranges), -place, media_type) for place, media_type in enumerate(offered)]
    quality, _, best = max(weighed)
    if quality == 0:
        detail = f"None of the forms the caller accepts is offered. Offered: {', '.join(offered)}."
        raise ProblemError(Slug.NOT_ACCEPTABLE, detail, where="header/Accept")
    return best


def _range(part: str) -> tuple[str, float]:
    media_type, *parameters = (piece.strip().casefold() for piece in part.split(";"))
    given = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return media_type, min(1.0, max(0.0, float(given)))
    except ValueError:
        return media_type, 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most exact range that covers it."""
    group = media_type.partition("/")[0]
    for wanted in (media_type, f"{group}/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
