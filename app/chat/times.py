"""When something was, as a person says it."""

from __future__ import annotations

from datetime import datetime


def when(at: datetime, *, now: datetime) -> str:
    """ "today 14:05", "yesterday 09:30", "2026-11-20 09:30"; in the time zone of ``now``."""
    local = at.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"{local:%Y-%m-%d}")
    return f"{day} {local:%H:%M}"
