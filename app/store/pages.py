"""Pages by place: what follows the last row seen, so that rows that come in meanwhile shift nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ColumnElement, and_, false, or_

from app.store.ids import could_be_id
from app.store.tables import moment_text

#: The time and the id of a row, by which its list is ordered.
Place = tuple[datetime, str]


def beyond(place: Place, moment: Column[datetime], row_id: Column[str], *, newest_first: bool) -> ColumnElement[bool]:
    """Of a list ordered by ``moment``, then by id: the rows after ``place``. None where no row could have that place.

    Places come back from outside, where somebody may have made one up.
    """
    at, last = place
    if not could_be_id(last) or not _is_moment(at):
        return false()
    further = moment < at if newest_first else moment > at
    return or_(further, and_(moment == at, row_id > last))


def _is_moment(at: datetime) -> bool:
    try:
        moment_text(at)
    except OverflowError:
        return False
    return True
