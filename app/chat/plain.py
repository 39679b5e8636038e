"""Words of users, documents and models on the page: always as text, never as Markdown or HTML."""

from __future__ import annotations

import re
from typing import Final

from rag.article.words import clean

#: Every sign Markdown could take for its own; a backslash before it makes it a sign again.
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:=\"'&@/^])")
#: A word joiner, which shows nothing: ``:name:`` is no icon then, nor ``->`` an arrow.
_JOINER: Final = "\N{WORD JOINER}"
_SHORTCODES: Final = re.compile(r":(?=[\w/])|(?<=[-<=])(?=[->])")


def plain(text: str) -> str:
    """``text`` for a label or a message, where the page would read Markdown. It reads as it was written."""
    held = _SHORTCODES.sub(lambda found: found[0] + _JOINER, clean_lines(text))
    return _SIGNS.sub(r"\\\1", held)


def clean_lines(text: str) -> str:
    """As ``clean``, with its lines kept."""
    return "\n".join(clean(line) for line in text.splitlines())


def say(text: str) -> None:
    """Set ``text`` where the script stands, as it is."""
    import streamlit as st

    st.text(clean_lines(text))
