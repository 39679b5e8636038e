"""Ask: a question in, and the conversation about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.chat import session
from app.chat.answering import take
from app.chat.composer import show_line, show_note_below, show_opening
from app.chat.errors import errors_shown
from app.chat.office import Office, the_office
from app.chat.pickers import picked
from app.chat.plain import plain
from app.chat.reviewed import reviews_of
from app.chat.sidebar import show_sidebar
from app.chat.streaming import show_answering, show_failed
from app.chat.thread_view import show_last, show_lines
from app.store.errors import NotFound
from app.store.threads import StoredThread, ThreadRow
from rag.followup.replies import selection_words


def ask_page() -> None:
    with errors_shown():
        office = the_office()
        _take_messages(office)
        rows = office.threads.recent()
        thread = _thread(office, rows)
        show_sidebar(office, thread, rows)
        is_new = thread is None or not (thread.turns or thread.pending)
        # What stands at a place is taken away at once by something else there, and stays, grey, where nothing comes.
        opening = st.container() if is_new else st.empty()
        if thread is None or is_new:
            with opening:
                show_opening(office, standing_words=f"{selection_words(picked(), office.knowledge)}.")
        else:
            _conversation(office, thread)


def _take_messages(office: Office) -> None:
    """A message of the last step is kept before anything else happens."""
    message = session.take_outbox()
    if message is None:
        return
    thread_id = take(office, session.current_thread(), message)
    session.open_thread(thread_id)
    session.forget_failed(thread_id)


def _thread(office: Office, rows: Sequence[ThreadRow]) -> StoredThread | None:
    thread_id = session.current_thread()
    if thread_id is None:
        return None
    known = session.loaded(next((row for row in rows if row.id == thread_id), None))
    if known is not None:
        return known
    try:
        thread = office.threads.get(thread_id)
    except NotFound as error:
        session.leave_thread()
        st.warning(plain(str(error)), icon=":material/link_off:")
        return None
    session.keep_loaded(thread)
    return thread


def _conversation(office: Office, thread: StoredThread) -> None:
    """The places stay where they are from run to run, so that the field in hand keeps the cursor."""
    message = None if session.failed(thread.id) else thread.pending
    told = message is not None and bool(message.text or message.note)
    reviews = reviews_of(office, thread.id)
    top, lines = st.container(), st.container()
    last, below = st.empty() if told else st.container(), st.container()
    with lines:
        show_lines(office, thread, reviews, busy=told)
        show_failed(thread.id)
    if not told:
        with last:
            show_last(office, thread, reviews)
    with below:
        answered_here = st.container()
        show_note_below(has_case=bool(thread.turns) and thread.turns[-1].case_file is not None)
    show_line()
    with answered_here if told else top:
        if message is not None:
            show_answering(office, thread.id, message)
