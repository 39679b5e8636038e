"""What people say of the sentences, and how far the guard and they agree, in the shape of a suite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.citations.articles.scorers.opening import WORDS, open_scorers
from evals.citations.articles.scorers.scorer import Asked
from evals.citations.compared import open_all
from evals.citations.pairs import OWN, load_sets
from evals.frame.methods import LEXICAL, NULL, SYSTEM
from evals.frame.models import SuiteReport
from evals.options import Options
from evals.worksheet.measures import measures
from evals.worksheet.reading import Filled, Rating, WorksheetError, read_worksheet
from ingest.errors import CorpusError

ABOUT = """\
Sentences of the system's articles, judged by people who saw the cited passages; partly counts as not supported. The \
row null is the same kind of sentence beside passages drawn by lot, which raters could not tell apart: whoever accepts \
those did not read. Sentences in words of their own are more on a worksheet than in articles, so these figures are \
harder than a share of all sentences would be. Agreement is that of the guard (first row), of accepting all (null) and \
of words in common with what the raters say."""


def judge(files: Sequence[Path], options: Options) -> SuiteReport:
    """Each file is one rater's, who is named after it. Raises WorksheetError with every fault of a file."""
    opened = open_all(options)
    filled = [read_worksheet(file, opened.knowledge) for file in _distinct(files)]
    ratings = [one for found in filled for one in found.ratings]
    scorers = {one.name: one for one in open_scorers(opened, load_sets(None).get(OWN, ()), options)}
    asked = list(dict.fromkeys(Asked(one.sentence, one.sources) for one in ratings))
    opinions = {
        row: {one: opinion.supported for one, opinion in zip(asked, scorers[name].judge(asked), strict=True)}
        for row, name in ((SYSTEM, "guard"), (LEXICAL, WORDS))
        if name in scorers
    }
    return SuiteReport(
        suite="worksheet",
        title="Do the passages cited support the sentences, by human judgement",
        about=ABOUT,
        half=None,
        limit=None,
        items=_items(ratings),
        measures=measures(ratings, opinions | {NULL: dict.fromkeys(asked, True)}, seed=options.seed),
        notes=tuple(_notes(filled)),
    )


def _distinct(files: Sequence[Path]) -> Sequence[Path]:
    if not files:
        raise WorksheetError([CorpusError("worksheet.csv", 0, "no file is given", "Name the files of the raters")])
    seen: dict[str, Path] = {}
    for file in files:
        if seen.setdefault(file.stem, file) is not file:
            problem = f"another rater is named {file.stem} too ({seen[file.stem]})"
            raise WorksheetError([CorpusError(file, 0, problem, "Name each file after its rater")])
    return files


def _items(ratings: Sequence[Rating]) -> dict[str, str]:
    return {one.id: f"{one.sentence}\n\nCited: {', '.join(one.sources)}" for one in ratings}


def _notes(filled: Sequence[Filled]) -> list[str]:
    """A row that nobody judged says nothing; that there are some is said."""
    found = [f"{one.rater} judged {len(one.ratings)} of {one.rows} rows." for one in filled]
    comments = [one for rater in filled for one in rater.ratings if one.comment]
    return [*found, *(f"{one.rater} on {one.id}: {one.comment}" for one in comments)]
