"""What is compared: the guard as users have it, and its baselines."""

from __future__ import annotations

from evals.citations.corpus_evidence import CorpusEvidence
from evals.citations.methods.constant import ACCEPT_ALL, REJECT_ALL
from evals.citations.methods.guarded import Guarded
from evals.citations.methods.method import Method
from evals.citations.methods.nli import EntailmentScore
from evals.citations.methods.overlap import OVERLAP
from evals.citations.methods.remembering import RememberingEncoder
from evals.citations.methods.similarity import Similarity
from evals.citations.methods.threshold import Thresholded
from evals.suites import Options
from ingest.documents import corpus_root, load_documents
from ingest.encoder import OnnxEncoder
from rag.guard.judging import open_judge
from rag.guard.support.entailment import CrossEncoderEntailment
from rag.knowledge.payers import load_payers


def compared(options: Options) -> list[Method]:
    """The guard first, then the baselines; with ``nli`` that model alone and the guard with it."""
    root = options.corpus or corpus_root()
    documents = load_documents(root)
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress), progress=options.progress)
    evidence_of = CorpusEvidence(documents, load_payers(root))
    guard = Guarded("guard", open_judge(root, encoder=encoder, documents=documents), evidence_of, options.progress)
    alone = Thresholded("similarity alone", Similarity(encoder))
    methods: list[Method] = [guard, ACCEPT_ALL, REJECT_ALL, OVERLAP, alone]
    if options.nli is None:
        return methods
    nli = CrossEncoderEntailment(options.nli)
    nli.entails("asked", "asked")  # a model that cannot be loaded is to fail now, not after minutes of work
    with_it = open_judge(root, encoder=encoder, documents=documents, entailment=nli)
    asked = Thresholded("NLI alone", EntailmentScore(nli, options.progress))
    return [*methods, asked, Guarded("guard with NLI", with_it, evidence_of, options.progress)]
