"""What comes of a run, for whoever calls from outside. Each function imports what it needs when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.frame.models import Report, SuiteReport
from evals.options import Options

if TYPE_CHECKING:
    from evals.compare import Comparison

HTML, JSON = "report.html", "report.json"


def report_in_words(report: Report, *, failures: int = 0) -> str:
    """With up to ``failures`` failures of each metric."""
    from evals.report.text import in_words

    return in_words(report, failures=failures)


def write_report(report: Report, folder: Path, *, against: Comparison | None = None) -> tuple[Path, Path]:
    """The page and the data; with ``against`` the page shows the differences too. Raises UserError."""
    from evals.kept import make_room
    from evals.report.html import page
    from evals.report.json_file import write
    from ingest.cache import write_atomically

    html, data = folder / HTML, folder / JSON
    make_room(folder)
    write(report, data)
    write_atomically(html, page(report, against=against))
    return html, data


def read_report(file: Path) -> Report:
    """Raises UserError for a file that is no report."""
    from evals.report.json_file import read

    return read(file)


def compare_reports(before: Report, after: Report, *, seed: int = 0) -> Comparison:
    from evals.compare import compare

    return compare(before, after, seed=seed)


def comparison_in_words(comparison: Comparison) -> str:
    from evals.compare import in_words

    return in_words(comparison)


def figures_hash(report: Report) -> str:
    """The same for two runs whose figures are the same, those of the clock aside."""
    from evals.report.json_file import figures_hash as hash_of

    return hash_of(report)


def make_worksheet(folder: Path, options: Options) -> tuple[Path, ...]:
    """The files written. Raises UserError, at once where the folder holds a worksheet already."""
    from evals.worksheet import check_empty, export, make

    check_empty(folder)
    return export(make(options), folder)


def judge_worksheets(files: Sequence[Path], options: Options) -> SuiteReport:
    """Raises UserError, CorpusErrors for files that cannot be read, by line."""
    from evals.worksheet import judge

    return judge(files, options)
