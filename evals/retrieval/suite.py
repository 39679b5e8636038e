"""The suite: the search beside its baselines, on the project's own queries and on each set of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.frame.measuring import measure_all
from evals.frame.models import Measure, SuiteReport
from evals.frame.sampling import sample
from evals.options import Options
from evals.retrieval.beir import BeirFolder, beir_folders, unjudged_folders
from evals.retrieval.collection import ids_of, temporary_index
from evals.retrieval.judged import JudgedSet
from evals.retrieval.measures import OWN, PUBLIC, Measures
from evals.retrieval.methods import Depth, UnitOf, retrieval_methods
from evals.retrieval.own import OWN_FOLDER, read_own
from ingest.documents import corpus_root, load_documents
from ingest.encoder import Encoder, OnnxEncoder
from ingest.index import open_index
from ingest.passages import Passage
from rag.retrieval.searcher import Searcher

#: A section of the corpus is one passage. Ten are what a reader looks through.
OWN_DEPTH = Depth(passages=10, units=10)
#: An abstract is cut into two or three passages; so many of them hold a hundred documents.
PUBLIC_DEPTH = Depth(passages=300, units=100)

ABOUT = (
    "Are the sections that answer a query found, and found first? The project's own queries were written by hand over "
    "all kinds of documents and judged section by section by reading the corpus, by one author, before any of them was "
    "searched; those for which the corpus has no source are in the suite of refusals. The corpus is small and its "
    "authors knew what would be asked, which flatters every method; what was judged by nobody counts as wrong, which "
    "weakens every method. Outsiders' sets are searched by the same code in an index of their own; the weights of the "
    "search were set on other queries over this corpus and on none of theirs."
)


def run(options: Options) -> SuiteReport:
    """Raises RetrievalError or UserError for data that cannot be used."""
    return measure(options, OnnxEncoder(progress=options.progress))


def measure(options: Options, encoder: Encoder, *, own: Path = OWN_FOLDER, index: Path | None = None) -> SuiteReport:
    """``index``: a folder for the index of the corpus, instead of the one that users have."""
    folders = beir_folders(options.data)
    # Files are read before anything is embedded: who made a slip of the pen hears of it at once.
    sets = {folder: folder.sets(half=options.half) for folder in folders}
    notes = tuple(_notes(options, sets))
    for note in notes:
        options.notice(note)
    parts = [_own(options, encoder, own, index)]
    for folder, judged in sets.items():
        parts.extend(_public(folder, judged, options, encoder))
    return SuiteReport(
        suite="retrieval",
        title="Retrieval",
        about=ABOUT,
        half=options.tuned_half,
        limit=options.limit,
        items={id_: text for items, _ in parts for id_, text in items.items()},
        measures=tuple(one for _, measures in parts for one in measures),
        notes=notes,
    )


def _notes(options: Options, sets: Mapping[BeirFolder, list[JudgedSet]]) -> Iterator[str]:
    if options.data is not None and not sets:
        yield "The --data folder has no set in BEIR layout: only the project's own queries are measured."
    for folder in unjudged_folders(options.data):
        yield f"{folder.name} has no judgements (qrels/*.tsv) and is not measured."
    if options.half is None and sets:
        yield "Nothing was tuned on outsiders' sets: all their queries are measured, not one half."
    yield from (note for judged in sets.values() for one in judged for note in one.notes)


Part = tuple[dict[str, str], tuple[Measure, ...]]


def _own(options: Options, encoder: Encoder, folder: Path, place: Path | None) -> Part:
    root = options.corpus or corpus_root()
    documents = load_documents(root)
    judged = read_own(documents, half=options.tuned_half, folder=folder)
    index = open_index(root, encoder=encoder, directory=place, documents=documents, progress=options.progress)
    return _measured(judged, Searcher(index), section_of, OWN_DEPTH, OWN, options)


def _public(folder: BeirFolder, sets: list[JudgedSet], options: Options, encoder: Encoder) -> Iterator[Part]:
    """Names of measures begin with that of the set, so that no figure mixes two."""
    ids = ids_of(folder.documents)
    with temporary_index(folder, encoder, options.progress) as index:
        searcher = Searcher(index)
        for one in sets:
            items, measures = _measured(
                one, searcher, lambda passage: ids[passage.document_id], PUBLIC_DEPTH, PUBLIC, options
            )
            yield items, tuple(found.model_copy(update={"name": f"{one.name}:{found.name}"}) for found in measures)


def section_of(passage: Passage) -> str:
    return f"{passage.document_id}#{passage.anchor}"


def _measured(
    judged: JudgedSet, searcher: Searcher, unit_of: UnitOf, depth: Depth, measures: Measures, options: Options
) -> Part:
    """A limit holds for the queries; the collection stays whole, or finding would be easier than it is."""
    items = sample(judged.items, options.limit, id_of=lambda item: item.id, seed=options.seed)
    methods = retrieval_methods(searcher, unit_of, depth, seed=options.seed)
    found = measure_all(items, methods, measures, seed=options.seed, progress=options.progress)
    return {item.id: item.text for item in items}, found
