"""Suites made up for a test."""

from __future__ import annotations

from evals.frame.models import Judgement, Measure, Row, SuiteReport
from evals.metrics.figure import Figure


def suite(name: str, **values: float) -> SuiteReport:
    """A suite with a metric for each name, of that value, judged on one item."""
    return SuiteReport(
        suite=name,
        title=name.title(),
        about="Made up.",
        half=None,
        limit=None,
        items={"a": "a text"},
        measures=tuple(
            Measure(
                name=metric.replace("_", "-"),
                about="of items, those that are right",
                rows=(
                    Row(
                        method="guideline-qa",
                        figure=Figure.of(value, (0.0, 1.0), n=1, reason="one item"),
                        judgements=(Judgement(item="a", value=value, expected="right", found="what was found"),),
                    ),
                ),
            )
            for metric, value in values.items()
        ),
    )
