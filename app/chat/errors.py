"""What goes wrong on a page, said to whoever can mend it; nothing of a case reaches the server's log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.chat.plain import plain
from app.user_errors import FOR_THE_USER

LOGGER = logging.getLogger("guideline-qa")

UNEXPECTED = (
    "Something went wrong in the program. Nothing you sent is lost: load the page again to go on. "
    "If it happens again, tell whoever runs this page what you did; the server's log names the kind of fault."
)


def words_of(error: Exception) -> str:
    """The message of an error the user can mend; of any other only that there was one, its type to the log."""
    if isinstance(error, FOR_THE_USER):
        return str(error)
    LOGGER.error("a fault in the page (%s)", type(error).__name__)
    return UNEXPECTED


@contextmanager
def errors_shown() -> Iterator[None]:
    """Shows an error where it happened; the rest of the page goes on."""
    import streamlit as st

    try:
        yield
    except Exception as error:  # a page has no caller who could do better
        st.error(plain(words_of(error)), icon=":material/error:")


_LAST_STEP = "last-step-error"


def attempt(step: Callable[[], object]) -> bool:
    """Do what a button asks for; whether it was done. What went wrong is shown by ``show_last_error``."""
    import streamlit as st

    try:
        step()
    except Exception as error:  # as in errors_shown
        st.session_state[_LAST_STEP] = words_of(error)
        return False
    return True


def show_last_error() -> None:
    """What went wrong with the last step, once."""
    import streamlit as st

    if words := st.session_state.pop(_LAST_STEP, None):
        st.error(plain(words), icon=":material/error:")
