"""A review follows the record of its case, and no further."""

import pytest

from app.conversing import store_turn
from app.review.models import State, StoredReview
from app.review.reviews import Reviews
from app.store.database import Database
from app.store.threads import Threads
from rag.case.models import Case, Fact, Support
from rag.followup.models import CaseFile, Selection, Turn, TurnKind
from rag.knowledge.library import Knowledge
from tests.app.review.cases import SERVICE, approved, article_about, policy_of

FACT = Fact(id="prior_injection.given", value=True, support=Support.STRUCTURED, source="form")


@pytest.fixture
def review(database: Database, knowledge: Knowledge) -> StoredReview:
    return approved(database, knowledge)


def after(
    review: StoredReview, database: Database, knowledge: Knowledge, *kinds: TurnKind, facts: tuple[Fact, ...] = (FACT,)
) -> StoredReview:
    """The review once turns of these kinds were stored, each followed."""
    threads, reviews = Threads(database), Reviews(database)
    for kind in kinds:
        thread = threads.get(review.thread_id)
        article = article_about(policy_of(knowledge), question=f"after {kind} {len(thread.turns)}")
        file = CaseFile(question="q", case=Case(facts=facts), selection=Selection(on=SERVICE))
        told = Turn(said=kind, kind=kind, reply="", answer=article, case_file=file)
        store_turn(thread, told, threads=threads, reviews=reviews)
    return reviews.get(review.id)


@pytest.mark.parametrize("kind", [TurnKind.ADDITION, TurnKind.CORRECTION, TurnKind.FORM])
def test_an_approval_falls_when_the_record_changes(
    kind: TurnKind, review: StoredReview, database: Database, knowledge: Knowledge
) -> None:
    found = after(review, database, knowledge, kind)
    assert found.state is State.SUBMITTED
    assert found.turn == 2
    assert found.revision == 2


@pytest.mark.parametrize("kind", [TurnKind.HYPOTHETICAL, TurnKind.EXPLANATION, TurnKind.TOPIC, TurnKind.AUDIENCE])
def test_an_approval_stands_when_it_does_not(
    kind: TurnKind, review: StoredReview, database: Database, knowledge: Knowledge
) -> None:
    assert after(review, database, knowledge, kind).state is State.APPROVED


def test_another_case_in_the_same_thread_leaves_it_alone(
    review: StoredReview, database: Database, knowledge: Knowledge
) -> None:
    assert after(review, database, knowledge, TurnKind.QUESTION, TurnKind.ADDITION).state is State.APPROVED


def test_a_fact_said_again_leaves_it_alone(review: StoredReview, database: Database, knowledge: Knowledge) -> None:
    unchanged = Threads(database).get(review.thread_id).turns[0].case_file
    assert unchanged is not None
    found = after(review, database, knowledge, TurnKind.ADDITION, facts=unchanged.case.facts)
    assert found.state is State.APPROVED
