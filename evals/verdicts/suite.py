"""The suite: is the status right, told apart by what was given and by what was changed."""

from __future__ import annotations

from collections.abc import Sequence

from evals.citations.methods.remembering import RememberingEncoder
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import Measure, SuiteReport
from evals.frame.sampling import sample
from evals.models import cleaner, meter, open_model
from evals.options import Options
from evals.verdicts.asked import Asked, asked_items
from evals.verdicts.brought import brought_cases
from evals.verdicts.case import VerdictCase
from evals.verdicts.cases import load_cases
from evals.verdicts.measures import METRICS
from evals.verdicts.measures.labels_confirmed import labels_confirmed
from evals.verdicts.metamorphic.changes import changed_measures
from evals.verdicts.metamorphic.threshold import threshold_measure
from evals.verdicts.metamorphic.variant import Method
from evals.verdicts.methods.baselines import NearestCase, Wording, always_open
from evals.verdicts.methods.model_reader import ModelReader
from evals.verdicts.methods.plain_reader import PlainReader
from evals.verdicts.methods.system import System
from evals.verdicts.second_rater import SecondRater, load_second_rater
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from rag.knowledge.library import Knowledge, load_knowledge

#: Methods that also see the changed cases: a language model would have to be asked twice for each.
CHANGED = 4

ABOUT = (
    "Cases of every policy, each as facts and as text, labelled by hand from the policy's words before the engine saw "
    "them; rows of scenario tables and notes written by hand. Rows of one table share most of their words and count as "
    "one cluster. The patients are invented, and most texts state one fact a sentence, which flatters the reading; "
    "the notes are nearer to real records. Baselines learn from the half that a case is not in."
)


def run(options: Options) -> SuiteReport:
    """Raises UserError, CorpusErrors for cases that cannot be used."""
    knowledge = load_knowledge(options.corpus or corpus_root())
    every = all_cases(knowledge, options)
    cases = chosen(every, options)
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress), progress=options.progress)
    methods = methods_of(every, knowledge, encoder, options)
    return measure_cases(cases, knowledge, methods, load_second_rater(), options)


def all_cases(knowledge: Knowledge, options: Options) -> list[VerdictCase]:
    """The project's own, and those of ``options.data``."""
    brought = brought_cases(options.data, knowledge) if options.data is not None else ()
    return [*load_cases(knowledge), *brought]


def chosen(cases: Sequence[VerdictCase], options: Options) -> list[VerdictCase]:
    """Those of the half asked for, else all, for nothing is tuned on them; at most ``options.limit``."""
    wanted = [case for case in cases if options.half in (None, case.half)]
    return sample(wanted, options.limit, id_of=lambda case: case.id)


def methods_of(
    cases: Sequence[VerdictCase], knowledge: Knowledge, encoder: RememberingEncoder, options: Options
) -> dict[str, Method]:
    """The system, then its baselines; with a model also the plain pipeline that asks it.

    ``cases``: all there are. A baseline learns of a case from those of the half that the case is not in.
    """
    items, wording = asked_items(cases, knowledge), Wording(knowledge)
    encoder.learn([wording(item) for item in items], what="encoding records")
    reader = PlainReader(items, knowledge.documents, encoder, wording)
    methods: dict[str, Method] = {
        SYSTEM: System(knowledge),
        NULL: always_open,
        LEXICAL: NearestCase(items, wording),
        PLAIN: reader,
    }
    if options.model is not None:
        model, choice = open_model(options.model), options.model
        methods[f"{PLAIN} by {model.name}"] = ModelReader(
            reader, wording, lambda: meter(choice, model), cleaner(knowledge)
        )
    return methods


def measure_cases(
    cases: Sequence[VerdictCase],
    knowledge: Knowledge,
    methods: dict[str, Method],
    rater: SecondRater,
    options: Options,
) -> SuiteReport:
    """The first method is the subject."""
    items = asked_items(cases, knowledge)
    measures = measure_all(items, methods, METRICS, seed=options.seed, progress=options.progress)
    system = System(knowledge)
    return SuiteReport(
        suite="verdicts",
        title="Verdicts",
        about=ABOUT,
        half=options.half,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=(
            *measures,
            labels_confirmed(items, rater, system, seed=options.seed),
            threshold_measure(cases, system, seed=options.seed),
            *changed_measures(cases, dict(list(methods.items())[:CHANGED]), rater, options),
        ),
        notes=_notes(cases, items, measures),
    )


def _notes(cases: Sequence[VerdictCase], items: Sequence[Item[Asked]], measures: Sequence[Measure]) -> tuple[str, ...]:
    false = [one.item for one in measures[0].subject.judgements if one.value < 1]
    policies = len({case.policy for case in cases})
    by_hand = sum(case.written == "by hand" for case in cases)
    return (
        f"{len(cases)} cases of {policies} policies, {by_hand} of them notes by hand; {len(items)} items in all.",
        f"False met: {', '.join(false) or 'none'}.",
    )
