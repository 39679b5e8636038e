"""Which policies decide, in which version, and how the record is read: what many methods take by these names."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from rag.criteria.determination import Record


class Choosing(TypedDict, total=False):
    """``payer``: an id, a name or an alias; ``policy``: an id; ``state``: of the service, two letters;
    ``on``: the date of service (default: today, as the server has it); ``record``: open or closed.
    """

    payer: str | None
    policy: str | None
    state: str | None
    on: date | None
    record: Record | None
