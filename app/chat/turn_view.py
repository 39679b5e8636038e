"""Turns on the page: the words, the reply, and the article where it is wanted."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.chat import session
from app.chat.article.component import show_article
from app.chat.plain import plain, say
from app.chat.turn_words import line_of, said_words
from rag.article.models import Answer
from rag.followup.models import Message, Turn
from rag.knowledge.library import Knowledge

USER, PROGRAM = ":material/person:", ":material/clinical_notes:"
RECORD_THIS = "Record that"

#: The article as it is to be shown, with the state of its review where it has one.
Shown = Callable[[int, Answer], Answer]


def show_folded(turn: Turn, number: int, knowledge: Knowledge, *, key: str, shown: Shown) -> None:
    """A line; the article is only made when it is opened."""
    fold = st.expander(plain(line_of(turn, number)), key=f"fold-{key}", on_change="rerun", type="compact")
    if fold.open:
        with fold:
            say(said_words(turn))
            if turn.reply:
                say(turn.reply)
            show_turn_article(turn, number, knowledge, key=f"{key}-folded", shown=shown)


def show_exchange(turn: Turn) -> None:
    """What was said, and what was replied."""
    show_words(said_words(turn))
    if turn.reply and not turn.hypothetical:
        with st.chat_message("assistant", avatar=PROGRAM):
            say(turn.reply)


def show_words(said: str) -> None:
    """What the user said, as text."""
    if said:
        with st.chat_message("user", avatar=USER):
            say(said)


def show_hypothetical_head(turn: Turn, *, key: str) -> None:
    """The mark of a supposition, and the two ways on."""
    st.badge("HYPOTHETICAL, not in the record", icon=":material/science:", color="orange")
    say(turn.reply)
    with st.container(horizontal=True):
        st.button(
            "Record this",
            type="primary",
            key=f"record-{key}",
            on_click=session.send,
            args=(Message(text=RECORD_THIS),),
        )
        st.button("Back to the record", key=f"back-{key}", on_click=session.set_aside, args=(key,))


def show_turn_article(turn: Turn, number: int, knowledge: Knowledge, *, key: str, shown: Shown) -> None:
    if turn.answer is not None:
        answer = shown(number, turn.answer)
        show_article(answer, knowledge, focus=turn.focus, turn=turn, key=f"article-{key}")
