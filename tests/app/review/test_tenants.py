"""A tenant's reviews are to another as if they had never been, and each change is made once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text

from app.review.models import State, StoredReview
from app.review.reviews import Reviews
from app.store.audit import entries
from app.store.author import LOCAL, Author, Receipt
from app.store.database import Database
from app.store.errors import Conflict
from app.store.receipts import Receipts
from app.store.threads import Threads
from app.store.verify import verify
from rag.knowledge.library import Knowledge
from tests.app.review.cases import REVIEWER, SERVICE, TODAY, article_about, policy_of, superseded_from
from tests.app.store.databases import turn
from tests.app.store.test_tenants import NEVER_WAS, NO_IDS, NORTH, SOUTH, pages, public_methods, words_of
from tests.article.builders import answer

ONCE = Receipt("once", "f" * 64)
Use = Callable[[Reviews, str, StoredReview, Knowledge], object]


def _brought_along(reviews: Reviews, review_id: str, seen: StoredReview, knowledge: Knowledge) -> object:
    with reviews.database.writing() as connection:
        reviews.bring_along(connection, review_id, 2)
    return reviews.get(review_id)


#: Every method that names a review: who uses it, on which, with what the owner sees.
OF_A_REVIEW: dict[str, Use] = {
    "resubmit": lambda reviews, review_id, seen, knowledge: reviews.resubmit(review_id, 2),
    "strike": lambda reviews, review_id, seen, knowledge: reviews.strike(
        review_id,
        reviewer=REVIEWER,
        section="determination",
        sentence=2,
        reason="Says the same twice.",
        seen=seen.content_hash,
    ),
    "take_up": lambda reviews, review_id, seen, knowledge: reviews.take_up(review_id, reviewer=REVIEWER),
    "approve": lambda reviews, review_id, seen, knowledge: reviews.approve(
        review_id, reviewer=REVIEWER, seen=seen.content_hash, knowledge=knowledge, today=TODAY
    ),
    "send_back": lambda reviews, review_id, seen, knowledge: reviews.send_back(
        review_id, reviewer=REVIEWER, comment="Not this one."
    ),
    "comment": lambda reviews, review_id, seen, knowledge: reviews.comment(
        review_id, author=REVIEWER, text="Called the clinic."
    ),
    "bring_along": _brought_along,
    "get": lambda reviews, review_id, seen, knowledge: reviews.get(review_id),
    "article": lambda reviews, review_id, seen, knowledge: reviews.article(review_id, 1),
    "current": lambda reviews, review_id, seen, knowledge: reviews.current(review_id, knowledge=knowledge, today=TODAY),
}
#: What takes the review there first.
UNDER_REVIEW = ("approve", "send_back")


def submitted(database: Database, author: Author, knowledge: Knowledge) -> StoredReview:
    """A review of the first of two turns."""
    threads, reviews = Threads(database, author), Reviews(database, author)
    thread_id = threads.create()
    for number, said in enumerate(("Is it necessary?", "Function improved by half.")):
        article = article_about(policy_of(knowledge), question=said)
        threads.append(thread_id, turn(said, article=article, on=SERVICE), expected=number)
    return reviews.get(reviews.submit(thread_id, 1))


def approved(database: Database, author: Author, knowledge: Knowledge) -> StoredReview:
    review = submitted(database, author, knowledge)
    Reviews(database, author).take_up(review.id, reviewer=REVIEWER)
    seen = review.content_hash
    return Reviews(database, author).approve(review.id, reviewer=REVIEWER, seen=seen, knowledge=knowledge, today=TODAY)


def test_the_table_names_every_method() -> None:
    assert public_methods(Reviews) == {*OF_A_REVIEW, "submit", "refresh", "queue"}


def test_anothers_review_is_refused_in_the_words_for_one_that_never_was(
    database: Database, knowledge: Knowledge
) -> None:
    review = submitted(database, NORTH, knowledge)
    before = verify(database)
    for use in OF_A_REVIEW.values():
        south = Reviews(database, SOUTH)

        def used(review_id: str, use: Use = use, south: Reviews = south) -> Callable[[], object]:
            return lambda: use(south, review_id, review, knowledge)

        assert words_of(used(review.id)) == words_of(used(NEVER_WAS)).replace(NEVER_WAS, review.id)
        assert all(words_of(used(given)).startswith("There is no review") for given in NO_IDS)
    assert verify(database) == before
    assert Reviews(database, NORTH).get(review.id) == review


@pytest.mark.parametrize("method", OF_A_REVIEW)
def test_whose_it_is_can_take_the_step(database: Database, knowledge: Knowledge, method: str) -> None:
    review = submitted(database, NORTH, knowledge)
    if method in UNDER_REVIEW:
        Reviews(database, NORTH).take_up(review.id, reviewer=REVIEWER)
    assert OF_A_REVIEW[method](Reviews(database, NORTH), review.id, review, knowledge)


def test_a_turn_of_another_cannot_be_submitted(database: Database, knowledge: Knowledge) -> None:
    thread_id = submitted(database, NORTH, knowledge).thread_id
    south = Reviews(database, SOUTH)
    said = words_of(lambda: south.submit(thread_id, 2))
    assert said == words_of(lambda: south.submit(NEVER_WAS, 2)).replace(NEVER_WAS, thread_id)


def test_the_queue_holds_the_tenants_own_reviews(database: Database, knowledge: Knowledge) -> None:
    mine = {author: submitted(database, author, knowledge) for author in (NORTH, SOUTH)}
    for author, review in mine.items():
        assert [row.id for row in Reviews(database, author).queue()] == [review.id]
    assert Reviews(database).queue() == ()
    assert Reviews(database, SOUTH).queue(thread_id=mine[NORTH].thread_id) == ()
    assert all(Reviews(database, SOUTH).queue(thread_id=given) == () for given in NO_IDS)


def test_only_the_tenants_own_approvals_fall_when_it_looks(database: Database, knowledge: Knowledge) -> None:
    both = {author: approved(database, author, knowledge) for author in (NORTH, SOUTH)}
    overtaken = superseded_from(knowledge, policy_of(knowledge), SERVICE)
    Reviews(database, NORTH).refresh(knowledge=overtaken, today=TODAY)
    assert Reviews(database, NORTH).get(both[NORTH].id).state is State.SUBMITTED
    assert Reviews(database, SOUTH).get(both[SOUTH].id).state is State.APPROVED


def test_a_step_by_a_key_is_the_keys_in_the_trail_and_one_by_the_page_the_roles(
    database: Database, knowledge: Knowledge
) -> None:
    for author in (NORTH, Author()):
        review = approved(database, author, knowledge)
        overtaken = superseded_from(knowledge, policy_of(knowledge), SERVICE)
        Reviews(database, author).current(review.id, knowledge=overtaken, today=TODAY)
    with database.reading() as connection:
        found = [entry.actor for entry in entries(connection) if entry.action == "review.event"]
    assert found == ["key:north", "key:north", "key:north", "program", "user", "reviewer", "reviewer", "program"]


def test_a_step_sent_twice_is_taken_once_and_its_receipt_names_it(database: Database, knowledge: Knowledge) -> None:
    review = submitted(database, Author(), knowledge)
    once = Reviews(database, Author(receipt=ONCE))
    once.comment(review.id, author=REVIEWER, text="Called the clinic.")
    found = Receipts(database).find(LOCAL, ONCE.key)
    assert found is not None
    assert found.subject == f"thread:{review.thread_id}/review:{review.id}/event:2"
    with pytest.raises(Conflict, match="Idempotency-Key"):
        once.comment(review.id, author=REVIEWER, text="Called the clinic.")
    with pytest.raises(Conflict, match="Idempotency-Key"):
        once.submit(review.thread_id, 2)
    assert len(Reviews(database).get(review.id).history) == 2
    assert len(Reviews(database).queue()) == 1
    Threads(database).delete(review.thread_id)
    assert Receipts(database).find(LOCAL, ONCE.key) is None


def test_an_approval_that_falls_takes_nobodys_receipt(database: Database, knowledge: Knowledge) -> None:
    review = approved(database, Author(), knowledge)
    overtaken = superseded_from(knowledge, policy_of(knowledge), SERVICE)
    once = Reviews(database, Author(receipt=ONCE))
    assert once.current(review.id, knowledge=overtaken, today=TODAY).state is State.SUBMITTED
    assert Receipts(database).find(LOCAL, ONCE.key) is None
    once.comment(review.id, author=REVIEWER, text="It fell.")


def test_a_revision_that_is_not_there_is_not_found(database: Database, knowledge: Knowledge) -> None:
    review, reviews = submitted(database, NORTH, knowledge), Reviews(database, NORTH)
    for number in (0, -1, 2, 2**31, 10**40):
        assert f"no revision {number}." in words_of(partial(reviews.article, review.id, number))


@pytest.mark.parametrize("at_once", [False, True], ids=["one after another", "all in one moment"])
def test_pages_hold_every_review_once_and_in_order(database: Database, at_once: bool) -> None:
    if at_once:
        moment = database.clock()
        database = replace(database, clock=lambda: moment)
    threads, reviews = Threads(database), Reviews(database)
    thread_id = threads.create()
    made = []
    for number in range(5):
        threads.append(thread_id, turn(f"said {number}", article=answer(question=f"said {number}")), expected=number)
        made.append(reviews.submit(thread_id, number + 1))
    reviews.comment(made[0], author=REVIEWER, text="A word does not move it.")
    for limit in (1, 2, 3, 50):
        found = pages(lambda after, limit=limit: reviews.queue(limit=limit, after=after), "at")  # type: ignore[misc]
        assert found == (sorted(made) if at_once else made)


def test_a_review_belongs_to_whoever_has_its_thread(database: Database, knowledge: Knowledge) -> None:
    review = submitted(database, NORTH, knowledge)
    with database.writing() as connection:
        connection.execute(text("UPDATE threads SET tenant = 'south'"))
    assert Reviews(database, SOUTH).get(review.id) == review
    assert Reviews(database, NORTH).queue() == ()
