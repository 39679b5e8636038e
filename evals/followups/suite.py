"""The suite: the conversation beside its baselines, on the project's own threads."""

from __future__ import annotations

from evals.citations.methods.remembering import RememberingEncoder
from evals.followups.conversations import Alone, Core, Repeating
from evals.followups.measure import measure
from evals.followups.report import FollowupReport
from evals.followups.scripts import OWN_FOLDER, load_threads
from evals.suites import Options
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from ingest.index import open_index
from rag.conversation import Desk
from rag.knowledge.library import load_knowledge
from rag.retrieval.searcher import Searcher


def run(options: Options) -> FollowupReport:
    """``options.data``: another folder of scripts. Raises CorpusErrors for scripts that cannot be used."""
    root = options.corpus or corpus_root()
    knowledge = load_knowledge(root)
    threads = load_threads(knowledge, options.data or OWN_FOLDER)
    # Articles of one case share most of their sentences: each is encoded once.
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress))
    searcher = Searcher(open_index(root, encoder=encoder, documents=knowledge.documents, progress=options.progress))
    desk = Desk(knowledge=knowledge, searcher=searcher)
    core = Core(desk)
    return measure(threads, [core, Alone(desk), Repeating(core)], knowledge, options)
