"""What answers: the corpus of the options with its index, and the language model they name, if any."""

from __future__ import annotations

from evals.models import model_options, open_model
from evals.options import Options
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from ingest.index import open_index
from ingest.remembering import RememberingEncoder
from rag.conversation import Desk
from rag.knowledge.library import Knowledge, load_knowledge
from rag.model.options import ModelOptions
from rag.retrieval.searcher import Searcher


def open_desk(options: Options, knowledge: Knowledge | None = None) -> Desk:
    """Without a model. Its encoder remembers: articles of one case share most of their sentences."""
    knowledge = knowledge or load_knowledge(options.corpus or corpus_root())
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress))
    index = open_index(knowledge.root, encoder=encoder, documents=knowledge.documents, progress=options.progress)
    return Desk(knowledge=knowledge, searcher=Searcher(index))


def opened_model(options: Options) -> ModelOptions | None:
    """The model of the options, as the system is given it; None where they name none. Raises UserError."""
    return model_options(options.model, open_model(options.model)) if options.model else None
