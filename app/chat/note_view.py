"""A clinical note, pasted or taken out of a file; it is shown before it is sent."""

from __future__ import annotations

from typing import Final

import streamlit as st

from app.chat.errors import words_of
from app.chat.notes import FILE_TYPES, ReadNote, read_note
from app.chat.office import the_office
from app.chat.plain import plain

NOTE: Final = "note"
_NOTICES, _ERROR, _UPLOADS = "note-notices", "note-error", "note-uploads"


def show_note() -> None:
    """The upload, what was read of it, and the text as it will be sent."""
    st.file_uploader(
        "Upload a note: text, PDF, Word or FHIR (JSON)",
        type=list(FILE_TYPES),
        key=_upload_key(),
        on_change=_take_in,
    )
    if error := st.session_state.get(_ERROR):
        st.error(plain(error), icon=":material/error:")
    for notice in st.session_state.get(_NOTICES, ()):
        st.info(plain(notice), icon=":material/info:")
    st.text_area(
        "Note",
        key=NOTE,
        height=220,
        placeholder="Paste the note here, or upload a file to see here what was read of it.",
        help="Read it through before you send it: exactly this text is read. Nothing is sent anywhere else.",
    )


def note_text() -> str:
    return str(st.session_state.get(NOTE) or "")


def clear_note() -> None:
    """After a note was sent. The upload gets another key: only so does it let go of its file."""
    st.session_state[NOTE], st.session_state[_NOTICES], st.session_state[_ERROR] = "", (), None
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1


def _upload_key() -> str:
    return f"note-file-{st.session_state.get(_UPLOADS, 0)}"


def _take_in() -> None:
    upload = st.session_state.get(_upload_key())
    st.session_state[_ERROR], st.session_state[_NOTICES] = None, ()
    if upload is None:
        return
    try:
        read: ReadNote = read_note(upload.name, upload.getvalue(), the_office().knowledge)
    except Exception as error:  # shown beside the upload; what was pasted stays
        st.session_state[_ERROR] = words_of(error)
        return
    st.session_state[NOTE], st.session_state[_NOTICES] = read.text, read.notices
