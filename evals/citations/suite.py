"""The suite: the guard on labelled pairs, then whole articles and what they cite."""

from __future__ import annotations

from evals.citations.articles.measuring import measure_articles
from evals.citations.articles.questions import items_of, load_questions
from evals.citations.articles.scorers.opening import open_scorers
from evals.citations.articles.writers import writers
from evals.citations.compared import compared, open_all
from evals.citations.labelled import METRICS
from evals.citations.labelled.measuring import measure_pairs, texts
from evals.citations.measure import JudgedSet, judge_set
from evals.citations.methods.method import Method
from evals.citations.pairs import OWN, Sets, absent_sets, load_sets
from evals.frame.models import SuiteReport
from evals.options import Options
from rag.errors import UserError

ABOUT = """\
First the guard on pairs of a sentence and a passage, labelled by hand from the documents alone; most that are not \
supported are wrong by a word or two, which is harder than what a writer produces, and the baselines' thresholds are \
set on the calibrate half of each set. Then whole articles, by ALCE's definitions (Gao et al. 2023): THE GUARD \
JUDGES ARTICLES THAT HAVE PASSED THE GUARD, so citation figures without a suffix are circular for the system; beside \
them stand -by-words, and -by-nli and -by-judge where asked for. A copy of a passage is supported by it whatever was \
asked, and most sentences of the system and all of lexical and plain are copies: own-words-supported leaves them \
out, and documents-cited asks whether the right documents are cited. The null accepts all pairs, and writes the \
system's sentences with passages drawn by lot."""


def run(options: Options) -> SuiteReport:
    """Raises UserError where there is not one set to measure, or a model cannot be used."""
    absent = absent_sets(options.data)
    for remark in absent:
        options.notice(remark)
    sets = load_sets(options.data)
    if not sets:
        raise UserError("There are no pairs to measure. Give --data the folder of a set of labelled claims.")
    opened = open_all(options)
    judged = judge_sets(sets, compared(opened, options), options)
    items = items_of(load_questions(opened.knowledge), options.limit)
    scorers = open_scorers(opened, sets.get(OWN, ()), options)
    articles = measure_articles(items, writers(opened, options), scorers, opened.knowledge, options)
    return SuiteReport(
        suite="citations",
        title="Citations",
        about=ABOUT,
        half=options.tuned_half,
        limit=options.limit,
        items=texts(judged[0]) | {item.id: item.text for item in items},
        measures=measure_pairs(judged, METRICS) + articles,
        notes=(*absent, *_thresholds(judged, flattered=options.tuned_half == "calibrate")),
    )


def judge_sets(sets: Sets, methods: list[Method], options: Options) -> list[JudgedSet]:
    """Every set by every method, in order; the first method is the subject."""
    found = []
    for name, pairs in sets.items():
        options.progress(0, 1, f"measuring {name}")
        found.append(judge_set(name, pairs, methods, half=options.tuned_half, limit=options.limit))
        options.progress(1, 1, f"measuring {name}")
    return found


def _thresholds(judged: list[JudgedSet], *, flattered: bool) -> list[str]:
    """Where the half measured is the one they were set on, that is said."""
    found = [
        f"Thresholds set on the calibrate half of {one.name}: "
        + ", ".join(f"{name} {value:.3f}" for name, value in one.thresholds.items())
        + "."
        for one in judged
        if one.thresholds
    ]
    return (
        [*found, "These are the same pairs: figures of methods with a threshold are flattered."] if flattered else found
    )
