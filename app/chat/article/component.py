"""The article on the page: the scripts and styles of the component, and the call that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.chat.article.payload import payload

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

    from rag.article.models import Answer
    from rag.followup.models import Turn
    from rag.knowledge.library import Knowledge

NAME: Final = "guideline_qa_article"

#: One module in the browser: each part may use what the parts before it declare. The last has the entry point.
SCRIPTS: Final = ("dom", "copying", "panel", "verdict", "sections", "record", "checklist", "conflicts", "main")

_ASSETS: Final = Path(__file__).resolve().parent / "assets"


def show_article(
    answer: Answer, knowledge: Knowledge, *, focus: Sequence[str] = (), turn: Turn | None = None, key: str
) -> None:
    """Show ``answer`` where the script stands.

    ``focus``: ids of sections that stand open and first, the others fold; ``turn``: whose changes are told.
    ``key``: unique on the page, the same for the same turn. Nothing in the article asks the server anything.
    """
    data = payload(answer, knowledge, focus=focus, turn=turn).model_dump(mode="json")
    _renderer()(key=key, data=data)


@cache
def _renderer() -> ComponentRenderer:
    from streamlit.components import v2

    script = "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    return v2.component(NAME, css=_read("article.css"), js=script)


def _read(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")
