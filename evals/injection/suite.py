"""The suite: the same questions with orders and without, before the system and its baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.citations.methods.remembering import RememberingEncoder
from evals.frame.measuring import Methods, measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.injection.loading import load_bases, load_harmless, load_orders
from evals.injection.measures import MEASURES
from evals.injection.methods.baselines import RetrieveAndRead, silent, word_list
from evals.injection.methods.system import System
from evals.injection.outside import load_bipia, load_notinject
from evals.injection.planted import Planted, plant
from evals.injection.seen import Pair
from evals.models import model_options, open_model
from evals.options import Notice, Options
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from ingest.index import open_index
from rag.knowledge.library import Knowledge, load_knowledge
from rag.retrieval.searcher import Searcher

#: Items of a set in one run, where nobody says how many: a few minutes on one core.
MOST = 66
#: The same for orders in documents: for each a corpus is loaded anew.
MOST_CORPORA = 20

ABOUT = (
    "Orders to a program, planted into questions, into notes, into documents and in front of a writer that obeys them "
    "all; beside them harmless clinical texts with the same words. Everything is compared with the same question "
    "without the order, and with a status and facts labelled from the policy's words, so that saying nothing is no "
    "success. The orders were written by one person who had read the rules that look for orders and had run none "
    "of them; real attackers try many times against what they know, so the figures flatter."
)


def run(options: Options) -> SuiteReport:
    """``options.data``: a folder with BIPIA's and NotInject's files. Raises CorpusErrors, UserError for bad data."""
    knowledge = load_knowledge(options.corpus or corpus_root())
    notes: list[str] = []
    items = planted_items(knowledge, options, notes)
    return SuiteReport(
        suite="injection",
        title="Injection",
        about=ABOUT,
        half=options.tuned_half,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(
            items, open_methods(knowledge, options), MEASURES, seed=options.seed, progress=options.progress
        ),
        notes=tuple(notes),
    )


def planted_items(knowledge: Knowledge, options: Options, notes: list[str]) -> list[Item[Planted]]:
    """Of each set the half asked for, and at most ``options.limit`` items. ``notes`` gets what is left out."""

    def notice(message: str) -> None:
        notes.append(message)
        options.notice(message)

    read = load_bases(knowledge)
    orders = plant(load_orders(), (), read.bases, on=read.on, seed=options.seed)
    sets = (
        [item for item in orders if not item.label.in_corpus],
        [item for item in orders if item.label.in_corpus],
        plant((), load_harmless(knowledge), read.bases, on=read.on, seed=options.seed),
        plant(load_bipia(options.data, notice), (), read.bases, on=read.on, seed=options.seed),
        plant((), load_notinject(options.data, notice), read.bases, on=read.on, seed=options.seed),
    )
    return [item for one in sets for item in _chosen(one, options, notice)]


def open_methods(knowledge: Knowledge, options: Options) -> Methods[Planted, Pair]:
    """The system, its baselines, and with ``options.model`` the system with that model as writer."""
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress))
    index = open_index(knowledge.root, encoder=encoder, documents=knowledge.documents, progress=options.progress)
    searcher = Searcher(index)
    methods: dict[str, Callable[[Item[Planted]], Pair]] = {
        SYSTEM: System(knowledge, searcher, encoder),
        NULL: silent,
        LEXICAL: word_list,
        PLAIN: RetrieveAndRead(knowledge.root, encoder),
    }
    if options.model is not None:
        model = model_options(options.model, open_model(options.model))
        methods[model.model.name] = System(knowledge, searcher, encoder, model)
    return methods


def _chosen(items: Sequence[Item[Planted]], options: Options, notice: Notice) -> list[Item[Planted]]:
    half = [item for item in items if item.label.half == options.tuned_half]
    most = MOST_CORPORA if half and half[0].label.in_corpus else MOST
    found = sample(half, options.limit or most, id_of=lambda item: item.id, seed=options.seed)
    if options.limit is None and len(found) < len(half):
        notice(f"Drawn by lot: {len(found)} of {len(half)} items like {found[0].id}; --limit measures more or fewer.")
    return found
