"""The page as bytes: all that was measured is in it, and nothing in it can act."""

from __future__ import annotations

import re
import subprocess
import sys

from evals.compare import compare
from evals.report.html import page
from tests.evals.report.made import SCRIPT, example, measure, report, suite

FAR = ("http://", "https://", "//fonts", "@import", "url(")


def test_the_same_report_gives_the_same_bytes_in_another_process() -> None:
    program = "import sys, evals.report.html as h, tests.evals.report.made as m; sys.stdout.write(h.page(m.example()))"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert other.stdout == page(example())


def test_a_comparison_of_the_same_two_runs_gives_the_same_bytes() -> None:
    one = compare(example(), example())
    assert page(example(), against=one) == page(example(), against=compare(example(), example()))


def test_the_page_names_no_other_place_and_forbids_asking_any() -> None:
    html = page(example())
    assert [sign for sign in FAR if sign in html] == []
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"" in html


def test_marks_in_a_text_are_shown_and_not_obeyed() -> None:
    html = page(example())
    assert SCRIPT not in html
    assert "&lt;script&gt;document.title" in html
    assert re.findall(r"<script", html) == []


def test_marks_in_every_other_word_are_shown_and_not_obeyed() -> None:
    rogue = suite("verdicts", measure("deciding-right", [1, 0])).model_copy(
        update={"title": SCRIPT, "about": f"`{SCRIPT}` {SCRIPT}", "notes": (SCRIPT,)}
    )
    assert "<script" not in page(report(rogue).model_copy(update={"model": SCRIPT, "corpus_hash": SCRIPT}))


def test_signs_that_reverse_a_line_are_left_out() -> None:
    turned = suite("verdicts", measure("deciding-right", [0])).model_copy(update={"items": {"case-0": "a \u202e b"}})
    html = page(report(turned))
    assert "\u202e" not in html


def test_every_failure_of_every_metric_is_in_the_page() -> None:
    html = page(report(suite("verdicts", measure("first", [0] * 40), measure("second", [1, 0.5, 0]))))
    assert html.count('class="failure"') == 42
    assert "graded 0.500" in html


def test_a_suite_without_a_metric_and_a_report_without_a_suite_are_pages_too() -> None:
    assert "nothing was measured" in page(report(suite("verdicts")))
    assert "No floors were set" in page(report())


def test_items_that_moved_are_named() -> None:
    before, after = (report(suite("verdicts", measure("deciding-right", values))) for values in ([1, 0, 1], [1, 1, 0]))
    html = page(after, against=compare(before, after))
    assert "Beside an earlier run" in html
    assert "<li>case-1</li>" in html and "<li>case-2</li>" in html


def test_a_share_that_is_not_whole_is_not_written_as_whole() -> None:
    html = page(report(suite("verdicts", measure("deciding-right", [1] * 2999 + [0]))))
    assert "<b>0.9997</b>" in html
