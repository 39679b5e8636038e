"""Text on its way to the browser: what steers the direction of a line goes, and addresses are web addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

from rag.article.words import clean


def safe(text: str) -> str:
    """``text`` without control and direction characters, sign for sign; its lines stay."""
    return "\n".join(clean(line) for line in text.split("\n"))


def web_address(url: str) -> str | None:
    """``url`` if it leads to a web page, else None: no script, no file, no data."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc and clean(url) == url else None


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
