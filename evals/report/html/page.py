"""The page, rendered: what is given in is shown as text, whatever it holds."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from evals.compare.models import Comparison
from evals.compare.text import difference_words, method_words, number, p_words, run_words, tally_words
from evals.frame.models import Report
from evals.report.html.summary import summary_of
from evals.report.html.views import suite_views
from evals.report.wording import LEGEND, choice_words, floors_words, head_words
from rag.article.words import clean, plural

TEMPLATES = Path(__file__).with_name("templates")


def page(report: Report, *, against: Comparison | None = None) -> str:
    """HTML that asks nothing of any machine. The same report and comparison give the same bytes."""
    suites = tuple(suite_views(report, against))
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            suites=suites,
            summary=summary_of(suites),
            head=tuple(head_words(report)),
            measured={view.id for suite in suites for view in suite.measures},
            verdict=floors_words(report.floors),
            comparison=against,
            legend=LEGEND,
        )
    )


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters["marked"] = _marked
    made.globals.update(
        choice_words=choice_words,
        difference_words=difference_words,
        method_words=method_words,
        number=number,
        p_words=p_words,
        plural=plural,
        run_words=run_words,
        tally_words=tally_words,
    )
    return made


def _shown(value: object) -> object:
    """Texts without signs that turn the direction of a line or steer a terminal; their lines are kept."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(clean(line) for line in value.splitlines())
    return value


def _marked(text: str) -> Markup:
    """Names between backticks are set as such; all else is text."""
    parts = str(_shown(text)).split("`")
    if len(parts) % 2 == 0:
        return escape(_shown(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
