"""The page as readers have it. Each visit also fails on a word in the console, and on any request."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from evals.compare import compare
from evals.report.html import page
from tests.evals.report.conftest import Look
from tests.evals.report.made import LONG, TEXTS, example, measure, report, suite

FAILURES = "article:has(h3:text-is('deciding-right')) details.failures"
#: Where pictures are kept, if anywhere.
PICTURES = os.environ.get("REPORT_PICTURES")


def keep(shown: Page, name: str) -> None:
    if PICTURES:
        shown.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_what_is_broken_and_what_is_safe_is_said_before_the_first_scroll(look: Look) -> None:
    def see(shown: Page) -> list[str]:
        keep(shown, "wide")
        inside = "e => { const box = e.getBoundingClientRect(); return box.bottom < innerHeight }"
        words = [shown.locator("h1"), shown.locator(".broken-list"), shown.locator(".card").first]
        return [word.inner_text() for word in words if word.evaluate(inside)]

    title, broken, safety = look(page(example()), see)
    assert title == "2 of 3 floors are broken."
    assert "verdicts.deciding-right is 0.5, at least 0.75 is asked" in broken.replace("\n", " ")
    assert "verdicts.never-there is not measured" in broken.replace("\n", " ")
    assert "0 of 4 wrong" in safety and "would still fit" in safety


def test_a_failure_is_opened_by_keyboard_and_reads_as_it_was_written(look: Look) -> None:
    def see(shown: Page) -> str:
        failures = shown.locator(FAILURES)
        assert not failures.locator(".failure").first.is_visible()
        failures.locator("summary").focus()
        shown.keyboard.press("Enter")
        assert shown.title() != "taken over"
        return failures.inner_text()

    words = look(page(example()), see)
    for text in (TEXTS["case-1"], TEXTS["case-2"], "expected of 1", "found for 2"):
        assert text in words
    assert "case-0" not in words


def test_the_page_is_whole_without_scripts(look: Look) -> None:
    words = look(page(example()), lambda shown: shown.content().count('class="failure"'), java_script_enabled=False)
    assert words == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_cut_off_at_the_side(look: Look, scheme: str) -> None:
    def see(shown: Page) -> tuple[int, int]:
        shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        keep(shown, f"phone-{scheme}")
        assert LONG in shown.locator(FAILURES).inner_text()
        widths: tuple[int, int] = tuple(shown.evaluate("[document.documentElement.scrollWidth, innerWidth]"))
        return widths

    html = page(example(), against=compare(example(), example()))
    needed, there = look(html, see, width=360, color_scheme=scheme)
    assert needed <= there


CONTRAST = """selector => {
  const light = rgb => rgb.match(/[\\d.]+/g).slice(0, 3).map(Number)
    .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = e => { const c = getComputedStyle(e).backgroundColor;
    return c.endsWith(', 0)') && e.parentElement ? ground(e.parentElement) : c };
  return [...document.querySelectorAll(selector)].filter(e => e.innerText && !e.closest('svg')).map(e => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05) });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(look: Look, scheme: str) -> None:
    """4.5 is the least that WCAG 2.2 asks at level AA (criterion 1.4.3)."""

    def see(shown: Page) -> list[float]:
        shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found: list[float] = shown.evaluate(CONTRAST, "h1, h2, h3, p, a, li, dt, dd, th, td, summary, .state, b, code")
        return found

    ratios = look(page(example(), against=compare(example(), example())), see, color_scheme=scheme)
    assert len(ratios) > 100
    assert min(ratios) >= 4.5


def test_a_plot_says_its_figures_to_who_cannot_see_it(look: Look) -> None:
    def see(shown: Page) -> tuple[str, str]:
        plot = shown.locator("article:has(h3:text-is('deciding-right')) .plot svg")
        return plot.locator("desc").text_content() or "", plot.aria_snapshot()

    described, heard = look(page(example()), see)
    assert (
        described == "guideline-qa: 0.500, 95 % interval 0.150-0.850, n 4; null: 0.000, 95 % interval 0.000-0.490, n 4"
    )
    assert "point and 95 % interval of each method" in heard


def test_the_point_of_a_plot_lies_where_its_value_is(look: Look) -> None:
    def see(shown: Page) -> float:
        plot = shown.locator("article:has(h3:text-is('three-quarters')) .plot svg")
        frame, point = plot.locator("line.axis").bounding_box(), plot.locator("g.subject .point").bounding_box()
        assert frame and point
        return (point["x"] + point["width"] / 2 - frame["x"]) / frame["width"]

    html = page(report(suite("verdicts", measure("three-quarters", [1, 1, 1, 0]))))
    assert look(html, see) == pytest.approx(0.75, abs=0.01)


def test_every_link_leads_to_a_place_in_the_page(look: Look) -> None:
    script = """() => [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
        .filter(href => !document.getElementById(href.slice(1)))"""
    html = page(example(), against=compare(example(), example()))
    assert look(html, lambda shown: shown.evaluate(script)) == []


def test_printed_it_is_dark_on_white(look: Look) -> None:
    def see(shown: Page) -> str:
        shown.emulate_media(media="print", color_scheme="dark")
        ground: str = shown.evaluate("getComputedStyle(document.body).backgroundColor")
        return ground

    assert look(page(example()), see, color_scheme="dark") == "rgb(255, 255, 255)"
