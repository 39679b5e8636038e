"""What a client can mend in a CDS Hooks request."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from rag.errors import UserError

REMEDY = "Send the request as CDS Hooks 2.0 and its resources as FHIR R4 describe them"


class CdsError(UserError):
    """A request that cannot be answered. ``place`` is the element; nothing of what the request holds is repeated."""

    def __init__(self, place: str, problem: str, remedy: str = REMEDY) -> None:
        super().__init__(f"{place}: {problem}. {remedy}.")
        self.place = place


def of_validation(error: ValidationError, place: str) -> CdsError:
    """The first fault pydantic found, below ``place``, without the value it found there."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return CdsError(place_of(place, first["loc"]), first["msg"].rstrip("."))


def place_of(place: str, inside: Sequence[str | int]) -> str:
    """``context.draftOrders.entry[2].resource`` from a path of names and numbers."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in inside)
    return (place + "".join(steps)).removeprefix(".")
