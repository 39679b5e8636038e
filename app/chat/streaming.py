"""An answer on the page while it is written."""

from __future__ import annotations

import streamlit as st

from app.chat import session
from app.chat.answering import Stored, answer_pending
from app.chat.errors import words_of
from app.chat.office import Office
from app.chat.pickers import follow_again
from app.chat.plain import plain, say
from app.chat.scrolling import scroll_here
from app.chat.turn_view import show_words
from rag.events import SectionDone
from rag.followup.models import Message

READING = "Reading the case, deciding, and searching the documents"
_FROM_PICKERS = "Taking over what was chosen"


def show_answering(office: Office, thread_id: str, message: Message) -> None:
    """The words, the progress, and each section as it is done; then the page is run again with the turn stored.

    A value of the form shows its progress in the form.
    """
    told = bool(message.text or message.note)
    if told:
        show_words(message.text or message.note or "")
    try:
        if message.facts is None:
            _stream(office, thread_id, sections=told)
        else:
            for _ in answer_pending(office, thread_id):
                pass
    except Exception as error:  # the message stays pending; the page says what to do
        session.note_failed(thread_id, message, words_of(error))
        follow_again()
    st.rerun()


def _stream(office: Office, thread_id: str, *, sections: bool) -> None:
    status, written = st.status(READING if sections else _FROM_PICKERS), st.container()
    for event in answer_pending(office, thread_id):
        if isinstance(event, SectionDone):
            status.update(label=f"Written: {plain(event.section.heading)}")
            if sections:
                with written:
                    st.markdown(f"**{plain(event.section.heading)}**")
                    say("\n".join(claim.text for claim in event.section.claims))
        elif isinstance(event, Stored):
            status.update(label="Done", state="complete")


def show_failed(thread_id: str) -> None:
    """What could not be answered, why, and the way on."""
    failed = session.failed(thread_id)
    if failed is None:
        return
    scroll_here(f"failed-{thread_id}-{id(failed)}")
    show_words(failed.message.text or failed.message.note or "")
    st.error(plain(failed.why), icon=":material/error:")
    with st.container(horizontal=True):
        st.button("Try again", on_click=session.forget_failed, args=(thread_id,), key="try-again")
