"""Citation recall and precision as ALCE defines them, on sentences one can weigh by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from evals.citations.articles.article import Article, Sentence
from evals.citations.articles.judged import Judged, judge_articles
from evals.citations.articles.measures.basis import BASIS
from evals.citations.articles.measures.documents import DOCUMENTS
from evals.citations.articles.measures.own_words import own_words
from evals.citations.articles.measures.precision import citation_precision
from evals.citations.articles.measures.recall import citation_recall
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.guard import GuardScorer
from evals.citations.articles.scorers.scorer import Asked, Opinion
from evals.citations.articles.weighing import weigh
from evals.citations.articles.writing import write_all
from evals.frame.measuring import measure
from evals.frame.metric import Item, Metric
from evals.frame.models import Measure
from ingest.progress import silent
from rag.knowledge.library import Knowledge, load_knowledge
from rag.model.recording import RecordingError
from tests.evals.citations.guards import BreakingGuard


class Knows:
    """Says what each set of sources supports; ``rounds`` are how many it was asked at once."""

    def __init__(self, *supported: str, name: str = "guard", most: int | None = None) -> None:
        self.name = name
        self.most = most
        self.rounds: list[int] = []
        self._supported = {tuple(sorted(one.split())) for one in supported}

    def judge(self, asked: Sequence[Asked]) -> list[Opinion]:
        self.rounds.append(len(asked))
        return [Opinion(tuple(sorted(one.sources)) in self._supported) for one in asked]


def article(*cited: str) -> Article:
    """A sentence for each, with the sources it cites."""
    sentences = (
        Sentence(f"Sentence {number}.", tuple(one.split()), basis=one) for number, one in enumerate(cited, start=1)
    )
    return Article(tuple(sentences))


def weighed(cited: str, *supported: str) -> tuple[bool, list[bool]]:
    ((one,),) = weigh([article(cited)], Knows(*supported))
    return one.recall.supported, [needed.supported for needed in one.needed]


@pytest.mark.parametrize(
    ("cited", "supported", "recall", "precision"),
    [
        ("a", ["a"], True, [True]),
        ("a", [], False, [False]),
        ("", [], False, []),
        ("a b", ["a b", "a", "b"], True, [True, True]),  # each bears it alone
        ("a b", ["a b"], True, [True, True]),  # neither can go
        ("a b", ["a b", "a"], True, [True, False]),  # b adds nothing
        ("a b", ["a", "b"], False, [False, False]),  # without recall no citation counts
        ("a b c", ["a b c", "a b"], True, [True, True, False]),
    ],
)
def test_a_citation_counts_where_it_bears_the_sentence_alone_or_cannot_go(
    cited: str, supported: list[str], recall: bool, precision: list[bool]
) -> None:
    assert weighed(cited, *supported) == (recall, precision)


def test_all_questions_of_a_round_are_asked_at_once_and_none_twice() -> None:
    scorer = Knows("a b c", "c")
    sentence = article("a b c", "c", "")
    weigh([sentence, sentence], scorer)
    # The two sentences; each source of the first alone; the first without a, and without b.
    assert scorer.rounds == [2, 3, 2]


def test_a_scorer_that_is_asked_of_few_sentences_gets_the_same_few() -> None:
    found = [
        [one.number for one in weigh([article(*"abcdefgh")], Knows(most=3))[0]],
        [one.number for one in weigh([article(*"abcdefgh")], Knows(most=3))[0]],
    ]
    assert found[0] == found[1] == sorted(found[0])
    assert len(found[0]) == 3


def test_sentences_on_the_record_and_the_check_are_not_weighed() -> None:
    sentences = (
        Sentence("Case.", (), cites=False, basis="words of the record"),
        Sentence("Policy.", ("a",), basis="a"),
    )
    ((only,),) = weigh([Article(sentences)], Knows("a"))
    assert (only.sentence.text, only.number) == ("Policy.", 2)


QUESTION = Question(id="q", kind="guideline", question="What?", cites=("a", "b"))
ITEM = Item("q", "What?", QUESTION, cluster="q")


def measured(metric: Metric[Question, Judged], *articles: Article, scorer: Knows | None = None) -> Measure:
    items = [Item(f"q{number}", "What?", QUESTION) for number in range(len(articles))]
    queue = iter(articles)
    written = write_all(items, {"system": lambda _: next(queue)}, silent)
    return measure(metric, judge_articles(written, [scorer or Knows("a#1")]), seed=0)


GUARD = Knows()


def test_recall_is_the_share_of_sentences_and_an_article_of_none_counts_as_one_failure() -> None:
    found = measured(citation_recall(GUARD), article("a#1", "b#1", ""), Article((), "the model said nothing"))
    assert (found.name, found.subject.figure.value, found.subject.figure.n) == ("citation-recall", 0.25, 4)
    right, wrong, bare, none = found.subject.judgements
    assert (right.item, right.expected, right.found) == ("q0|s1", "Sentence 1.", "supported by a#1")
    assert wrong.found == "not supported by b#1"
    assert bare.found == "not supported by nothing: it cites nothing"
    assert none.found == "the model said nothing"


def test_precision_is_the_share_of_citations() -> None:
    scorer = Knows("a#1", "a#1 b#1")
    found = measured(citation_precision(GUARD), article("a#1", "a#1 b#1", ""), scorer=scorer)
    assert (found.subject.figure.value, found.subject.figure.n) == (0.6667, 3)
    assert found.subject.judgements[2].item == "q0|s2.b#1"
    assert "do without it" in found.subject.judgements[2].found


def test_figures_of_another_scorer_say_whose_they_are() -> None:
    words = Knows("a#1", name="words")
    found = measured(citation_recall(words), article("a#1"), scorer=words)
    assert found.name == "citation-recall-by-words"
    assert "CIRCULAR" not in found.about
    assert "CIRCULAR" in citation_recall(GUARD).about


def test_every_sentence_needs_a_basis_whatever_it_speaks_of() -> None:
    sentences = (
        Sentence("Case.", (), cites=False, basis="words of the record"),
        Sentence("Check.", (), cites=False),
        Sentence("Policy.", ()),
        Sentence("Policy.", ("a#1",), basis="a#1"),
    )
    found = measured(BASIS, Article(sentences), Article(()))
    assert (found.subject.figure.value, found.subject.figure.n) == (0.4, 5)


def test_each_document_a_right_answer_rests_on_has_to_be_cited() -> None:
    found = measured(DOCUMENTS, article("a#1", "c#1"), article("b#2", "a#9"), Article((), "down"))
    assert (found.subject.figure.value, found.subject.figure.n) == (0.5, 6)
    assert found.subject.judgements[1].found == "cited: a, c"
    assert found.subject.judgements[-1].found == "cited: down"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)


def test_copies_of_the_corpus_are_left_out_of_own_words(knowledge: Knowledge) -> None:
    document = next(iter(knowledge.documents.values()))
    copied = Sentence(document.sections[0].text, ("a#1",))
    metric = own_words(GUARD, tuple(knowledge.documents.values()))
    found = measured(metric, Article((copied, Sentence("Own.", ("a#1",)), Sentence("Own too.", ("b#1",)))))
    assert (found.subject.figure.value, found.subject.figure.n) == (0.5, 2)


def breaks(error: Exception) -> Callable[[Question], Article]:
    def writer(question: Question) -> Article:
        raise error

    return writer


def test_a_writer_that_breaks_fails_the_question_under_every_metric() -> None:
    written = write_all([ITEM], {"system": breaks(ZeroDivisionError("oh"))}, silent)
    judged = judge_articles(written, [Knows()])
    for metric in (BASIS, citation_recall(GUARD), citation_precision(GUARD), DOCUMENTS):
        (judgement,) = measure(metric, judged, seed=0).subject.judgements
        assert (judgement.value, judgement.found) == (0.0, "ZeroDivisionError: oh")


def test_a_recording_that_lacks_an_exchange_ends_the_measurement() -> None:
    with pytest.raises(RecordingError):
        write_all([ITEM], {"system": breaks(RecordingError("record it again"))}, silent)


def test_a_guard_that_breaks_on_one_sentence_supports_that_one_not(knowledge: Knowledge) -> None:
    document = next(iter(knowledge.documents.values()))
    source = f"{document.id}#{document.sections[0].anchor}"
    scorer = GuardScorer(BreakingGuard("weeks"), knowledge)
    first, second = scorer.judge([Asked("All of them.", (source,)), Asked("Some weeks.", (source,))])
    assert first.supported
    assert (second.supported, second.reason) == (False, "it broke: ZeroDivisionError: no weeks")
