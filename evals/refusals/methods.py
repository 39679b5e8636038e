"""What is compared: the whole chain, and ways to refuse that know less."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.frame.metric import Item
from evals.refusals.questions import Asked
from evals.refusals.reply import Reply, reply_of
from evals.refusals.threshold import Scored, best_threshold
from rag.article.models import Kind
from rag.chain import ask
from rag.knowledge.library import Knowledge
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher

#: What a way that only knows a score says when it refuses.
NOTHING_FOUND = "There is no source for this question, so nothing is answered."

#: The best score any passage has for a question.
Score = Callable[[str], float]


@dataclass(frozen=True)
class Chain:
    """The system as users have it."""

    knowledge: Knowledge
    searcher: Searcher

    def __call__(self, item: Item[Asked]) -> Reply:
        options = AskOptions(on=item.label.on)
        found = ask(item.text, options=options, knowledge=self.knowledge, searcher=self.searcher)
        return reply_of(found)


def answer_all(item: Item[Asked]) -> Reply:
    return Reply(Kind.GUIDELINE, "An answer.", citations=1)


def refuse_all(item: Item[Asked]) -> Reply:
    return Reply(Kind.REFUSAL, NOTHING_FOUND)


@dataclass(frozen=True)
class Threshold:
    """Answers where some passage scores at least ``minimum``."""

    score: Score
    minimum: float

    @classmethod
    def calibrated(cls, score: Score, asked: Sequence[Asked]) -> Threshold:
        """Set on these questions, those with two fair answers left out."""
        clear = [one.question for one in asked if one.question.refused or one.question.answered]
        return cls(score, best_threshold([Scored(score(one.ask), one.answered) for one in clear]))

    def __call__(self, item: Item[Asked]) -> Reply:
        return answer_all(item) if self.score(item.text) >= self.minimum else refuse_all(item)
