"""What writes the articles that are compared: the system, and what anybody could put in its place."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from evals.baselines.model_reader import ModelReader
from evals.baselines.plain import LexicalPipeline, PlainPipeline
from evals.citations.articles.article import Article, Sentence, of_answer, of_plain, of_reader
from evals.citations.articles.questions import Question
from evals.citations.compared import Opened
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.models import cleaner, meter, model_options, open_model
from evals.options import Options
from ingest.index import open_index
from rag.chain import ask
from rag.model.options import ModelOptions
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher

Writer = Callable[[Question], Article]


def writers(opened: Opened, options: Options) -> dict[str, Writer]:
    """By name, the system first. With a model two more: it reads what plain retrieval finds, and words the system's."""
    system = System(opened, options)
    plain = PlainPipeline(opened.knowledge.documents, opened.encoder)
    lexical = LexicalPipeline(opened.knowledge.documents)
    found: dict[str, Writer] = {
        SYSTEM: system,
        NULL: Drawn(system, opened, options.seed),
        LEXICAL: lambda one: of_plain(lexical.answer(one.question)),
        PLAIN: lambda one: of_plain(plain.answer(one.question)),
    }
    return found | (_with_model(system, plain, opened, options) if options.model else {})


class System:
    """The chain as users have it. An article is written once, however often it is asked for."""

    def __init__(self, opened: Opened, options: Options, model: ModelOptions | None = None) -> None:
        known = opened.knowledge
        self._knowledge = known
        self._model = model
        self._searcher = Searcher(
            open_index(known.root, encoder=opened.encoder, documents=known.documents, progress=options.progress)
        )
        self._written: dict[str, Article] = {}

    def __call__(self, one: Question) -> Article:
        if one.id not in self._written:
            assert one.on is not None
            answer = ask(
                one.question,
                options=AskOptions(on=one.on),
                knowledge=self._knowledge,
                searcher=self._searcher,
                model=self._model,
            )
            self._written[one.id] = of_answer(answer, self._knowledge.documents)
        return self._written[one.id]


class Drawn:
    """The system's sentences, each with as many passages as it cites, but drawn by lot from the whole corpus."""

    def __init__(self, system: Writer, opened: Opened, seed: int) -> None:
        self._system = system
        self._seed = seed
        documents = opened.knowledge.documents.values()
        self._sources = sorted(f"{document.id}#{part.anchor}" for document in documents for part in document.sections)

    def __call__(self, one: Question) -> Article:
        draw = random.Random(f"{self._seed}/{one.id}")
        return Article(tuple(self._drawn(sentence, draw) for sentence in self._system(one).sentences))

    def _drawn(self, sentence: Sentence, draw: random.Random) -> Sentence:
        if not sentence.sources:
            return sentence
        sources = tuple(draw.sample(self._sources, len(sentence.sources)))
        return replace(sentence, sources=sources, basis=", ".join(sources), quotes=())


def _with_model(system: System, plain: PlainPipeline, opened: Opened, options: Options) -> dict[str, Writer]:
    choice = options.model
    assert choice is not None
    model = open_model(choice)
    reader = ModelReader(plain, lambda: meter(choice, model), clean=cleaner(opened.knowledge))
    worded = System(opened, options, model_options(choice, model))
    return {model.name: lambda one: of_reader(reader.answer(one.question)), f"{SYSTEM} with {model.name}": worded}
