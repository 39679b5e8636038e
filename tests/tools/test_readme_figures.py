"""No figure of the README is typed by hand: each stands in the figures of a report."""

from __future__ import annotations

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from evals.frame.floors import load_floors

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tools" / "readme_figures.py"
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = spec_from_file_location("readme_figures", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_the_readme_are_those_of_the_figures(tool: ModuleType) -> None:
    figures = json.loads(tool.FIGURES.read_text(encoding="utf-8"))
    assert tool.block(figures, tool.groups()) in README


def test_outside_the_tables_the_readme_has_no_measured_figure(tool: ModuleType) -> None:
    before, _, rest = README.partition(tool.BEGIN)
    outside = before + rest.partition(tool.END)[2]
    assert re.findall(r"\[\d\.\d+-\d\.\d+\]|95 % interval of|\b0\.\d\d+\b", outside) == []


def test_a_figure_that_the_report_lacks_is_an_error_and_no_gap(tool: ModuleType) -> None:
    with pytest.raises(KeyError, match="made-up"):
        tool.block(
            {"corpus_hash": "0" * 12, "software_version": "1", "figures": {}},
            [{"title": "t", "rows": [{"measure": "made-up", "words": "w"}]}],
        )


def test_only_what_stands_between_the_marks_is_replaced(tool: ModuleType) -> None:
    old = f"before\n{tool.BEGIN}\nold\n{tool.END}\nafter"
    assert tool.with_block(old, f"{tool.BEGIN}\nnew\n{tool.END}") == f"before\n{tool.BEGIN}\nnew\n{tool.END}\nafter"


@pytest.mark.parametrize("marks", ["", "BEGIN", "END", "BEGIN END BEGIN END"])
def test_without_both_marks_once_the_readme_is_left_alone(tool: ModuleType, marks: str) -> None:
    text = marks.replace("BEGIN", tool.BEGIN).replace("END", tool.END)
    with pytest.raises(SystemExit, match="both marks"):
        tool.with_block(text, "new")


def test_every_floor_is_of_a_metric_that_was_measured_and_held(tool: ModuleType) -> None:
    figures = json.loads(tool.FIGURES.read_text(encoding="utf-8"))["figures"]
    for floor in load_floors():
        subject = next(iter(figures[floor.measure].values()))
        assert subject[0] is not None and subject[0] >= floor.at_least, floor.measure
