"""The form on the page: each value counts as soon as it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from app.chat import session
from app.chat.form_fields import (
    FORM_LENGTH,
    NO,
    YES,
    Field,
    fields_of,
    grouped,
    in_their_places,
    placeholder,
    read_typed,
    would_change,
)
from app.chat.plain import plain, say
from app.store.threads import StoredThread
from rag.article.models import Answer
from rag.article.words import value_words
from rag.criteria.values import FactValueError
from rag.followup.models import CaseFile, Message, TurnKind
from rag.knowledge.library import Knowledge

NOT_DOCUMENTED: Final = "not documented"
_CHANGES_SHOWN: Final = 3


def show_form(answer: Answer, file: CaseFile, thread: StoredThread, knowledge: Knowledge) -> None:
    """What is missing as fields, and what would change the determination."""
    thread_id = thread.id
    places = f"form-places-{thread_id}"
    fields = in_their_places(fields_of(answer, file.case, knowledge), st.session_state.get(places, ()))
    st.session_state[places] = [field.id for field in fields]
    if not fields:
        return
    st.subheader("What is missing", anchor=False)
    st.caption("Fill in what the record shows; each value counts at once. Leave open what it does not say.")
    _outcome(answer, thread)
    _fields(fields[:FORM_LENGTH], thread_id)
    if rest := fields[FORM_LENGTH:]:
        _more(rest, thread_id)
    _would_change(answer)


def _outcome(answer: Answer, thread: StoredThread) -> None:
    """The determination as it stands, and what the last value changed."""
    last, waiting = thread.turns[-1], thread.pending
    if waiting is not None and waiting.facts is not None:
        st.info("Checking the criteria …", icon=":material/hourglass_top:")
        return
    filled = last.kind in (TurnKind.FORM, TurnKind.CORRECTION)
    headline = f"**{plain(answer.verdict.headline)}**" if answer.verdict else ""
    st.info("\n\n".join([headline, plain(last.reply)] if filled else [headline]), icon=":material/fact_check:")


def _more(fields: Sequence[Field], thread_id: str) -> None:
    """The other fields by group; made only when they are looked at."""
    fold = st.expander(f"More ({len(fields)})", key=f"form-more-{thread_id}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        for group, members in grouped(fields):
            st.markdown(f"**{plain(group)}**")
            _fields(members, thread_id)


def _fields(fields: Sequence[Field], thread_id: str) -> None:
    for field in fields:
        with st.container(gap="xsmall"):
            # In a place of its own: an error that comes or goes does not move the others from under the cursor.
            _field(field, thread_id)


def _field(field: Field, thread_id: str) -> None:
    key = f"form-{thread_id}-{field.id}"
    _set(key, field)
    label = plain(field.question)
    for said in field.said:
        say(f"The record says: {said}")
    options: dict[str, Any] = {"key": key, "on_change": _filled, "args": (key, field)}
    match field.spec.type:
        case "boolean":
            st.radio(label, [NOT_DOCUMENTED, YES, NO], horizontal=True, **options)
        case "choice":
            st.selectbox(
                label,
                [NOT_DOCUMENTED, *field.spec.choices],
                format_func=value_words,
                **options,
            )
        case _:
            st.text_input(label, placeholder=placeholder(field.spec), **options)
    if error := st.session_state.get(f"{key}-error"):
        st.error(plain(error), icon=":material/error:")


def _set(key: str, field: Field) -> None:
    """What the form says in the record, when that is news; until then what is typed stays."""
    shown = f"{key}-shown"
    empty = {"boolean": NOT_DOCUMENTED, "choice": NOT_DOCUMENTED}.get(field.spec.type, "")
    value = empty if field.corrects or field.value is None else field.value
    if key not in st.session_state or st.session_state.get(shown, value) != value:
        st.session_state[key] = value
    st.session_state[shown] = value


def _filled(key: str, field: Field) -> None:
    typed = st.session_state[key]
    st.session_state.pop(f"{key}-error", None)
    try:
        value = read_typed(None if typed == NOT_DOCUMENTED else typed, field.spec)
    except FactValueError as error:
        st.session_state[f"{key}-error"] = str(error)
        return
    session.send(Message(facts={field.id: value}, correct=field.corrects))


def _would_change(answer: Answer) -> None:
    changes = would_change(answer)
    if not changes:
        return
    with st.expander("What would change this?"):
        for policy, texts in changes:
            st.markdown(f"**{plain(policy)}**")
            for text in texts[:_CHANGES_SHOWN]:
                say(text)
            if len(texts) > _CHANGES_SHOWN:
                st.caption(f"and {len(texts) - _CHANGES_SHOWN} more ways")
