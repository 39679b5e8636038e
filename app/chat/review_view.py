"""One article under review, and what a reviewer can do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

import streamlit as st

from app.chat import session
from app.chat.article.component import show_article
from app.chat.errors import attempt
from app.chat.exports_view import show_exports
from app.chat.office import Office, the_office
from app.chat.plain import plain, say
from app.chat.review_words import (
    ICONS,
    STATES,
    event_words,
    fall_reason,
    numbered,
    sections_with_sentences,
)
from app.options import today
from app.review.models import State, StoredReview
from app.review.shown import with_review
from rag.errors import UserError

_COLORS: Final[dict[State, Literal["green", "blue", "gray"]]] = {
    State.SUBMITTED: "gray",
    State.UNDER_REVIEW: "blue",
    State.APPROVED: "green",
}
_NAME, _COMMENT, _REASON, _SECTION = "reviewer-name", "review-comment", "strike-reason", "strike-section"


def show_review(office: Office, review: StoredReview) -> None:
    st.badge(
        STATES[review.state], icon=ICONS[review.state], color="green" if review.state is State.APPROVED else "blue"
    )
    if reason := fall_reason(review):
        st.warning(f"The approval fell back: {plain(reason)}", icon=":material/history:")
    _steps(review)
    article = with_review(review.article, review)
    show_article(article, office.knowledge, key=f"review-{review.id}-{review.revision}")
    show_exports(article, office, key=f"review-{review.id}")
    _strike(review)
    _history(review)
    if st.button("Open the thread", icon=":material/chat:"):
        st.switch_page(session.pages().ask, query_params={session.THREAD: review.thread_id})


def _steps(review: StoredReview) -> None:
    """The reviewer's name, kept for this window, and the steps that are possible now."""
    st.session_state.setdefault(_NAME, st.session_state.get("reviewer", ""))
    st.text_input("Your name, as it will stand in the history", key=_NAME, max_chars=120, on_change=_keep_name)
    st.text_area("Comment", key=_COMMENT, height=80, placeholder="Needed to send an article back.")
    with st.container(horizontal=True):
        if review.state is State.SUBMITTED:
            _button("Take up for review", _take_up, review, primary=True)
        if review.state is State.UNDER_REVIEW:
            _button("Approve", _approve, review, primary=True)
        if review.state is not State.SUBMITTED:
            _button("Send back", _send_back, review)
        _button("Add comment", _comment, review)


def _button(label: str, step: Callable[[StoredReview], None], review: StoredReview, *, primary: bool = False) -> None:
    kind = "primary" if primary else "secondary"
    st.button(label, type=kind, on_click=step, args=(review,), key=f"{label}-{review.id}")  # type: ignore[arg-type]


def _keep_name() -> None:
    st.session_state["reviewer"] = st.session_state[_NAME]


def _take_up(review: StoredReview) -> None:
    attempt(lambda: the_office().reviews.take_up(review.id, reviewer=_name()))


def _approve(review: StoredReview) -> None:
    """Exactly the article on screen: one that changed meanwhile is not approved."""
    office = the_office()
    attempt(
        lambda: office.reviews.approve(
            review.id, reviewer=_name(), seen=review.content_hash, knowledge=office.knowledge, today=today()
        )
    )


def _send_back(review: StoredReview) -> None:
    if attempt(lambda: the_office().reviews.send_back(review.id, reviewer=_name(), comment=_words(_COMMENT))):
        st.session_state[_COMMENT] = ""


def _comment(review: StoredReview) -> None:
    if attempt(lambda: the_office().reviews.comment(review.id, author=_name(), text=_words(_COMMENT))):
        st.session_state[_COMMENT] = ""


def _name() -> str:
    return _words(_NAME)


def _words(key: str) -> str:
    return str(st.session_state.get(key) or "")


def _strike(review: StoredReview) -> None:
    """A struck sentence makes a new revision, which has to be reviewed again."""
    fold = st.expander("Strike a sentence", icon=":material/format_strikethrough:", on_change="rerun")
    if not fold.open:
        return
    with fold:
        sections = {section.id: section for section in sections_with_sentences(review.article)}
        chosen = st.selectbox("Section", list(sections), format_func=lambda name: sections[name].heading, key=_SECTION)
        sentences = dict(numbered(sections[chosen]))
        st.radio(
            "Sentence",
            list(sentences),
            index=None,
            format_func=lambda n: plain(f"{n}. {sentences[n]}"),
            key=_sentence_key(review, chosen),
        )
        st.text_input("Reason", key=_REASON, max_chars=2_000)
        st.button("Strike it", on_click=_strike_it, args=(review,), key=f"strike-{review.id}")


def _sentence_key(review: StoredReview, section: str) -> str:
    """A choice belongs to its section and revision: none is carried over to other sentences."""
    return f"strike-{review.id}-{review.revision}-{section}"


def _strike_it(review: StoredReview) -> None:
    """What is chosen when the button is pressed counts, not what was when it was drawn."""
    section = str(st.session_state[_SECTION])
    sentence = st.session_state.get(_sentence_key(review, section))
    if attempt(lambda: _struck(review, section, sentence)):
        st.session_state[_REASON] = ""


def _struck(review: StoredReview, section: str, sentence: int | None) -> StoredReview:
    if sentence is None:
        raise UserError("Choose the sentence to strike first; nothing was changed.")
    return the_office().reviews.strike(
        review.id,
        reviewer=_name(),
        section=section,
        sentence=sentence,
        reason=_words(_REASON),
        seen=review.content_hash,
    )


def _history(review: StoredReview) -> None:
    st.markdown("**History**")
    now = datetime.now().astimezone()
    for event in review.history:
        say(event_words(event, now=now))
