"""What one can do with the article that stands open: fill in what is missing, ask on, export it, have it reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from app.chat import session
from app.chat.errors import attempt
from app.chat.exports_view import show_exports
from app.chat.form_fields import fields_of
from app.chat.form_view import show_form
from app.chat.office import Office, the_office
from app.chat.plain import plain
from app.chat.reviewed import as_reviewed
from app.chat.suggestions import suggestions
from app.chat.turn_words import standing
from app.review.models import StoredReview
from app.store.threads import StoredThread
from rag.article.models import Answer, Kind
from rag.followup.models import CaseFile, Message, Turn

ARTICLE: Final = "Article"
_MISSING: Final = "What is missing"


def show_toolbar(
    office: Office, thread: StoredThread, place: int, reviews: Mapping[int, StoredReview], *, key: str
) -> str:
    """The row above the article; what is to be seen below it."""
    turn, review = thread.turns[place], reviews.get(place + 1)
    assert turn.answer is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        view = _views(office, thread)
        _suggestions(office, turn, key)
        show_exports(as_reviewed(turn.answer, review), office, key=key)
        _review(thread, turn, place + 1, review)
    return view


def show_missing(office: Office, thread: StoredThread) -> None:
    """The form of what is missing, for the record as it stands."""
    found = _record(thread)
    if found is not None:
        answer, file = found
        show_form(answer, file, thread, office.knowledge)


def _views(office: Office, thread: StoredThread) -> str:
    """Article or form; a message of words brings the article back."""
    found = _record(thread)
    fields = fields_of(found[0], found[1].case, office.knowledge) if found else ()
    if not fields:
        return ARTICLE
    if session.wants_article() or session.VIEW not in st.session_state:
        st.session_state[session.VIEW] = ARTICLE
    chosen = st.segmented_control(
        "View", [ARTICLE, _MISSING], key=session.VIEW, required=True, label_visibility="collapsed"
    )
    return chosen or ARTICLE


def _record(thread: StoredThread) -> tuple[Answer, CaseFile] | None:
    """The article whose determinations are those of the record, and the record."""
    place = standing(thread.turns)
    file = thread.turns[-1].case_file if thread.turns else None
    answer = thread.turns[place].answer if place is not None else None
    return None if answer is None or file is None else (answer, file)


def _suggestions(office: Office, turn: Turn, key: str) -> None:
    if turn.answer is None or turn.case_file is None or turn.hypothetical:
        return
    with st.popover("Ask next", icon=":material/forum:", key=f"next-{key}"):
        for number, suggestion in enumerate(suggestions(turn.answer, turn.case_file, office.knowledge)):
            st.button(
                plain(suggestion.label),
                key=f"ask-{key}-{number}",
                on_click=session.send,
                args=(Message(text=suggestion.text),),
                width="stretch",
            )


def _review(thread: StoredThread, turn: Turn, number: int, review: StoredReview | None) -> None:
    """Submit the article, or see what became of it. Nothing supposed and nothing refused can be reviewed."""
    icon, key = ":material/rate_review:", f"{thread.id}-{number}"
    if review is not None:
        state = review.state.value.replace("_", " ")
        if st.button(f"Review: {state}", icon=icon, key=f"to-review-{key}"):
            st.switch_page(session.pages().review, query_params={session.REVIEW: review.id})
    elif turn.answer is not None and not turn.hypothetical and turn.answer.kind is not Kind.REFUSAL:
        st.button("Submit for review", icon=icon, on_click=_submit, args=(thread.id, number), key=f"submit-{key}")


def _submit(thread_id: str, number: int) -> None:
    attempt(lambda: the_office().reviews.submit(thread_id, number))
