"""What one window has on screen. All that must last is in the store, by thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from rag.followup.models import Message

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from app.store.threads import StoredThread, ThreadRow

THREAD: Final = "thread"
REVIEW: Final = "review"
DOCUMENT: Final = "document"
VIEW: Final = "view"
"""Key of the choice between the article and the form."""
_TO_ARTICLE: Final = "to-article"
_OUTBOX: Final = "outbox"
_FAILED: Final = "failed"
_LOADED: Final = "loaded"
_PAGES: Final = "pages"
_SET_ASIDE: Final = "set-aside"
DRAFT: Final = "draft"


@dataclass(frozen=True)
class Pages:
    """The three pages, for links from one to another."""

    ask: StreamlitPage
    review: StreamlitPage
    documents: StreamlitPage


def current_thread() -> str | None:
    """The thread of the address, else the last one open in this window; kept in the address from then on."""
    wanted = st.query_params.get(THREAD) or st.session_state.get(THREAD)
    if wanted:
        open_thread(wanted)
    return wanted


def open_thread(thread_id: str) -> None:
    st.session_state[THREAD] = thread_id
    if st.query_params.get(THREAD) != thread_id:
        st.query_params[THREAD] = thread_id


def leave_thread() -> None:
    """Back to an empty page, for another case."""
    st.session_state.pop(THREAD, None)
    st.query_params.pop(THREAD, None)


def open_part(name: str, value: str | None) -> None:
    """Name in the address what the page shows, or nothing more."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def keep_pages(pages: Pages) -> None:
    st.session_state[_PAGES] = pages


def pages() -> Pages:
    found: Pages = st.session_state[_PAGES]
    return found


def send(message: Message) -> None:
    """Put a message where the next run of the page finds it; one of words is answered by the article."""
    st.session_state[_OUTBOX] = message
    if message.facts is None:
        st.session_state[_TO_ARTICLE] = True


def wants_article() -> bool:
    """Whether the last message is one that the article answers; asked once."""
    return bool(st.session_state.pop(_TO_ARTICLE, False))


def take_outbox() -> Message | None:
    found: Message | None = st.session_state.pop(_OUTBOX, None)
    return found


@dataclass(frozen=True)
class Failed:
    """A message that could not be answered, and why."""

    message: Message
    why: str


def failed(thread_id: str) -> Failed | None:
    """What could not be answered in this window, so that it is not tried again and again."""
    found: Failed | None = st.session_state.get(f"{_FAILED}-{thread_id}")
    return found


def note_failed(thread_id: str, message: Message, why: str) -> None:
    st.session_state[f"{_FAILED}-{thread_id}"] = Failed(message, why)


def forget_failed(thread_id: str) -> None:
    st.session_state.pop(f"{_FAILED}-{thread_id}", None)


def loaded(row: ThreadRow | None) -> StoredThread | None:
    """The thread as this window loaded it, if nothing was stored since."""
    known: StoredThread | None = st.session_state.get(_LOADED)
    if known is None or row is None or known.id != row.id:
        return None
    return known if (known.updated_at, len(known.turns)) == (row.updated_at, row.turns) else None


def keep_loaded(thread: StoredThread) -> None:
    st.session_state[_LOADED] = thread


def set_aside(key: str) -> None:
    """Fold the supposition of this turn; the record's article stands open again."""
    st.session_state[_SET_ASIDE] = key


def is_set_aside(key: str) -> bool:
    return bool(st.session_state.get(_SET_ASIDE) == key)
