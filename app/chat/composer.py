"""Where a message is written: a large field for a new case, a line below a thread."""

from __future__ import annotations

import streamlit as st

from app.chat import session
from app.chat.errors import words_of
from app.chat.examples import Example
from app.chat.note_view import NOTE, clear_note, note_text, show_note
from app.chat.notes import check_length
from app.chat.office import Office
from app.chat.pickers import picked
from app.chat.plain import plain
from rag.errors import UserError
from rag.followup.models import Message

_REFUSED = "draft-error"
_PROMISE = (
    "A check of the documented facts against the policies' criteria, with every source to open. "
    "It prepares a review and decides nothing: a person does."
)


def show_opening(office: Office, *, standing_words: str) -> None:
    """The page of a new case."""
    st.header("Ask about a request", anchor=False)
    st.caption(_PROMISE)
    st.text_area(
        "Your question",
        key=session.DRAFT,
        height=140,
        placeholder="Which procedure, for which patient, after what? Codes help, and are not needed.",
    )
    with st.expander("Add a note", icon=":material/note_add:"):
        show_note()
    if refused := st.session_state.get(_REFUSED):
        st.error(plain(refused), icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Ask", type="primary", on_click=_ask, key="ask")
        st.caption(plain(standing_words[:1].upper() + standing_words[1:]))
    if office.examples:
        _examples(office.examples)


def show_note_below(*, has_case: bool) -> None:
    """A note for a thread that is open."""
    with st.expander("Add a note", icon=":material/note_add:", key="thread-note"):
        show_note()
        if refused := st.session_state.get(_REFUSED):
            st.error(plain(refused), icon=":material/error:")
        st.button("Add to the record" if has_case else "Ask about the note", on_click=_add_note, key="add-note")


def show_line() -> None:
    """The line below a thread."""
    text = st.chat_input("Add a fact, suppose one, ask why, or name a payer", key="line")
    if text:
        _send_line(text)


def _examples(examples: tuple[Example, ...]) -> None:
    st.markdown("**Examples**")
    with st.container(gap="xxsmall"):
        for number, example in enumerate(examples):
            st.button(
                plain(example.label),
                key=f"example-{number}",
                help=plain(example.question),
                on_click=_send,
                args=(example.question, None),
                type="tertiary",
                icon=":material/arrow_forward:",
            )


def _ask() -> None:
    text = str(st.session_state.get(session.DRAFT) or "").strip()
    _send(text, note_text().strip() or None)


def _add_note() -> None:
    _send("", note_text().strip() or None)


def _send(text: str, note: str | None) -> None:
    """Checks what can be checked before anything is stored; what was typed stays where it is."""
    st.session_state[_REFUSED] = None
    try:
        if not text and not note:
            raise UserError("Nothing was asked. Write a question, or add a note.")
        check_length(text, "question")
        check_length(note or "", "note")
    except UserError as error:
        st.session_state[_REFUSED] = words_of(error)
        return
    session.send(Message(text=text, note=note, selection=picked()))
    if note:
        clear_note()


def _send_line(text: str) -> None:
    try:
        check_length(text, "message")
    except UserError as error:
        st.error(plain(words_of(error)), icon=":material/error:")
        # A long message is a note: there it can be cut.
        st.session_state.setdefault(NOTE, text)
        return
    session.send(Message(text=text))
    st.rerun()
