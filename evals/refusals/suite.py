"""The suite: the whole chain beside ways to refuse that know less, on the project's own questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.baselines.plain import LexicalPipeline, PlainPipeline
from evals.citations.methods.remembering import RememberingEncoder
from evals.frame.measuring import Methods, measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.models import cleaner, meter, open_model
from evals.options import Options
from evals.refusals.measures import MEASURES
from evals.refusals.methods import Chain, Threshold, answer_all, refuse_all
from evals.refusals.model_alone import ModelAlone
from evals.refusals.questions import Asked, load_questions
from evals.refusals.reply import Reply
from ingest.documents import corpus_root
from ingest.encoder import OnnxEncoder
from ingest.index import open_index
from rag.knowledge.library import load_knowledge
from rag.retrieval.searcher import Searcher

#: The other way to know nothing.
NULL_REFUSES = "null (refuses all)"

ABOUT = (
    "Asked with nothing but a date of service: is what must be refused refused, for a right reason and with what to do "
    "instead, and is what the corpus speaks to answered? The questions and their labels were written by hand from what "
    "the corpus holds and what the design promises, by one person, before anything was run; where two answers are "
    "fair, both count. Emergencies and traps are many more here than in use, so no figure is a rate of daily use. The "
    "thresholds of the lexical and the plain baseline are the best ones on the calibrate half; answering is all they "
    "do, so a determination asked for is never theirs. A model, where one is named, reads what the plain baseline "
    "finds and refuses by itself; the system's refusals are decided by code, with a model or without."
)


def run(options: Options) -> SuiteReport:
    """Raises CorpusErrors for questions that cannot be used."""
    asked = load_questions()
    half = [one for one in asked if one.question.half == options.tuned_half]
    items = [_item(one) for one in sample(half, options.limit, id_of=lambda one: one.question.id, seed=options.seed)]
    return SuiteReport(
        suite="refusals",
        title="Refusals",
        about=ABOUT,
        half=options.tuned_half,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(
            items, open_methods(options, asked), MEASURES, seed=options.seed, progress=options.progress
        ),
    )


def open_methods(options: Options, asked: Sequence[Asked]) -> Methods[Asked, Reply]:
    """The system and its baselines; what has a threshold is calibrated on the whole calibrate half."""
    root = options.corpus or corpus_root()
    knowledge = load_knowledge(root)
    encoder = RememberingEncoder(OnnxEncoder(progress=options.progress))
    index = open_index(root, encoder=encoder, documents=knowledge.documents, progress=options.progress)
    lexical, plain = LexicalPipeline(knowledge.documents), PlainPipeline(knowledge.documents, encoder)
    calibrate = [one for one in asked if one.question.half == "calibrate"]
    methods: dict[str, Callable[[Item[Asked]], Reply]] = {
        SYSTEM: Chain(knowledge, Searcher(index)),
        NULL: answer_all,
        NULL_REFUSES: refuse_all,
        LEXICAL: Threshold.calibrated(lambda text: lexical.answer(text).best, calibrate),
        PLAIN: Threshold.calibrated(lambda text: plain.answer(text).best, calibrate),
    }
    if (choice := options.model) is not None:
        model = open_model(choice)
        methods[model.name] = ModelAlone(plain, lambda: meter(choice, model), cleaner(knowledge))
    return methods


def _item(asked: Asked) -> Item[Asked]:
    question = asked.question
    must = "refused" if question.refused else "answered" if question.answered else "either"
    tags = {"must be": (must,), "reason": question.reason, "written": (question.written,)}
    return Item(id=question.id, text=question.ask, label=asked, tags=tags)
