"""The turns of a thread: the one that matters now stands open at the end, the others are lines."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.chat import session
from app.chat.errors import show_last_error
from app.chat.office import Office
from app.chat.reviewed import as_reviewed
from app.chat.scrolling import scroll_here
from app.chat.toolbar import ARTICLE, show_missing, show_toolbar
from app.chat.turn_view import (
    Shown,
    show_exchange,
    show_folded,
    show_hypothetical_head,
    show_turn_article,
)
from app.chat.turn_words import latest, standing
from app.review.models import StoredReview
from app.store.threads import StoredThread
from rag.followup.models import TurnKind

#: Lines of earlier turns that show at once; the ones before are a click away.
LINES_SHOWN = 6


def turn_key(thread: StoredThread, place: int) -> str:
    return f"{thread.id}-{place + 1}"


def open_place(thread: StoredThread) -> int | None:
    """The turn whose article stands open: the last, or the record's own where a supposition was put aside."""
    place = latest(thread.turns)
    if place is None or thread.turns[-1].kind is TurnKind.NEW_CASE:
        return None
    return standing(thread.turns) if session.is_set_aside(turn_key(thread, place)) else place


def show_lines(office: Office, thread: StoredThread, reviews: Mapping[int, StoredReview], *, busy: bool) -> None:
    """The turns that do not stand open. ``busy``: another one is on its way, so none does."""
    shown = _as_reviewed(reviews)
    apart = set() if busy else {open_place(thread), None if _is_aside(thread) else len(thread.turns) - 1}
    places = [place for place in range(len(thread.turns)) if place not in apart]
    hidden = 0 if st.session_state.get(f"all-{thread.id}") else max(0, len(places) - LINES_SHOWN)
    if hidden:
        st.button(f"Show {hidden} earlier turns", type="tertiary", on_click=_show_all, args=(thread.id,))
    for place in places[hidden:]:
        key = turn_key(thread, place)
        show_folded(thread.turns[place], place + 1, office.knowledge, key=key, shown=shown)


def show_last(office: Office, thread: StoredThread, reviews: Mapping[int, StoredReview]) -> None:
    """The last exchange, and the article that stands."""
    if not thread.turns:
        return
    last = thread.turns[-1]
    if session.failed(thread.id) is None:
        # A value filled in below changes what stands above; the cursor stays with the form.
        scroll_here(turn_key(thread, len(thread.turns) - 1), wanted=last.kind is not TurnKind.FORM)
    show_last_error()
    if not _is_aside(thread):
        show_exchange(last)
    opened = open_place(thread)
    if opened is not None:
        _opened(office, thread, opened, reviews, _as_reviewed(reviews))


def _as_reviewed(reviews: Mapping[int, StoredReview]) -> Shown:
    return lambda number, answer: as_reviewed(answer, reviews.get(number))


def _is_aside(thread: StoredThread) -> bool:
    """Whether the last turn is a supposition that was put aside."""
    return bool(thread.turns) and session.is_set_aside(turn_key(thread, len(thread.turns) - 1))


def _opened(
    office: Office, thread: StoredThread, place: int, reviews: Mapping[int, StoredReview], shown: Shown
) -> None:
    turn, key = thread.turns[place], turn_key(thread, place)
    with st.container(border=turn.hypothetical, key=f"turn-{key}"):
        if turn.hypothetical:
            show_hypothetical_head(turn, key=key)
        elif place != len(thread.turns) - 1:
            st.caption("The article as it stands")
        view = show_toolbar(office, thread, place, reviews, key=key)
        if view == ARTICLE:
            show_turn_article(turn, place + 1, office.knowledge, key=key, shown=shown)
        else:
            show_missing(office, thread)


def _show_all(thread_id: str) -> None:
    st.session_state[f"all-{thread_id}"] = True
