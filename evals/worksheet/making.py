"""The rows of a worksheet: sentences of the system's articles, some of them with passages drawn by lot instead."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from evals.citations.articles.questions import items_of, load_questions
from evals.citations.articles.writers import System
from evals.citations.articles.writing import write_all
from evals.citations.compared import open_all
from evals.frame.methods import SYSTEM
from evals.options import Options
from evals.worksheet.sheet import Kind, Passage, Row, Worksheet, row_id
from rag.article.sentences import first_sentence
from rag.knowledge.library import Knowledge

#: Rows where nobody says how many: about an hour's work.
ROWS = 60
#: One row in so many cites passages drawn by lot, to see whether raters read.
DRAWN = 6


@dataclass(frozen=True)
class Found:
    """A sentence of an article. ``copied``: it stands word for word in the corpus."""

    question: str
    sentence: str
    sources: tuple[str, ...]
    quotes: tuple[str, ...]
    copied: bool


def make(options: Options) -> Worksheet:
    """``options.limit``: rows at most. The same corpus, questions and seed give the same sheet.

    No sentence twice. Sentences in words of their own go first, up to half the rows: a copy of its passage has little
    to be judged. Raises CorpusErrors, and ModelError where the index cannot be built.
    """
    opened = open_all(options)
    known = opened.knowledge
    items = items_of(load_questions(known), options.limit)  # few rows need few articles
    (written,) = write_all(items, {SYSTEM: System(opened, options)}, options.progress).values()
    corpus = "\0".join(section.text for document in known.documents.values() for section in document.sections)
    found = {
        sentence.text: Found(one.item.text, sentence.text, sentence.sources, sentence.quotes, sentence.text in corpus)
        for one in written
        if one.outcome is not None
        for sentence in one.outcome.sentences
        if sentence.cites and sentence.sources
    }
    return sheet_of(list(found.values()), known, rows=options.limit or ROWS, seed=options.seed)


def sheet_of(found: Sequence[Found], knowledge: Knowledge, *, rows: int, seed: int) -> Worksheet:
    chosen = _chosen(found, rows, seed)
    draw = random.Random(seed)
    kinds: list[Kind] = ["drawn" if number % DRAWN == DRAWN - 1 else "cited" for number in range(len(chosen))]
    made = [_row(kind, one, knowledge, draw) for kind, one in zip(kinds, chosen, strict=True)]
    return Worksheet(tuple(sorted(made, key=lambda row: row.id)))


def _chosen(found: Sequence[Found], rows: int, seed: int) -> list[Found]:
    by_hash = sorted(found, key=lambda one: hashlib.sha256(f"{seed}/{one.sentence}".encode()).digest())
    own = [one for one in by_hash if not one.copied][: max(1, rows // 2)]
    copied = [one for one in by_hash if one.copied]
    chosen = (own + copied)[:rows]
    return sorted(chosen, key=lambda one: hashlib.sha256(f"{seed}/order/{one.sentence}".encode()).digest())


def _row(kind: Kind, one: Found, knowledge: Knowledge, draw: random.Random) -> Row:
    sources, quotes = (one.sources, one.quotes) if kind == "cited" else _drawn(one, knowledge, draw)
    passages = tuple(
        _passage(number, source, quote, knowledge)
        for number, (source, quote) in enumerate(zip(sources, quotes, strict=True), start=1)
    )
    return Row(row_id(kind, one.question, one.sentence, sources, knowledge), one.question, one.sentence, passages)


def _drawn(one: Found, knowledge: Knowledge, draw: random.Random) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sections of documents the sentence does not cite; the words marked are the first of each, as good as any."""
    cited = {source.partition("#")[0] for source in one.sources}
    others = sorted(
        f"{document.id}#{section.anchor}"
        for document in knowledge.documents.values()
        if document.id not in cited
        for section in document.sections
    )
    sources = tuple(draw.sample(others, len(one.sources)))
    return sources, tuple(first_sentence(knowledge.section(source)[1].text) for source in sources)


def _passage(number: int, source: str, quote: str, knowledge: Knowledge) -> Passage:
    document, section = knowledge.section(source)
    return Passage(number, source, document.title, document.version, section.text, quote)
