"""A worksheet as files: CSV for a spreadsheet program, and a page to tick in a browser or to print."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from evals.worksheet.cells import ASKED, COLUMNS, given_cells
from evals.worksheet.page import page
from evals.worksheet.sheet import Worksheet
from rag.errors import UserError

#: Spreadsheet programs know UTF-8 by its byte order mark only.
ENCODING = "utf-8-sig"
CSV_NAME, PAGE_NAME = "worksheet.csv", "worksheet.html"


def export(sheet: Worksheet, folder: Path) -> tuple[Path, ...]:
    """The files written. Raises UserError where the folder cannot be written, or holds a worksheet already."""
    check_empty(folder)
    files = {CSV_NAME: csv_text(sheet), PAGE_NAME: page(sheet)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text.encode(ENCODING if name == CSV_NAME else "utf-8"))
    except OSError as error:
        raise UserError(f"{folder} cannot be written ({error.strerror}). Name another folder.") from None
    return tuple(folder / name for name in files)


def check_empty(folder: Path) -> None:
    """Raises UserError where the folder holds a worksheet."""
    for name in (CSV_NAME, PAGE_NAME):
        if (folder / name).exists():
            raise UserError(f"{folder / name} is there already, and may hold judgements. Name another folder.")


def csv_text(sheet: Worksheet) -> str:
    """Lines end as RFC 4180 has it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((*given_cells(row), *("" for _ in ASKED)) for row in sheet.rows)
    return out.getvalue()
