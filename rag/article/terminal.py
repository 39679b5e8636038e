"""Blocks for a terminal, or as plain text where there is none. No table: lines wrap at any width."""

from __future__ import annotations

import io
from collections import Counter
from functools import singledispatch
from typing import Literal

from rich.console import Console
from rich.text import Text

from rag.article.blocks import (
    Banner,
    Block,
    Blocks,
    Bullets,
    Checklist,
    CheckRow,
    Heading,
    Paragraph,
    PolicyRow,
    PolicyTable,
    Quotation,
    References,
    Sentence,
    Sentences,
)
from rag.article.layout import answer_blocks
from rag.article.models import Answer, Reference
from rag.article.wording import ROW_STATUS
from rag.article.words import NO_LABELS, Labels, clean, published
from rag.criteria.determination import CriterionStatus, Status

#: Lines longer than this are hard to read, whatever the window's width.
WIDEST = 120
#: Below this many columns text is left to run over the edge.
NARROWEST = 20

_STATUS_STYLES = {
    Status.MET: "bold green",
    Status.NOT_MET: "bold red",
    Status.NOT_COVERED: "bold red",
    Status.DOCUMENTATION: "bold yellow",
    Status.POLICY_CHECK: "bold cyan",
    Status.NOT_APPLICABLE: "dim",
}
_CRITERION_STYLES = {
    CriterionStatus.MET: "green",
    CriterionStatus.NOT_MET: "red",
    CriterionStatus.NOT_DOCUMENTED: "yellow",
    CriterionStatus.NOT_APPLICABLE: "dim",
}
_SHOWN = (CriterionStatus.NOT_MET, CriterionStatus.NOT_DOCUMENTED)
_COUNTED = (CriterionStatus.MET, CriterionStatus.NOT_APPLICABLE)
_STATUS_WIDTH = max(len(ROW_STATUS[status]) for status in _SHOWN) + 2


def answer_text(answer: Answer, *, labels: Labels = NO_LABELS, width: int = 80, colour: bool = False) -> str:
    """The article as text of at most ``width`` columns, links apart; escape codes only with ``colour``."""
    system: Literal["standard"] | None = "standard" if colour else None
    console = Console(file=io.StringIO(), width=width, force_terminal=colour, color_system=system)
    print_answer(answer, console, labels=labels)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def print_answer(answer: Answer, console: Console, *, labels: Labels = NO_LABELS) -> None:
    print_blocks(answer_blocks(answer, labels), console)


def print_blocks(blocks: Blocks, console: Console) -> None:
    """Print ``blocks``, an empty line before each heading."""
    for place, block in enumerate(blocks):
        if place and isinstance(block, Heading | Checklist | Quotation):
            console.print()
        _show(block, console)


@singledispatch
def _show(block: Block, console: Console) -> None:
    raise TypeError(f"no text for {type(block).__name__}")


@_show.register
def _(block: Heading, console: Console) -> None:
    _line(console, Text(clean(block.text), style="bold underline" if block.level < 3 else "bold"))


@_show.register
def _(block: Paragraph, console: Console) -> None:
    _line(console, Text(clean(block.text)))


@_show.register
def _(block: Quotation, console: Console) -> None:
    _line(console, Text(f"{block.lead}: {' '.join(clean(block.text).split())}", style="italic"))


@_show.register
def _(block: Banner, console: Console) -> None:
    style = _STATUS_STYLES[block.status] if block.status else "bold"
    _line(console, Text(clean(block.words).upper(), style=style))
    for text, weight in ((block.headline, "bold"), (block.basis, "")):
        if text:
            _line(console, Text(clean(text), style=weight))


@_show.register
def _(block: Sentences, console: Console) -> None:
    for sentence in block.sentences:
        _bullet(console, _sentence(sentence))


@_show.register
def _(block: PolicyTable, console: Console) -> None:
    for row in block.rows:
        _policy(row, console)


@_show.register
def _(block: Checklist, console: Console) -> None:
    title = Text(clean(block.title), style="bold")
    _line(console, title.append(": ").append(block.words, style=_STATUS_STYLES[block.status]))
    shown = {row.id for row in block.rows if row.status in _SHOWN}
    for row in block.rows:
        # A part is read under its criterion; without it, it would hang in the air.
        if row.id in shown and (not row.depth or row.id.partition(".")[0] in shown):
            _check_row(row, console)
    _rest(block, console)
    for note in block.notes:
        _line(console, Text(f"{clean(note.lead)}:", style="dim"), indent=2)
        for item in note.items:
            _bullet(console, Text(clean(item)), indent=4)


@_show.register
def _(block: Bullets, console: Console) -> None:
    for item in block.items:
        _bullet(console, Text(clean(item)))


@_show.register
def _(block: References, console: Console) -> None:
    for reference in block.entries:
        _reference(reference, console)


def _line(console: Console, text: Text, *, lead: Text | None = None, indent: int = 0) -> None:
    """One paragraph; ``lead`` stands before its first line, further lines are set in by as much."""
    lead = lead or Text()
    indent += lead.cell_len
    width = min(console.width, WIDEST) - indent
    first = Text(" " * (indent - lead.cell_len)).append_text(lead)
    for line in text.wrap(console, max(width, NARROWEST)):
        line.rstrip()
        console.print(first.append_text(line), no_wrap=True, overflow="ignore", crop=False, highlight=False)
        first = Text(" " * indent)


def _bullet(console: Console, text: Text, *, indent: int = 0) -> None:
    _line(console, text, lead=Text("- "), indent=indent)


def _sentence(sentence: Sentence) -> Text:
    text = Text(clean(sentence.text))
    for number in sentence.markers:
        text.append(f" [{number}]", style="cyan")
    for support in sentence.support:
        text.append(f" ({clean(support)})", style="dim")
    return text


def _policy(row: PolicyRow, console: Console) -> None:
    name = Text(f"{clean(row.payer)}: {clean(row.title)}", style="bold").append(f" ({row.policy_id})", style="dim")
    _bullet(console, name)
    status = Text(row.words, style=_STATUS_STYLES[row.status])
    _line(console, status.append(f"; {clean(row.version)}, {row.window}", style="default not bold"), indent=4)
    _line(console, Text(clean(row.reason)), indent=4)


def _check_row(row: CheckRow, console: Console) -> None:
    text = Text(clean(row.label))
    if row.remarks:
        text.append(f" ({clean('; '.join(row.remarks))})", style="dim")
    lead = Text(row.words.ljust(_STATUS_WIDTH), style=_CRITERION_STYLES[row.status])
    _line(console, text, lead=lead, indent=2 + 2 * row.depth)


def _rest(block: Checklist, console: Console) -> None:
    """How many criteria are not shown, by status."""
    counted = Counter(row.status for row in block.rows if not row.depth)
    left_out = [f"{counted[status]} {ROW_STATUS[status]}" for status in _COUNTED if counted[status]]
    if left_out:
        _line(console, Text(f"besides: {', '.join(left_out)} (--format markdown lists them)", style="dim"), indent=2)


def _reference(reference: Reference, console: Console) -> None:
    lead = Text(f"[{reference.n}] ".ljust(5), style="cyan")
    page = f", page {reference.page}" if reference.page else ""
    title = Text(clean(reference.title), style="bold")
    about = f". {published(reference)}, last checked {reference.last_checked}{page}."
    _line(console, title.append(clean(about), style="not bold"), lead=lead)
    where = f" ({reference.document_id}#{reference.anchor})"
    quote = Text(f'"{clean(reference.quote)}"', style="italic").append(clean(where), style="dim not italic")
    _line(console, quote, indent=lead.cell_len)
    # A broken link cannot be opened: it may leave the line.
    link = Text(" " * lead.cell_len + clean(reference.url), style="dim")
    console.print(link, no_wrap=True, overflow="ignore", crop=False)
