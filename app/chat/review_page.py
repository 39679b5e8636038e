"""Review: the queue of articles, and one of them open for judgement. A person approves; no machine does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import streamlit as st

from app.chat import session
from app.chat.errors import errors_shown, show_last_error
from app.chat.office import Office, the_office
from app.chat.plain import plain
from app.chat.review_view import show_review
from app.chat.review_words import ICONS, STATES, row_words
from app.options import today
from app.review.models import ReviewRow, State

_ALL: Final = "All"


def review_page() -> None:
    with errors_shown():
        office = the_office()
        review_id = st.query_params.get(session.REVIEW)
        if review_id:
            _one(office, review_id)
        else:
            _queue(office)


def _queue(office: Office) -> None:
    st.header("Review", anchor=False)
    st.caption("Articles submitted for a person's review. Nothing is approved by a machine.")
    show_last_error()
    office.reviews.refresh(knowledge=office.knowledge, today=today())
    rows = office.reviews.queue()
    chosen = st.radio("Show", [_ALL, *STATES.values()], horizontal=True, key="review-filter")
    shown = [row for row in rows if chosen in (_ALL, STATES[row.state])]
    _counts(rows)
    if not shown:
        st.info(_nothing(rows), icon=":material/inbox:")
    with st.container(gap="xxsmall"):
        for row in shown:
            _row(row)


def _counts(rows: Sequence[ReviewRow]) -> None:
    counted = [f"{sum(row.state is state for row in rows)} {STATES[state].lower()}" for state in State]
    st.caption(", ".join(counted))


def _nothing(rows: Sequence[ReviewRow]) -> str:
    if rows:
        return "No article is in this state."
    return "Nothing waits for review. Open an article on the Ask page and choose “Submit for review”."


def _row(row: ReviewRow) -> None:
    st.button(
        plain(row_words(row, now=datetime.now().astimezone())),
        key=f"open-{row.id}",
        icon=ICONS[row.state],
        type="tertiary",
        wrap=False,
        on_click=session.open_part,
        args=(session.REVIEW, row.id),
    )


def _one(office: Office, review_id: str) -> None:
    st.button(
        "All reviews",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session.open_part,
        args=(session.REVIEW, None),
    )
    show_last_error()
    review = office.reviews.current(review_id, knowledge=office.knowledge, today=today())
    show_review(office, review)
