"""What is said of a run in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.models import FloorResult, Report, SuiteReport
from rag.article.words import plural

HALVES = {None: "all items", "report": "report half", "calibrate": "calibrate half"}
HASH_LETTERS = 12
LEGEND = "Each figure: value [95 % interval] n. What breaks on an item fails it, and is counted."


def floors_words(floors: tuple[FloorResult, ...]) -> str:
    """Whether the floors hold, in one sentence."""
    broken = sum(not one.held for one in floors)
    if not floors:
        return "No floors were set: nothing here passes or fails."
    if broken:
        return f"{broken} of {plural(len(floors), 'floor')} {'is' if broken == 1 else 'are'} broken."
    return f"All {len(floors)} floors hold." if len(floors) > 1 else "The one floor holds."


def floor_words(floor: FloorResult) -> str:
    found = "nothing was measured" if floor.value is None else f"{floor.value:.4g}"
    return f"{floor.measure}: {found}, at least {floor.at_least:.4g}"


def floors_of(report: Report, suite: str) -> tuple[FloorResult, ...]:
    return tuple(one for one in report.floors if one.measure.partition(".")[0] == suite)


def choice_words(suite: SuiteReport) -> str:
    """Which items were measured, and how many."""
    limit = f", at most {suite.limit} of each set" if suite.limit is not None else ""
    return f"{HALVES[suite.half]}{limit}: {plural(len(suite.items), 'item')}"


def head_words(report: Report) -> Iterator[tuple[str, str]]:
    """What was measured, as pairs of name and value."""
    yield "Software", report.software_version
    yield "Corpus", report.corpus_hash[:HASH_LETTERS]
    yield "Seed", str(report.seed)
    yield "Model", report.model or "none"
    yield "Measured on", ", ".join(dict.fromkeys(HALVES[suite.half] for suite in report.suites)) or "none"
