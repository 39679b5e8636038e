"""The worksheet as one page without anything from elsewhere: to tick, to print, and to save as CSV."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from evals.worksheet.cells import COLUMNS, given_cells
from evals.worksheet.sheet import Worksheet

TEMPLATE = "page.html.j2"


def page(sheet: Worksheet) -> str:
    """HTML. Every word of a sentence or passage is text, whatever it holds."""
    data = {"sheet": sheet.id, "columns": COLUMNS, "rows": [given_cells(row) for row in sheet.rows]}
    return _template().render(sheet=sheet, data=data)


@cache
def _template() -> Template:
    folder = Path(__file__).resolve().parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE)
