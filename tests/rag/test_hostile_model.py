"""Two thousand drafts of a model that means harm: none of it reaches the reader, and the article is there."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from rag.article.models import Answer, ClaimBasis
from rag.chain import Request, decide_request, draft, find_passages, make_guards
from rag.knowledge.library import Knowledge
from rag.model.options import ModelOptions
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher
from rag.writers import make_writer
from rag.writing import write
from tests.rag.checks import assert_sound, section_text
from tests.rag.conftest import DAY, EXAMPLE
from tests.rag.hostile import KINDS, HostileModel

DRAFTS = 2_000
QUESTIONS = (
    EXAMPLE,
    "Does Aetna cover 62321 after a cervical ESI with 60 % relief for three weeks and better function?",
    "Is 64483 necessary for lumbar radiculopathy (M54.16) after six weeks of failed PT under Medicare in Ohio?",
    "Are particulate steroids safe above C7?",
    "What does the evidence say on epidural steroids for cervical radiculopathy?",
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Attack:
    """One question answered by the template, and answered under attack."""

    model: HostileModel
    plain: Answer
    answer: Answer


def attacks(knowledge: Knowledge, searcher: Searcher) -> Iterator[Attack]:
    """Until enough drafts were made. A question is read, decided and searched for once, its guards judge all drafts."""
    scenes = [Scene(question, knowledge, searcher) for question in QUESTIONS]
    drafts = 0
    for seed in count():
        for scene in scenes:
            model = HostileModel(seed)
            yield Attack(model, scene.plain, scene.answered(ModelOptions(model)))
            drafts += model.drafts
        if drafts >= DRAFTS:
            return


class Scene:
    def __init__(self, question: str, knowledge: Knowledge, searcher: Searcher) -> None:
        request = Request(question, AskOptions(on=DAY))
        self._found = find_passages(decide_request(request, knowledge), knowledge, searcher)
        self.drafted = draft(self._found, knowledge)
        self._guards = make_guards(self.drafted, knowledge, searcher)
        self._knowledge, self._searcher = knowledge, searcher
        self.plain = self.answered(None)

    def answered(self, model: ModelOptions | None) -> Answer:
        writer = make_writer(model, self._knowledge)
        *_, answer = write(self.drafted, writer=writer, guards=self._guards, searcher=self._searcher)
        assert isinstance(answer, Answer)
        return answer


@pytest.fixture(scope="module")
def attacked(knowledge: Knowledge, searcher: Searcher) -> list[Attack]:
    return list(attacks(knowledge, searcher))


def added(plain: Answer, answer: Answer) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Sentences of the answer that the template did not write, with their citations."""
    own = {claim.text for section in plain.sections for claim in section.claims}
    for section in answer.sections:
        for claim in section.claims:
            if claim.text not in own:
                yield claim.text, claim.citations


def test_enough_drafts_of_every_kind_of_harm_were_made(attacked: list[Attack]) -> None:
    kinds = Counter(item.kind for attack in attacked for item in attack.model.said.values())
    assert sum(attack.model.drafts for attack in attacked) >= DRAFTS
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 100


def test_no_harmful_sentence_stands_in_any_article(attacked: list[Attack]) -> None:
    survived = [
        (attack.model.said[text].kind, text)
        for attack in attacked
        for text, _ in added(attack.plain, attack.answer)
        if text in attack.model.said
    ]
    assert survived == []


def test_the_verdict_and_everything_code_says_stay_to_the_byte(
    attacked: list[Attack],
) -> None:
    for attack in attacked:
        plain, answer = attack.plain, attack.answer
        assert (answer.verdict, answer.determinations) == (plain.verdict, plain.determinations)
        assert checked(answer) == checked(plain)
        assert (answer.follow_ups, answer.limitations) == (plain.follow_ups, plain.limitations)


def checked(answer: Answer) -> list[str]:
    return [c.text for s in answer.sections for c in s.claims if c.basis is ClaimBasis.CHECK or c.criteria]


def test_every_figure_and_every_quote_stands_where_it_says(attacked: list[Attack], knowledge: Knowledge) -> None:
    documents = dict(knowledge.documents)
    for attack in attacked:
        plain, answer = attack.plain, attack.answer
        assert_sound(answer, knowledge)
        references = {reference.n: reference for reference in answer.references}
        for text, citations in added(plain, answer):
            cited = [references[n] for n in citations]
            held = " ".join(section_text(documents, r.document_id, r.anchor) + r.title + r.version for r in cited)
            record = answer.case.text if not cited else ""
            assert set(_FIGURE.findall(text)) <= set(_FIGURE.findall(held + record)), text


def test_the_reader_loses_no_sentence_of_the_template_to_a_harmful_one(
    attacked: list[Attack],
) -> None:
    for attack in attacked:
        plain, answer = attack.plain, attack.answer
        kept = {claim.text for section in answer.sections for claim in section.claims}
        lost = [c.text for s in plain.sections for c in s.claims if c.text not in kept]
        assert len(lost) <= len(list(added(plain, answer))), "only a sentence that passed may take another's place"


def test_without_the_guards_the_same_drafts_would_reach_the_reader(knowledge: Knowledge, searcher: Searcher) -> None:
    scene = Scene(QUESTIONS[0], knowledge, searcher)
    reached = set()
    for seed in range(10):
        model = HostileModel(seed)
        writer = make_writer(ModelOptions(model), knowledge)
        sections = writer.sections(scene.drafted.draft, scene.drafted.material, lambda claim: None)
        texts = {claim.text for section in sections for claim in section.claims}
        reached |= {model.said[text].kind for text in texts & set(model.said)}
    assert reached >= {"status", "number", "order", "patient", "injected", "quote"}
