"""An article to take away; nothing is made before it is asked for."""

from __future__ import annotations

from typing import Final

import streamlit as st

from app.chat.office import Office
from rag.article.exports import FORMATS, Export, ExportKind, Naming, bases_of, export
from rag.article.identity import content_hash
from rag.article.models import Answer, Kind

_ARTICLE: Final = (ExportKind.PDF, ExportKind.MARKDOWN, ExportKind.JSON)
_LETTER: Final = (ExportKind.LETTER_PDF, ExportKind.LETTER_MARKDOWN, ExportKind.LETTER_TEXT)
_MOST_KEPT = 24


def show_exports(answer: Answer, office: Office, *, key: str) -> None:
    menu = st.popover("Export", icon=":material/download:", key=f"export-{key}", on_change="rerun")
    if not menu.open:
        return
    with menu:
        known = content_hash(answer)
        st.caption("The article, with its references and the state of its review")
        _buttons(_ARTICLE, answer, office, known, key=key)
        if answer.kind is Kind.DETERMINATION:
            st.caption("A letter that requests the missing documentation")
            _buttons(_LETTER, answer, office, known, key=key)


def _buttons(kinds: tuple[ExportKind, ...], answer: Answer, office: Office, known: str, *, key: str) -> None:
    for kind in kinds:
        made = _made(known, f"{answer.review.status} {answer.review.reviewer}", kind, answer, office)
        st.download_button(
            FORMATS[kind].label,
            made.content,
            file_name=made.file_name,
            mime=made.media_type,
            key=f"export-{kind}-{key}",
            on_click="ignore",
            width="stretch",
        )


@st.cache_data(max_entries=_MOST_KEPT, show_spinner="Making the files")
def _made(known_hash: str, review: str, kind: ExportKind, _answer: Answer, _office: Office) -> Export:
    """By content and review: the same article is made once."""
    naming = Naming(_office.labels, bases_of(_office.knowledge.documents), known_hash)
    return export(_answer, kind, naming)
