"""The suite: the rules that take identifiers out, beside methods that know nothing, on invented texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.identifiers.measures import METRICS
from evals.identifiers.methods import ALL, compared
from evals.identifiers.notes import LabelledText, load_sets
from evals.identifiers.removal import Finder, Removing, items_of
from evals.options import Options
from ingest.documents import corpus_root
from rag.guard.identifiers import load_identifiers

ABOUT = (
    "Invented clinical texts with every identifier labelled, and texts that only look as if they had one. The rules "
    "were written on the calibrate half; both halves are by one hand, so texts of others will show more misses. Errors "
    "of the report half were not looked at, but its counts by kind once led to work on letter case and punctuation: at "
    f"first sight 148 of its 151 identifiers were removed. `{NULL}` removes nothing, `{ALL}` leaves nothing to read, "
    f"`{LEXICAL}` takes out every word with a capital and every run of digits. Retrieval has no part in this, so there "
    "is no plain pipeline, and a language model is never shown a text before it is cleaned, so there is no model."
)


def run(options: Options) -> SuiteReport:
    """``options.data``: see ``load_sets``. Raises CorpusErrors for texts or rules that cannot be used."""
    rules = load_identifiers(options.corpus or corpus_root())
    notes, remarks = load_sets(options.data)
    for remark in remarks:
        options.notice(remark)
    return measure(notes, compared(rules), options, remarks=remarks)


def measure(
    notes: Sequence[LabelledText], finders: Mapping[str, Finder], options: Options, *, remarks: Sequence[str] = ()
) -> SuiteReport:
    """``options.limit``: texts at most. The first method is the subject."""
    half = [note for note in notes if note.half == options.tuned_half]
    items = items_of(sample(half, options.limit, id_of=lambda note: note.id, seed=options.seed))
    methods = {name: Removing(find) for name, find in finders.items()}
    return SuiteReport(
        suite="identifiers",
        title="Identifiers",
        about=ABOUT,
        half=options.tuned_half,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(items, methods, METRICS, seed=options.seed, progress=options.progress),
        notes=tuple(remarks),
    )
