"""What a provider's error means: worth another attempt, another form of asking, or the end. Words without content."""

from __future__ import annotations

from http import HTTPStatus

from rag.model.deadline import TooSlow

_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
#: What servers answer to a form of request they do not know.
_FORM = frozenset({400, 404, 405, 415, 422, 501})
_KEY = frozenset({401, 403})


class RefusedForm(Exception):
    """The model knows no such form of asking."""


def status_of(error: BaseException) -> int | None:
    """The HTTP status, where the provider's error carries one."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def is_transient(error: BaseException) -> bool:
    """Whether the same call may succeed a little later."""
    status = status_of(error)
    if status is not None:
        return status in _TRANSIENT
    return not isinstance(error, TooSlow) and _is_connection(error)


def is_refused_form(error: BaseException) -> bool:
    """Whether the server understood that it was asked, but not so."""
    return isinstance(error, RefusedForm | NotImplementedError | TypeError) or status_of(error) in _FORM


def words_for(error: BaseException) -> str:
    """The fault in words. The error's own message stays out: it may repeat the prompt."""
    if isinstance(error, TooSlow):
        return "it did not answer in time"
    status = status_of(error)
    if status in _KEY:
        return f"it refused the key (status {status})"
    if status is not None:
        return f"it answered with status {status} ({_phrase(status)})"
    if _is_connection(error):
        return "it could not be reached"
    return f"its reply could not be used ({type(error).__name__})"


def _is_connection(error: BaseException) -> bool:
    names = {cause.__name__ for cause in type(error).__mro__}
    return bool(names & {"ConnectionError", "TransportError", "APIConnectionError", "TimeoutError"})


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "no known status"
