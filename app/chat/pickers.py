"""Payer, date, reader and the rest that a request fixes beside its words."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from app.chat import session
from app.chat.office import Office, the_office
from app.options import today
from app.store.threads import StoredThread
from rag.article.models import Audience
from rag.criteria.determination import Record
from rag.followup.models import CaseFile, Message, Selection
from rag.knowledge.library import Knowledge

READERS: Final = {
    Audience.CLINICIAN: "Clinician",
    Audience.REVIEWER: "Reviewer",
    Audience.PATIENT: "Patient or family",
}
NO_PAYER, NO_POLICY, NO_STATE = "No payer named", "Every policy of the payer", "No state named"
_RECORDS: Final = {Record.OPEN: "Open: what is not said is not known", Record.CLOSED: "Closed: this is all there is"}
ANY: Final = ""
"""What a picker holds where nothing is chosen."""
_NAMES: Final = ("payer", "on", "audience", "state", "policy", "record")


def show_pickers(office: Office, thread: StoredThread | None) -> None:
    """The pickers show what the thread says; choosing otherwise is a message to it."""
    _follow(thread)
    knowledge = office.knowledge
    chosen: dict[str, Any] = {"on_change": _chosen, "args": (thread is not None and _file_of(thread) is not None,)}
    names = {payer.id: payer.name for payer in knowledge.payers.values()}
    st.radio(
        "Which best describes you?", list(READERS), format_func=READERS.__getitem__, key=_key("audience"), **chosen
    )
    st.selectbox(
        "Payer",
        [ANY, *names],
        format_func=lambda payer: names[payer] if payer else NO_PAYER,
        key=_key("payer"),
        **chosen,
    )
    st.date_input("Date of service", format="YYYY-MM-DD", key=_key("on"), required=True, **chosen)
    with st.expander("More choices"):
        _more(knowledge, chosen)


def _more(knowledge: Knowledge, chosen: dict[str, Any]) -> None:
    payer = st.session_state[_key("payer")]
    states = sorted({state for policy in knowledge.policies.values() for state in policy.states})
    policies = [policy.id for policy in knowledge.policies.values() if payer in (ANY, policy.payer)]
    # A choice that is not among the options would be lost without a word.
    states += [s for s in [st.session_state[_key("state")]] if s and s not in states]
    policies += [p for p in [st.session_state[_key("policy")]] if p and p not in policies]
    st.selectbox("State", [ANY, *states], format_func=lambda state: state or NO_STATE, key=_key("state"), **chosen)
    st.selectbox(
        "Policy", [ANY, *policies], format_func=lambda policy: policy or NO_POLICY, key=_key("policy"), **chosen
    )
    st.radio("The record is", list(_RECORDS), format_func=_RECORDS.__getitem__, key=_key("record"), **chosen)


def picked() -> Selection:
    """What the pickers say now; a policy of another payer is let go."""
    values = {name: st.session_state[_key(name)] or None for name in _NAMES}
    policy = the_office().knowledge.policies.get(values["policy"] or ANY)
    if policy is not None and values["payer"] not in (None, policy.payer):
        values["policy"] = None
    return Selection(**values | {"on": values["on"] or today()})


def _chosen(has_case: bool) -> None:
    """With a case open, a choice is a message."""
    if has_case:
        session.send(Message(selection=picked()))


def _follow(thread: StoredThread | None) -> None:
    """Take over what the thread says, when it is another thread or has another turn."""
    mark = (thread.id, len(thread.turns)) if thread else None
    file = _file_of(thread) if thread else None
    known = _key("audience") in st.session_state
    if known and st.session_state.get("picked-for") == (mark, file is not None):
        return
    st.session_state["picked-for"] = (mark, file is not None)
    if file is not None:
        _take_over(file.selection)
    elif not known or thread is None or thread.turns:
        reader = st.session_state.get("reader", Audience.CLINICIAN)
        _take_over(Selection(on=today(), audience=reader))


def follow_again() -> None:
    """Let the next run show what the thread says, as after a choice that could not be used."""
    st.session_state.pop("picked-for", None)


def _take_over(selection: Selection) -> None:
    st.session_state["reader"] = selection.audience
    for name in _NAMES:
        st.session_state[_key(name)] = getattr(selection, name) or ANY


def _file_of(thread: StoredThread) -> CaseFile | None:
    return thread.turns[-1].case_file if thread.turns else None


def _reader(audience: Audience) -> str:
    return READERS[audience]


def _key(name: str) -> str:
    return f"pick-{name}"
