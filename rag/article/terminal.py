"""Blocks for a terminal, or as plain text where there is none. No table: lines wrap at any width."""

from __future__ import annotations

import io
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
    Heading,
    Numbered,
    Paragraph,
    PolicyRow,
    PolicyTable,
    Quotation,
    References,
    Sentence,
    Sentences,
    Signature,
)
from rag.article.layout import answer_blocks
from rag.article.lines import STATUS_STYLES, print_bullet, print_line
from rag.article.markdown import BLANK
from rag.article.models import Answer
from rag.article.terminal_checklist import FULL_CHECKLISTS, print_checklist
from rag.article.terminal_references import print_references
from rag.article.words import NO_LABELS, Labels, clean


def answer_text(answer: Answer, *, labels: Labels = NO_LABELS, width: int = 80, colour: bool = False) -> str:
    """The article as text of at most ``width`` columns, links apart; escape codes only with ``colour``."""
    return blocks_text(answer_blocks(answer, labels), width=width, colour=colour)


def blocks_text(blocks: Blocks, *, width: int = 80, colour: bool = False) -> str:
    system: Literal["standard"] | None = "standard" if colour else None
    console = Console(file=io.StringIO(), width=width, force_terminal=colour, color_system=system)
    print_blocks(blocks, console)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def print_answer(answer: Answer, console: Console, *, labels: Labels = NO_LABELS) -> None:
    print_blocks(answer_blocks(answer, labels), console)


def print_blocks(blocks: Blocks, console: Console) -> None:
    """Print ``blocks``, an empty line before each heading."""
    brief = sum(isinstance(block, Checklist) for block in blocks) > FULL_CHECKLISTS
    for place, block in enumerate(blocks):
        if place and isinstance(block, Heading | Checklist | Quotation):
            console.print()
        if isinstance(block, Checklist):
            print_checklist(block, console, brief=brief)
        else:
            _show(block, console)


@singledispatch
def _show(block: Block, console: Console) -> None:
    raise TypeError(f"no text for {type(block).__name__}")


@_show.register
def _(block: Heading, console: Console) -> None:
    print_line(console, Text(clean(block.text), style="bold underline" if block.level < 3 else "bold"))


@_show.register
def _(block: Paragraph, console: Console) -> None:
    print_line(console, Text(clean(block.text)))


@_show.register
def _(block: Quotation, console: Console) -> None:
    print_line(console, Text(f"{block.lead}: {' '.join(clean(block.text).split())}", style="italic"))


@_show.register
def _(block: Banner, console: Console) -> None:
    style = STATUS_STYLES[block.status] if block.status else "bold"
    print_line(console, Text(clean(block.words).upper(), style=style))
    for text, weight in ((block.headline, "bold"), (block.basis, "")):
        if text:
            print_line(console, Text(clean(text), style=weight))


@_show.register
def _(block: Sentences, console: Console) -> None:
    for sentence in block.sentences:
        print_bullet(console, _sentence(sentence))


@_show.register
def _(block: PolicyTable, console: Console) -> None:
    for row in block.rows:
        _policy(row, console)


@_show.register
def _(block: Bullets, console: Console) -> None:
    for item in block.items:
        print_bullet(console, Text(clean(item)))


@_show.register
def _(block: Numbered, console: Console) -> None:
    for number, item in enumerate(block.items, start=1):
        print_line(console, Text(clean(item.text), style="bold"), lead=Text(f"{number}. ".ljust(4)))
        for detail in item.details:
            print_line(console, Text(clean(detail)), indent=4, lead=Text("- "))


@_show.register
def _(block: Signature, console: Console) -> None:
    for name in block.fields:
        console.print()
        print_line(console, Text(f"{clean(name)}: {BLANK[: console.width - len(name) - 2]}"))


@_show.register
def _(block: References, console: Console) -> None:
    print_references(block.entries, block.said, console)


def _sentence(sentence: Sentence) -> Text:
    text = Text(clean(sentence.text))
    for number in sentence.markers:
        text.append(f" [{number}]", style="cyan")
    if sentence.checked:
        text.append(" [check]", style="cyan")
    for support in sentence.said:
        text.append(f" ({clean(support)})", style="dim")
    return text


def _policy(row: PolicyRow, console: Console) -> None:
    name = Text(f"{clean(row.payer)}: {clean(row.title)}", style="bold").append(
        f" ({row.policy_id})", style="not bold dim"
    )
    print_bullet(console, name)
    status = Text(row.words, style=STATUS_STYLES[row.status])
    print_line(console, status.append(f"; {clean(row.version)}, {row.window}", style="not bold default"), indent=4)
    print_line(console, Text(clean(row.reason)), indent=4)
