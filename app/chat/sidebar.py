"""The side of the page: a new case, the request's choices, and the threads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from app.chat import session
from app.chat.office import Office
from app.chat.pickers import show_pickers
from app.chat.plain import plain
from app.chat.thread_menu import show_menu
from app.chat.times import when
from app.store.threads import StoredThread, ThreadRow

THREADS_SHOWN = 12
UNTITLED = "Untitled"


def show_sidebar(office: Office, thread: StoredThread | None, rows: Sequence[ThreadRow]) -> None:
    with st.sidebar:
        st.button("New case", icon=":material/add:", on_click=session.leave_thread, width="stretch", key="new-case")
        show_pickers(office, thread)
        if thread is not None:
            show_menu(thread)
        if rows:
            _threads(rows, thread.id if thread else None)


def matching(rows: Sequence[ThreadRow], wanted: str) -> list[ThreadRow]:
    """The threads whose title has every word of ``wanted``, in any case."""
    words = wanted.casefold().split()
    return [row for row in rows if all(word in (row.title or UNTITLED).casefold() for word in words)]


def _threads(rows: Sequence[ThreadRow], current: str | None) -> None:
    st.markdown("**Recent threads**")
    wanted = ""
    if len(rows) > THREADS_SHOWN:
        wanted = st.text_input("Search the threads", key="thread-search", placeholder="Words of a title")
    found = matching(rows, wanted)
    with st.container(gap="xxsmall"):
        for row in found[:THREADS_SHOWN]:
            _thread(row, is_open=row.id == current)
    if not found:
        st.caption("No thread has these words in its title.")


def _thread(row: ThreadRow, *, is_open: bool) -> None:
    st.button(
        plain(row.title or UNTITLED),
        key=f"thread-{row.id}",
        on_click=session.open_thread,
        args=(row.id,),
        type="tertiary",
        wrap=False,
        icon=":material/arrow_right:" if is_open else ":material/chat_bubble:",
        help=when(row.updated_at, now=datetime.now().astimezone()),
    )
