"""The result goes to stdout, and nothing else does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.options import Format

if TYPE_CHECKING:
    from rag.article.blocks import Blocks


def print_json(text: str) -> None:
    """JSON is UTF-8, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def print_result(blocks: Blocks, *, output: Format) -> None:
    """Blocks as Markdown or as terminal text; JSON is printed by whoever has the model."""
    if output is Format.MARKDOWN:
        from rag.article.markdown import blocks_markdown

        sys.stdout.write(blocks_markdown(blocks))
        return
    from rich.console import Console

    from rag.article.terminal import print_blocks

    print_blocks(blocks, Console(file=sys.stdout, highlight=False))


def note(text: str) -> None:
    """A remark beside the result, on stderr."""
    print(text, file=sys.stderr)
