"""Citation recall and precision of every sentence, as ALCE defines them, by one scorer.

Recall of a sentence: the sections it cites support it together. Precision of a citation: the sentence has recall, and
the section supports it alone, or the others no longer support it without that one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.citations.articles.article import Article, Sentence
from evals.citations.articles.scorers.scorer import Asked, Opinion, Scorer

NOTHING_CITED = Opinion(False, "it cites nothing")


@dataclass(frozen=True)
class Weighed:
    """``number``: of the sentence in its article, from 1. ``needed``: an opinion for each of its citations."""

    number: int
    sentence: Sentence
    recall: Opinion
    needed: tuple[Opinion, ...]


class _Memory:
    """Opinions by question: an article says some things twice."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._known: dict[Asked, Opinion] = {}

    def learn(self, asked: Iterable[Asked]) -> None:
        new = [one for one in dict.fromkeys(asked) if one not in self._known and one.sources]
        if new:
            self._known.update(zip(new, self._scorer.judge(new), strict=True))

    def of(self, text: str, sources: tuple[str, ...]) -> Opinion:
        return self._known[Asked(text, sources)] if sources else NOTHING_CITED


def weigh(articles: Sequence[Article], scorer: Scorer) -> list[tuple[Weighed, ...]]:
    """The sentences of each article that have to cite. All questions of a round are put to the scorer at once."""
    chosen = [_chosen(article, scorer.most) for article in articles]
    sentences = [sentence for found in chosen for _, sentence in found]
    memory = _Memory(scorer)
    memory.learn(Asked(one.text, one.sources) for one in sentences)
    several = [one for one in sentences if len(one.sources) > 1 and memory.of(one.text, one.sources).supported]
    memory.learn(Asked(one.text, (source,)) for one in several for source in one.sources)
    memory.learn(
        Asked(one.text, _without(one, source))
        for one in several
        for source in one.sources
        if not memory.of(one.text, (source,)).supported
    )
    return [tuple(_weighed(number, sentence, memory) for number, sentence in found) for found in chosen]


def _chosen(article: Article, most: int | None) -> list[tuple[int, Sentence]]:
    """Sentences that have to cite; of more than ``most`` those whose words have the smallest hashes."""
    found = [(number, one) for number, one in enumerate(article.sentences, start=1) if one.cites]
    if most is None or len(found) <= most:
        return found
    by_hash = sorted(found, key=lambda one: hashlib.sha256(one[1].text.encode()).digest())
    return sorted(by_hash[:most], key=lambda one: one[0])


def _weighed(number: int, sentence: Sentence, memory: _Memory) -> Weighed:
    recall = memory.of(sentence.text, sentence.sources)
    return Weighed(number, sentence, recall, tuple(_needed(sentence, one, recall, memory) for one in sentence.sources))


def _needed(sentence: Sentence, source: str, recall: Opinion, memory: _Memory) -> Opinion:
    if not recall.supported or len(sentence.sources) == 1:
        return recall
    if memory.of(sentence.text, (source,)).supported:
        return Opinion(True, "it supports the sentence alone")
    if memory.of(sentence.text, _without(sentence, source)).supported:
        return Opinion(False, "it does not support the sentence alone, and the others do without it")
    return Opinion(True, "the others do not support the sentence without it")


def _without(sentence: Sentence, source: str) -> tuple[str, ...]:
    return tuple(one for one in sentence.sources if one != source)
