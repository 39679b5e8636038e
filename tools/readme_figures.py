"""Put the figures of a report into the README: python tools/readme_figures.py eval-report/report.json

Writes docs/figures.json, all figures of the report without its judgements, and the tables between the two marks in
README.md. Which figures, in what words, stands in tools/readme_figures.yaml. Nobody types a figure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from evals import Report, read_report
from evals.metrics.figure import Figure

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
FIGURES = ROOT / "docs" / "figures.json"
ROWS = Path(__file__).with_suffix(".yaml")
BEGIN, END = "<!-- figures: made by tools/readme_figures.py -->", "<!-- end of figures -->"
BASELINES = ("null", "lexical", "retrieve and read")
NONE = "–"

Figures = dict[str, Any]


def figures_of(report: Report) -> Figures:
    """By ``suite.metric``, then by method, the subject first: value, ends of the interval, n."""
    return {
        "software_version": report.software_version,
        "corpus_hash": report.corpus_hash,
        "seed": report.seed,
        "figures": {
            f"{suite.suite}.{measure.name}": {row.method: _numbers(row.figure) for row in measure.rows}
            for suite in report.suites
            for measure in suite.measures
        },
    }


def _numbers(figure: Figure) -> list[float | int | None]:
    return [figure.value, figure.low, figure.high, figure.n]


def block(figures: Figures, groups: list[dict[str, Any]]) -> str:
    """The text between the marks, marks included."""
    lines = [BEGIN, ""]
    lines.append(f"Corpus `{figures['corpus_hash'][:12]}`, version {figures['software_version']}.")
    for group in groups:
        lines += ["", f"| {group['title']} | guideline-qa | n | {' | '.join(BASELINES)} |", "|---|---|---|---|---|---|"]
        lines += [_line(row, figures["figures"]) for row in group["rows"]]
    return "\n".join([*lines, "", END])


def _line(row: dict[str, str], figures: Figures) -> str:
    """A figure that the report lacks is an error, not a gap. Raises KeyError."""
    methods = figures[row["measure"]]
    subject, *_ = methods.values()
    beside = [_value(methods[name][0]) if name in methods else NONE for name in BASELINES]
    value, low, high, n = subject
    shown = NONE if value is None else f"{value:.3f} [{low:.3f}-{high:.3f}]"
    return f"| {row['words']} | {shown} | {n} | {' | '.join(beside)} |"


def _value(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def with_block(readme: str, text: str) -> str:
    """Raises SystemExit where the README does not have both marks, once."""
    if (readme.count(BEGIN), readme.count(END)) != (1, 1):
        raise SystemExit(f"The README needs both marks once: {BEGIN} and {END}")
    before, _, rest = readme.partition(BEGIN)
    return before + text + rest.partition(END)[2]


def groups() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text(encoding="utf-8"))["groups"]
    return found


def whole(report: Report) -> Report:
    """Raises SystemExit for a report of a part of the items."""
    if any(suite.limit is not None or suite.half == "calibrate" for suite in report.suites):
        raise SystemExit("That report is of a part of the items. Take one of `make eval`.")
    return report


def main(arguments: list[str]) -> Iterator[Path]:
    if len(arguments) != 1:
        raise SystemExit("usage: python tools/readme_figures.py eval-report/report.json")
    figures = figures_of(whole(read_report(Path(arguments[0]))))
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    yield FIGURES
    README.write_text(with_block(README.read_text(encoding="utf-8"), block(figures, groups())), encoding="utf-8")
    yield README


if __name__ == "__main__":
    for written in main(sys.argv[1:]):
        print(written.relative_to(ROOT))
