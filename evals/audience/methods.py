"""What is compared: the articles for each reader, and what they must beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evals.audience.jargon import plain_terms, replaced
from evals.audience.request import Request
from evals.audience.wording import Label, Worded, worded
from evals.baselines.plain import PlainPipeline
from evals.frame.metric import Item
from rag.article.models import Answer, Audience, Claim, ClaimBasis
from rag.chain import ask
from rag.conversation import Desk


@dataclass(frozen=True)
class Asking:
    """The system, one question and reader once."""

    desk: Desk
    _known: dict[tuple[str, Audience], Answer] = field(default_factory=dict)

    def __call__(self, item: Item[Label]) -> Worded:
        return worded(self.exact(item.label), self.answer(item.label.request, item.label.audience))

    def exact(self, label: Label) -> Answer:
        return self.answer(label.request, Audience.CLINICIAN)

    def answer(self, request: Request, audience: Audience) -> Answer:
        key = request.name, audience
        if key not in self._known:
            self._known[key] = ask(
                request.question,
                options=request.options(self.desk.knowledge, audience),
                knowledge=self.desk.knowledge,
                searcher=self.desk.searcher,
                model=self.desk.model,
            )
        return self._known[key]


@dataclass(frozen=True)
class Unchanged:
    """The null baseline: every reader is given the clinician's words."""

    asking: Asking

    def __call__(self, item: Item[Label]) -> Worded:
        exact = self.asking.exact(item.label)
        return worded(exact, exact)


@dataclass(frozen=True)
class TermByTerm:
    """The clinician's words, with each term of the vocabulary replaced by its plain words, for every reader."""

    asking: Asking

    def __call__(self, item: Item[Label]) -> Worded:
        exact = self.asking.exact(item.label)
        terms = plain_terms(item.label.knowledge.vocabulary)
        return worded(exact, _reworded(exact, lambda text: replaced(text, terms)))


@dataclass(frozen=True)
class Quoting:
    """A plain pipeline: it knows of no reader, of no case and of no verdict, so only its reading grade is compared."""

    asking: Asking
    pipeline: PlainPipeline

    def __call__(self, item: Item[Label]) -> Worded:
        said = self.pipeline.answer(item.label.request.question)
        return Worded(self.asking.exact(item.label), None, " ".join(one.text for one in said.sentences))


def _reworded(answer: Answer, say: Callable[[str], str]) -> Answer:
    def claim(one: Claim) -> Claim:
        return one.model_copy(update={"text": say(one.text)}) if one.basis is ClaimBasis.CHECK else one

    sections = [section.model_copy(update={"claims": tuple(map(claim, section.claims))}) for section in answer.sections]
    said: Mapping[str, object] = {
        "sections": tuple(sections),
        "follow_ups": tuple(map(say, answer.follow_ups)),
        "limitations": tuple(map(say, answer.limitations)),
    }
    return answer.model_copy(update=said)
