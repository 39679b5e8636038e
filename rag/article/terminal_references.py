"""The bibliography on a terminal: a document is described once, and named again by its number."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rich.console import Console
from rich.text import Text

from rag.article.lines import print_line, print_unbroken
from rag.article.models import Reference
from rag.article.words import clean, published

_LEAD_WIDTH = len("[100] ")


def print_references(references: Iterable[Reference], said: Collection[str], console: Console) -> None:
    """In order of number. Versions of one document are described apart; quotes already ``said`` are not repeated."""
    described: dict[tuple[str, str], int] = {}
    for reference in references:
        first = described.setdefault((reference.document_id, reference.version), reference.n)
        _reference(reference, first, reference.quote in said, console)


def _reference(reference: Reference, first: int, said: bool, console: Console) -> None:
    lead = Text(f"[{reference.n}]".ljust(_LEAD_WIDTH), style="cyan")
    place = f"{reference.document_id}#{reference.anchor}" + (f", page {reference.page}" if reference.page else "")
    quote = Text(clean(place) + (", the sentence above" if said else ": "))
    if not said:
        quote.append(f'"{clean(reference.quote)}"', style="italic")
    if first != reference.n:
        print_line(console, Text(f"as [{first}], ").append_text(quote), lead=lead)
        return
    title = Text(clean(reference.title), style="bold")
    about = f". {published(reference)}, last checked {reference.last_checked}."
    print_line(console, title.append(clean(about), style="not bold"), lead=lead)
    print_line(console, quote, indent=_LEAD_WIDTH)
    print_unbroken(console, Text(" " * _LEAD_WIDTH + clean(reference.url), style="dim"))
