"""Blocks as Markdown. Everything that is text stays text: no word of a question or a source can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch

from rag.article.blocks import (
    Banner,
    Block,
    Blocks,
    Bullets,
    Checklist,
    CheckRow,
    Heading,
    Numbered,
    Paragraph,
    PolicyTable,
    Quotation,
    References,
    Sentence,
    Sentences,
    Signature,
)
from rag.article.layout import answer_blocks
from rag.article.models import Answer, Reference
from rag.article.words import NO_LABELS, Labels, clean, published

#: A sentence of the check names this many criteria; the checklist has them all.
CRITERIA_SHOWN = 3
#: Where something is filled in by hand.
BLANK = "_" * 40

_SPECIAL = re.compile(r"([\\`*\[\]<>|~&])|(?<!\w)(_)|(_)(?!\w)")
_AT_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
#: What would end a link target in angle brackets, or begin an HTML tag.
_NOT_IN_LINKS = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"})


def answer_markdown(answer: Answer, *, labels: Labels = NO_LABELS) -> str:
    """The article as Markdown, ending in one newline."""
    return blocks_markdown(answer_blocks(answer, labels))


def blocks_markdown(blocks: Blocks) -> str:
    return "\n\n".join(_render(block) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """``text`` with every sign that Markdown or HTML would read as markup made harmless."""
    kept = _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(clean(text).split()))
    return _AT_START.sub(_harmless_start, kept)


def _harmless_start(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign}\\" if sign.isdigit() or sign[0].isdigit() else f"{found[1]}\\{sign}"


@singledispatch
def _render(block: Block) -> str:
    raise TypeError(f"no Markdown for {type(block).__name__}")


@_render.register
def _(block: Heading) -> str:
    return f"{'#' * block.level} {escaped(block.text)}"


@_render.register
def _(block: Paragraph) -> str:
    return escaped(block.text)


@_render.register
def _(block: Quotation) -> str:
    return f"> {escaped(block.text)}"


@_render.register
def _(block: Banner) -> str:
    words = escaped(block.words[:1].upper() + block.words[1:])
    if not block.headline:
        return f"# {words}"
    lines = [f"# {escaped(block.headline)}", f"**Status: {words}.**"]
    return "\n\n".join([*lines, escaped(block.basis)] if block.basis else lines)


@_render.register
def _(block: Sentences) -> str:
    if len(block.sentences) == 1:
        return _sentence(block.sentences[0])
    return "\n".join(f"- {_sentence(sentence)}" for sentence in block.sentences)


@_render.register
def _(block: PolicyTable) -> str:
    rows = (
        (f"{row.payer}: {row.title} ({row.policy_id})", row.version, row.window, row.words, row.reason)
        for row in block.rows
    )
    return _table(("Policy", "Version", "Window", "Status", "Why"), rows)


@_render.register
def _(block: Checklist) -> str:
    parts = [f"### {escaped(block.title)}: {escaped(block.words)}"]
    rows = ((row.words, _label(row), row.source) for row in block.rows)
    parts.append(_table(("Status", "Criterion", "Source"), rows))
    for note in block.notes:
        items = [escaped(item) for item in note.items]
        parts.append(f"{escaped(note.lead)}:\n\n" + "\n".join(f"- {item}" for item in items))
    return "\n\n".join(parts)


@_render.register
def _(block: Bullets) -> str:
    return "\n".join(f"- {escaped(item)}" for item in block.items)


@_render.register
def _(block: References) -> str:
    return "\n".join(_reference(reference) for reference in block.entries)


@_render.register
def _(block: Numbered) -> str:
    lines: list[str] = []
    for number, item in enumerate(block.items, start=1):
        lead = f"{number}. "
        lines.append(lead + escaped(item.text))
        lines += [f"{' ' * len(lead)}- {escaped(detail)}" for detail in item.details]
    return "\n".join(lines)


@_render.register
def _(block: Signature) -> str:
    return "\n\n".join(f"{escaped(name)}: {escaped(BLANK)}" for name in block.fields)


def _sentence(sentence: Sentence) -> str:
    markers = "".join(f" \\[{number}\\]" for number in sentence.markers)
    support = (*sentence.said, *([checked_words(sentence)] if sentence.checked else []))
    return f"{escaped(sentence.text)}{markers}" + "".join(f" *({escaped(words)})*" for words in support)


def checked_words(sentence: Sentence) -> str:
    """How a sentence that rests on the criteria check says so."""
    left_out = len(sentence.criteria) - CRITERIA_SHOWN
    named = ", ".join(sentence.criteria[:CRITERIA_SHOWN]) + (f" and {left_out} more" if left_out > 0 else "")
    return f"criteria check: {named}" if named else "criteria check"


def _label(row: CheckRow) -> str:
    label = ("↳ " if row.depth else "") + row.label
    return label + (f" ({'; '.join(row.remarks)})" if row.remarks else "")


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header)]
    text = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join(text + [f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows])


def _reference(reference: Reference) -> str:
    page = f", page {reference.page}" if reference.page else ""
    checked = f"last checked {reference.last_checked}"
    about = f"{reference.title}. {published(reference)}, {checked}{page}."
    link = clean(reference.url).translate(_NOT_IN_LINKS)
    return (
        f"{reference.n}. {escaped(about)} "
        f'"{escaped(reference.quote)}" ({escaped(f"{reference.document_id}#{reference.anchor}")}) <{link}>'
    )
