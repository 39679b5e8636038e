"""The scope guard: an article states facts; it orders, diagnoses and promises nothing."""

from __future__ import annotations

from rag.guard.orders import OrderRules
from rag.guard.plain_text import plain, suspicious


def scope_problem(text: str, rules: OrderRules) -> str | None:
    """What the sentence does that no article does, or ``None``. Words quoted verbatim from a source are not for it."""
    if hidden := suspicious(text):
        return f"it carries {hidden}"
    words = plain(text)
    for pattern in rules.allowed:
        words = pattern.sub(" ~ ", words)
    return next((kind.says for kind in rules.refused if kind.stands_in(words)), None)
