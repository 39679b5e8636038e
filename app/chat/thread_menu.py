"""The menu of a thread: rename and delete."""

from __future__ import annotations

import streamlit as st

from app.chat import session
from app.chat.errors import attempt
from app.chat.office import the_office
from app.store.threads import StoredThread

_WHAT_STAYS = (
    "All that was said in this thread goes, with its articles, its reviews and their comments. What stays is the "
    "audit trail: that there was a thread, when it was used and deleted, with no word of its content."
)


def show_menu(thread: StoredThread) -> None:
    """Rename or delete the thread that is open."""
    with st.popover("This thread", icon=":material/more_horiz:", key=f"menu-{thread.id}", width="stretch"):
        st.text_input(
            "Title",
            value=thread.title or "",
            key=f"title-{thread.id}",
            max_chars=200,
            on_change=_rename,
            args=(thread.id,),
        )
        if st.button("Delete this thread", icon=":material/delete:", key=f"delete-{thread.id}"):
            _confirm(thread.id)


@st.dialog("Delete this thread?")
def _confirm(thread_id: str) -> None:
    st.write(_WHAT_STAYS)
    if st.button("Delete it", type="primary", key="delete-confirmed"):
        if attempt(lambda: the_office().threads.delete(thread_id)):
            session.leave_thread()
        st.rerun()


def _rename(thread_id: str) -> None:
    attempt(lambda: the_office().threads.rename(thread_id, str(st.session_state[f"title-{thread_id}"])))
