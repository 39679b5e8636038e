"""One document: what it is, and its sections as text."""

from __future__ import annotations

import streamlit as st

from app.chat.article.text import web_address
from app.chat.document_rows import is_current, state_words, window_of
from app.chat.office import Office
from app.chat.plain import plain, say
from app.documents_view import DocumentRow, documents
from app.options import today
from rag.article.words import plural
from rag.errors import UnknownName


def show_document(office: Office, document_id: str) -> None:
    found = documents(office.knowledge, today(), passages=office.desk.searcher.index.passages)
    rows = {row.id: row for row in found}
    if document_id not in rows:
        raise UnknownName("document", document_id, list(rows))
    row, document = rows[document_id], office.knowledge.documents[document_id]
    st.header(plain(row.title), anchor=False)
    _about(row)
    for section in document.sections:
        st.subheader(plain(section.heading), anchor=False)
        if section.flagged:
            st.warning("This section gives orders to a model. They are text here, and are followed by nobody.")
        say(section.text)
    say(document.copyright)


def _about(row: DocumentRow) -> None:
    color = "blue" if is_current(row) else "orange"
    st.badge(plain(state_words(row)), icon=":material/event:", color=color)  # type: ignore[arg-type]
    versions = "; ".join(f"{version.version} ({window_of(version)})" for version in row.versions)
    say(f"{row.publisher} · {row.kind} · {row.jurisdiction}\n{plural(len(row.versions), 'version')}: {versions}")
    searched = plural(row.passages or 0, "passage")
    say(f"Last checked {row.last_checked}; basis: {row.basis}; {searched} in the index")
    for note in (row.basis_note, row.effective_note):
        if note:
            st.caption(plain(note))
    if address := web_address(row.url):
        st.link_button("Open the original", address, icon=":material/open_in_new:")
