"""The report as a plain table, for eyes; `Report.model_dump_json` is the same for programs."""

from collections.abc import Iterator, Sequence

from evals.bench.figures import Report, Row, Section, Unit

HEADINGS = ("", "median", "lowest", "highest", "n", "subject / this")
NOTE = (
    "The first line of a section is its subject; the last column divides the subject's median by this line's.\n"
    "Peak memory is that of the largest process. Figures of one run: compare within it, not with another."
)


def table(report: Report) -> str:
    cells = [(part, [_cells(row) for row in part.rows]) for part in report.sections]
    lines = [HEADINGS, *(line for _, rows in cells for line in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    body = "\n\n".join("\n".join(_section(part, rows, widths)) for part, rows in cells)
    return f"{_header(report)}\n\n{body}\n\n{NOTE}\n"


def _header(report: Report) -> str:
    load = f"load average {report.load_average:.1f} at the start"
    machine = f"Python {report.python}, {report.processors} processors, {load}, {report.repeats} repeats"
    return f"{machine}\nguideline-qa is run as: {report.program}"


def _section(part: Section, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    yield _line((part.title, *HEADINGS[1:]), widths, indent="")
    yield from (_line(row, widths, indent="  ") for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int], *, indent: str) -> str:
    first = f"{indent}{cells[0]}".ljust(widths[0] + 2)
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join([first, *rest]).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    figures = [amount(value, row.unit) for value in (row.median, row.lowest, row.highest)]
    ratio = "" if row.subject_over_this is None else f"{row.subject_over_this:.3g}"
    return (f"{row.name}: {row.quantity}", *figures, str(len(row.values)), ratio)


def amount(value: float, unit: Unit) -> str:
    """The value with its unit; below a second in milliseconds."""
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
    if unit == "count":
        return f"{value:.0f}"
    return f"{value:.0f} {unit}" if unit == "MB" else f"{value:.1f} {unit}"
