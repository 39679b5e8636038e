"""Options that several commands share, each described once."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

DAY = "YYYY-MM-DD"


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class TextOrJson(StrEnum):
    TEXT = "text"
    JSON = "json"


def parse_day(text: str | datetime.date) -> datetime.date:
    """A day written 2026-02-12. Raises BadParameter, which names the option."""
    if isinstance(text, datetime.date):
        return text
    try:
        return datetime.datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day of the calendar. Write it as 2026-02-12.") from None


def today() -> datetime.date:
    """The only clock that may choose a policy's version: the outermost edge, and only when no date is given."""
    return datetime.date.today()


PayerOption = Annotated[
    str | None, typer.Option("--payer", metavar="NAME", help="Only this payer's policies; an id, a name or an alias.")
]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", metavar="ID", help="Only this policy; `guideline-qa policies` lists the ids.")
]
StateOption = Annotated[
    str | None, typer.Option("--state", metavar="XX", help="US state of the service; picks the Medicare contractor.")
]
DateOption = Annotated[
    datetime.date | None,
    typer.Option("--date", metavar=DAY, parser=parse_day, help="Date of service; selects versions. Default: today."),
]
DayOption = Annotated[
    datetime.date | None,
    typer.Option("--date", metavar=DAY, parser=parse_day, help="Only what is in force on this day."),
]
ClosedOption = Annotated[
    bool,
    typer.Option("--closed-record", help="The record is all there is: what it does not say counts as not shown."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How the result is printed.")]
TextOrJsonOption = Annotated[TextOrJson, typer.Option("--format", help="How the result is printed.")]
CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", metavar="DIR", help="Corpus folder. Default: the one that comes with the software."),
]
