"""What several commands open: the searcher over a corpus's index, and the names of facts and payers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.progress import Reporter
    from rag.article.words import Labels
    from rag.knowledge.library import Knowledge
    from rag.retrieval.searcher import Searcher


def open_searcher(knowledge: Knowledge, reporter: Reporter) -> Searcher:
    """The index of the corpus, brought up to date with progress when it is not."""
    from ingest.index import open_index
    from rag.retrieval.searcher import Searcher

    index = open_index(knowledge.root, progress=reporter.progress, notice=reporter.notice)
    return Searcher(index)


def labels_of(knowledge: Knowledge) -> Labels:
    from rag.article.words import Labels

    return Labels(
        facts={name: spec.label for name, spec in knowledge.vocabulary.facts.items()},
        payers={payer.id: payer.name for payer in knowledge.payers.values()},
    )
