"""Documents: what the answers rest on, and the way to add to it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from app.chat import session
from app.chat.adding_view import show_adding
from app.chat.document_rows import ANY, Wanted, choices_of, table_of
from app.chat.document_view import show_document
from app.chat.errors import errors_shown, show_last_error
from app.chat.office import Office, the_office
from app.chat.plain import plain
from app.documents_view import DocumentRow, documents
from app.options import today

_CHOSEN: Final = "document-chosen"


def documents_page() -> None:
    with errors_shown():
        office = the_office()
        document_id = st.query_params.get(session.DOCUMENT)
        if document_id:
            st.page_link(
                session.pages().documents, label="All documents", icon=":material/arrow_back:", query_params={}
            )
            show_document(office, document_id)
        else:
            _all(office)


def _all(office: Office) -> None:
    st.set_page_config(layout="wide")
    st.header("Documents", anchor=False)
    st.caption("Digests in our own words; each links to the publisher's original, which prevails.")
    show_last_error()
    for notice in office.library.notices:
        st.warning(plain(notice), icon=":material/warning:")
    rows = documents(office.knowledge, today(), passages=office.desk.searcher.index.passages)
    shown = _filters(rows).among(rows)
    st.caption(f"{len(shown)} of {len(rows)} documents")
    st.dataframe(
        table_of(shown),
        hide_index=True,
        column_config={"Title": st.column_config.TextColumn(width="medium")},
        width="stretch",
        height=min(560, 36 * (len(shown) + 1) + 2),
        alt="Documents with kind, payer, version, window, last check and state",
    )
    _open(shown)
    show_adding(office)


def _filters(rows: tuple[DocumentRow, ...]) -> Wanted:
    choices = choices_of(rows)
    places = st.columns(3)
    chosen = [
        place.selectbox(label, [ANY, *options], key=f"documents-{label}")
        for place, (label, options) in zip(places, choices.items(), strict=True)
    ]
    kind, payer, state = (choice or ANY for choice in chosen)
    return Wanted(kind=kind, payer=payer, state=state)


def _open(rows: list[DocumentRow]) -> None:
    titles = {row.id: f"{row.title} ({row.id})" for row in rows}
    st.selectbox(
        "Open a document",
        list(titles),
        format_func=titles.__getitem__,
        index=None,
        placeholder="Title or id",
        key=_CHOSEN,
        on_change=lambda: session.open_part(session.DOCUMENT, st.session_state[_CHOSEN]),
    )
