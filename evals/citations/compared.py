"""What is compared: the guard as users have it, and its baselines."""

from __future__ import annotations

from dataclasses import dataclass

from evals.citations.corpus_evidence import CorpusEvidence
from evals.citations.methods.constant import ACCEPT_ALL, REJECT_ALL
from evals.citations.methods.guarded import Guarded
from evals.citations.methods.method import Method
from evals.citations.methods.nli import EntailmentScore
from evals.citations.methods.overlap import OVERLAP
from evals.citations.methods.remembering import RememberingEncoder
from evals.citations.methods.similarity import Similarity
from evals.citations.methods.threshold import Thresholded
from evals.frame.methods import PLAIN, SYSTEM
from evals.options import Options
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from rag.guard.judging import open_judge
from rag.guard.support.entailment import CrossEncoderEntailment
from rag.guard.support.judge import Judge
from rag.knowledge.library import Knowledge, load_knowledge

#: A cross-encoder, in tables.
NLI = "NLI"


@dataclass(frozen=True)
class Opened:
    """What is opened once for the whole suite. ``nli``: the cross-encoder of the options, if one is named.

    ``guard``: the support judge as users have it.
    """

    knowledge: Knowledge
    encoder: RememberingEncoder
    guard: Judge
    nli: CrossEncoderEntailment | None


def open_all(options: Options) -> Opened:
    """Raises CorpusErrors, and ModelError for a cross-encoder that cannot be loaded."""
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress), progress=options.progress)
    nli = CrossEncoderEntailment(options.nli) if options.nli else None
    if nli is not None:
        nli.entails("asked", "asked")  # a model that cannot be loaded is to fail now, not after minutes of work
    known = load_knowledge(options.corpus or corpus_root())
    guard = open_judge(known.root, encoder=encoder, documents=known.documents)
    return Opened(known, encoder, guard, nli)


def compared(opened: Opened, options: Options) -> list[Method]:
    """The guard first, then the baselines; with ``nli`` that model alone and the guard with it."""
    known = opened.knowledge
    evidence_of = CorpusEvidence(known.documents, known.payers)
    guard = Guarded(SYSTEM, opened.guard, evidence_of, options.progress)
    alone = Thresholded(PLAIN, Similarity(opened.encoder))
    methods: list[Method] = [guard, ACCEPT_ALL, REJECT_ALL, OVERLAP, alone]
    if opened.nli is None:
        return methods
    asked = Thresholded(NLI, EntailmentScore(opened.nli, options.progress))
    both = open_judge(known.root, encoder=opened.encoder, documents=known.documents, entailment=opened.nli)
    return [*methods, asked, Guarded(f"{SYSTEM} with {NLI}", both, evidence_of, options.progress)]
