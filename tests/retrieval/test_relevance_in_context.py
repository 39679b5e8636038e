"""The threshold for questions in the middle of a case does on its own calibration questions what its comment says."""

from datetime import date
from pathlib import Path

from ingest.front_matter import CorpusModel
from ingest.index import open_index
from ingest.strict_yaml import load_yaml, validate
from rag.retrieval.filters import SearchFilters
from rag.retrieval.relevance import IN_CONTEXT, is_relevant
from rag.retrieval.searcher import Searcher

FILE = Path(__file__).resolve().parents[2] / "evals" / "retrieval" / "follow_ups.yaml"


class FollowUps(CorpusModel):
    with_source: tuple[str, ...]
    without_source: tuple[str, ...]


def test_the_figures_beside_the_threshold_are_those_it_gives() -> None:
    questions = validate(FollowUps, load_yaml(FILE))
    searcher = Searcher(open_index())
    filters = SearchFilters.of({"on": date(2026, 11, 22), "region": ("cervical",), "approach": ("interlaminar",)})

    def answered(texts: tuple[str, ...]) -> int:
        return sum(is_relevant(searcher.search(text, filters=filters, k=5), rule=IN_CONTEXT) for text in texts)

    assert (answered(questions.with_source), len(questions.with_source)) == (29, 36)
    assert (answered(questions.without_source), len(questions.without_source)) == (5, 37)
