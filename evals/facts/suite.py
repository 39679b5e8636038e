"""The suite: are the facts of a text read right? The texts are those of the verdict cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.citations.methods.remembering import RememberingEncoder
from evals.facts.measures import METRICS
from evals.facts.methods.nearest_sentence import NearestSentence
from evals.facts.methods.spotting import Spotting
from evals.facts.reading import Stated, Values, stated_items
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.options import Options
from evals.verdicts.case import VerdictCase
from evals.verdicts.methods.system import System
from evals.verdicts.suite import all_cases, chosen
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from rag.knowledge.library import load_knowledge

#: Rows of tables that are read.
ROWS = 300

ABOUT = (
    "Notes and rows of tables of the verdict cases, against the facts their authors say they state. A fact that a "
    "stated one implies (a code its diagnosis) counts as stated; a value that is wider than the stated one is unsure, "
    "not wrong: recall alone counts it. Most sentences of tables state one fact each, in words near to the "
    "vocabulary's, which flatters the reader: look at the notes written by hand. What baselines learn comes from the "
    "half that a text is not in."
)


def run(options: Options) -> SuiteReport:
    """Raises UserError, CorpusErrors for cases that cannot be used."""
    knowledge = load_knowledge(options.corpus or corpus_root())
    system = System(knowledge)
    every = all_cases(knowledge, options)
    items = stated_items(read_cases(chosen(every, options)), system.values, knowledge)
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress), progress=options.progress)
    methods: dict[str, Callable[[Item[Stated]], Values]] = {
        SYSTEM: _reading(system),
        NULL: lambda item: {},
        LEXICAL: Spotting(knowledge),
        PLAIN: NearestSentence(items, every, encoder, system.values),
    }
    return SuiteReport(
        suite="facts",
        title="Facts read",
        about=ABOUT,
        half=options.half,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(items, methods, METRICS, seed=options.seed, progress=options.progress),
        notes=(f"{len(items)} texts.",),
    )


def read_cases(cases: Sequence[VerdictCase]) -> list[VerdictCase]:
    """Every note written by hand, and some rows of tables: all of them would be the same sentences over and over."""
    rows = [case for case in cases if case.sentences]
    some = {case.id for case in sample(rows, ROWS, id_of=lambda case: case.id)}
    return [case for case in cases if not case.sentences or case.id in some]


def _reading(system: System) -> Callable[[Item[Stated]], Values]:
    def read(item: Item[Stated]) -> Values:
        case = item.label.case
        return system.read(case.text or "", case.on)

    return read
