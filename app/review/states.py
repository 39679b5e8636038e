"""Which step is possible in which state, and where it leads."""

from __future__ import annotations

from typing import Final

from app.review.models import EventKind, ReviewError, State

_ANY: Final = frozenset(State)

#: Only a person's step leads to ``APPROVED``, and only from ``UNDER_REVIEW``.
STEPS: Final = {
    EventKind.RESUBMITTED: (_ANY, State.SUBMITTED),
    EventKind.STRUCK: (_ANY, State.SUBMITTED),
    EventKind.TAKEN_UP: (frozenset({State.SUBMITTED}), State.UNDER_REVIEW),
    EventKind.APPROVED: (frozenset({State.UNDER_REVIEW}), State.APPROVED),
    EventKind.SENT_BACK: (frozenset({State.UNDER_REVIEW, State.APPROVED}), State.SUBMITTED),
    EventKind.FELL_BACK: (frozenset({State.APPROVED}), State.SUBMITTED),
}

_REMEDY: Final = {
    EventKind.TAKEN_UP: "Load it again to see who reviews it",
    EventKind.APPROVED: "Take it up for review first",
    EventKind.SENT_BACK: "It is waiting for a reviewer already; leave a comment",
    EventKind.FELL_BACK: "It has to be reviewed anyway",
}


def after(state: State, step: EventKind) -> State:
    """The state after ``step``. Raises ``ReviewError`` for a step that is not possible now."""
    if step is EventKind.COMMENTED:
        return state
    possible, reached = STEPS[step]
    if state not in possible:
        now = state.value.replace("_", " ")
        raise ReviewError(f"The review is {now}: it cannot be {_PASSIVE[step]} now. {_REMEDY[step]}.")
    return reached


_PASSIVE: Final = {
    EventKind.TAKEN_UP: "taken up",
    EventKind.APPROVED: "approved",
    EventKind.SENT_BACK: "sent back",
    EventKind.FELL_BACK: "taken back",
}
