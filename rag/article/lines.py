"""Wrapped lines on a terminal, and the colours of statuses."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from rag.criteria.determination import CriterionStatus, Status

#: Lines longer than this are hard to read, whatever the window's width.
WIDEST = 120
#: Below this many columns text is left to run over the edge.
NARROWEST = 20

STATUS_STYLES: Mapping[Status, str] = {
    Status.MET: "bold green",
    Status.NOT_MET: "bold red",
    Status.NOT_COVERED: "bold red",
    Status.DOCUMENTATION: "bold yellow",
    Status.POLICY_CHECK: "bold cyan",
    Status.NOT_APPLICABLE: "dim",
}
CRITERION_STYLES: Mapping[CriterionStatus, str] = {
    CriterionStatus.MET: "green",
    CriterionStatus.NOT_MET: "red",
    CriterionStatus.NOT_DOCUMENTED: "yellow",
    CriterionStatus.NOT_APPLICABLE: "dim",
}


def print_line(console: Console, text: Text, *, lead: Text | None = None, indent: int = 0) -> None:
    """One paragraph; ``lead`` stands before its first line, further lines are set in by as much."""
    lead = lead or Text()
    inner = indent + lead.cell_len
    first = Text(" " * indent).append_text(lead)
    for line in text.wrap(console, max(min(console.width, WIDEST) - inner, NARROWEST)):
        line.rstrip()
        print_unbroken(console, first.append_text(line))
        first = Text(" " * inner)


def print_bullet(console: Console, text: Text, *, indent: int = 0) -> None:
    print_line(console, text, lead=Text("- "), indent=indent)


def print_unbroken(console: Console, text: Text) -> None:
    """One line as it is, however long: a link that is broken cannot be opened."""
    console.print(text, no_wrap=True, overflow="ignore", crop=False)
