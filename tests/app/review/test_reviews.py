"""The steps of a review: which are possible when, who takes them, and what is kept of them."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.review.models import EventKind, ReviewError, State, StoredReview
from app.review.reviews import Reviews
from app.store.audit import entries
from app.store.database import Database
from app.store.errors import Conflict, NotFound, Unreadable
from app.store.threads import Threads
from app.store.verify import verify
from rag.article.models import Answer, Kind
from rag.article.strike import StrikeError
from rag.followup.models import Turn, TurnKind
from rag.knowledge.library import Knowledge
from tests.app.review.cases import REVIEWER, SERVICE, TODAY, approved, article_about, asked, policy_of
from tests.app.store.databases import raises_in_words, thread_with, turn
from tests.article.builders import answer


@pytest.fixture
def reviews(database: Database) -> Reviews:
    return Reviews(database)


@pytest.fixture
def article(knowledge: Knowledge) -> Answer:
    return article_about(policy_of(knowledge))


@pytest.fixture
def submitted(reviews: Reviews, article: Answer) -> StoredReview:
    return reviews.get(reviews.submit(asked(reviews.database, article), 1))


Step = Callable[[Reviews, StoredReview, Knowledge], StoredReview]


def take_up(reviews: Reviews, review: StoredReview, knowledge: Knowledge) -> StoredReview:
    return reviews.take_up(review.id, reviewer=REVIEWER)


def approve(reviews: Reviews, review: StoredReview, knowledge: Knowledge) -> StoredReview:
    seen = review.content_hash
    return reviews.approve(review.id, reviewer=REVIEWER, seen=seen, knowledge=knowledge, today=TODAY)


def send_back(reviews: Reviews, review: StoredReview, knowledge: Knowledge) -> StoredReview:
    return reviews.send_back(review.id, reviewer=REVIEWER, comment="The imaging report is another patient's.")


def comment(reviews: Reviews, review: StoredReview, knowledge: Knowledge) -> StoredReview:
    return reviews.comment(review.id, author="Nurse Example", text="Called the clinic.")


def strike(reviews: Reviews, review: StoredReview, knowledge: Knowledge) -> StoredReview:
    seen, why = review.content_hash, "Says the same twice."
    return reviews.strike(review.id, reviewer=REVIEWER, section="determination", sentence=2, reason=why, seen=seen)


def resubmit(reviews: Reviews, review: StoredReview, knowledge: Knowledge) -> StoredReview:
    said = "Function improved by half."
    later = turn(said, article=article_about(policy_of(knowledge), question=said), on=SERVICE)
    number = Threads(reviews.database).append(review.thread_id, later, expected=1)
    return reviews.resubmit(review.id, number)


WAYS: dict[State, tuple[Step, ...]] = {
    State.SUBMITTED: (),
    State.UNDER_REVIEW: (take_up,),
    State.APPROVED: (take_up, approve),
}
NO = None
STEPS = [
    # from submitted, under review, approved; NO: refused
    (take_up, (State.UNDER_REVIEW, NO, NO)),
    (approve, (NO, State.APPROVED, NO)),
    (send_back, (NO, State.SUBMITTED, State.SUBMITTED)),
    (comment, (State.SUBMITTED, State.UNDER_REVIEW, State.APPROVED)),
    (strike, (State.SUBMITTED, State.SUBMITTED, State.SUBMITTED)),
    (resubmit, (State.SUBMITTED, State.SUBMITTED, State.SUBMITTED)),
]
TABLE = [
    pytest.param(start, step, after, id=f"{start.value}-{step.__name__}")
    for step, reached in STEPS
    for start, after in zip(State, reached, strict=True)
]


@pytest.mark.parametrize(("start", "step", "reached"), TABLE)
def test_each_step_leads_where_the_table_says_or_is_refused(
    reviews: Reviews, submitted: StoredReview, knowledge: Knowledge, start: State, step: Step, reached: State | None
) -> None:
    review = submitted
    for way in WAYS[start]:
        review = way(reviews, review, knowledge)
    assert review.state is start
    if reached is None:
        with pytest.raises(ReviewError, match="cannot be"):
            step(reviews, review, knowledge)
        assert reviews.get(review.id) == review
    else:
        assert step(reviews, review, knowledge).state is reached
    assert verify(reviews.database).whole


def test_the_history_holds_every_step_in_order_with_who_and_why(
    reviews: Reviews, submitted: StoredReview, knowledge: Knowledge
) -> None:
    review = submitted
    for step in (comment, take_up, strike, take_up, approve, send_back, resubmit):
        review = step(reviews, review, knowledge)
    told = [(event.kind.value, event.state.value, event.revision, event.person) for event in review.history]
    assert told == [
        ("submitted", "submitted", 1, None),
        ("commented", "submitted", 1, "Nurse Example"),
        ("taken_up", "under_review", 1, REVIEWER),
        ("struck", "submitted", 2, REVIEWER),
        ("taken_up", "under_review", 2, REVIEWER),
        ("approved", "approved", 2, REVIEWER),
        ("sent_back", "submitted", 2, REVIEWER),
        ("resubmitted", "submitted", 3, None),
    ]
    assert [event.number for event in review.history] == list(range(1, 9))
    assert [event.at for event in review.history] == sorted(event.at for event in review.history)
    assert [event.text for event in review.comments] == ["Called the clinic."]
    assert review.history[3].text == "Says the same twice."


def test_the_article_of_each_revision_can_be_read(
    reviews: Reviews, submitted: StoredReview, knowledge: Knowledge, article: Answer
) -> None:
    review = resubmit(reviews, strike(reviews, submitted, knowledge), knowledge)
    assert reviews.article(review.id, 1) == article
    assert len(reviews.article(review.id, 2).sections[0].claims) == len(article.sections[0].claims) - 1
    assert reviews.article(review.id, 3) == review.article
    assert (review.revision, review.turn, review.article.question) == (3, 2, "Function improved by half.")
    with pytest.raises(NotFound, match="no revision 4"):
        reviews.article(review.id, 4)


SUPPOSING = turn(article=answer().model_copy(update={"hypothesis": "relief of 60 %"}))
REFUSED = [
    ("a supposition", turn(kind=TurnKind.HYPOTHETICAL), "only supposes"),
    ("words about a supposition", SUPPOSING, "only supposes"),
    ("a refusal", turn(article=answer(kind=Kind.REFUSAL)), "gives no answer"),
    ("no article", Turn(said="hello", kind=TurnKind.UNCLEAR, reply="What?"), "has no article"),
    ("no record", turn().model_copy(update={"case_file": None}), "date of service"),
]


@pytest.mark.parametrize(("given", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_nobody_could_approve_cannot_be_submitted(reviews: Reviews, given: Turn, says: str) -> None:
    threads = Threads(reviews.database)
    thread_id = threads.create()
    threads.append(thread_id, given, expected=0)
    with raises_in_words(ReviewError, "Turn 1", says):
        reviews.submit(thread_id, 1)
    assert reviews.queue() == ()


def test_a_guideline_article_can_be_approved(reviews: Reviews, knowledge: Knowledge) -> None:
    thread_id = asked(reviews.database, answer(kind=Kind.GUIDELINE))
    review = take_up(reviews, reviews.get(reviews.submit(thread_id, 1)), knowledge)
    assert approve(reviews, review, knowledge).state is State.APPROVED


def test_a_turn_that_is_not_there_cannot_be_submitted(reviews: Reviews) -> None:
    thread_id = thread_with(reviews.database, "one")
    with raises_in_words(NotFound, "has 1 turns, none numbered 2"):
        reviews.submit(thread_id, 2)


def test_a_turn_is_submitted_once(reviews: Reviews, submitted: StoredReview) -> None:
    with pytest.raises(Conflict, match="submitted already"):
        reviews.submit(submitted.thread_id, 1)
    assert len(reviews.queue()) == 1


def test_resubmitting_needs_a_later_turn_with_another_article(
    reviews: Reviews, submitted: StoredReview, article: Answer
) -> None:
    with pytest.raises(ReviewError, match="Submit a later one"):
        reviews.resubmit(submitted.id, 1)
    threads = Threads(reviews.database)
    threads.append(submitted.thread_id, turn("why?", kind=TurnKind.EXPLANATION, article=article), expected=1)
    with pytest.raises(ReviewError, match="nothing changed"):
        reviews.resubmit(submitted.id, 2)
    threads.append(submitted.thread_id, turn("what if", kind=TurnKind.HYPOTHETICAL), expected=2)
    with pytest.raises(ReviewError, match="only supposes"):
        reviews.resubmit(submitted.id, 3)


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\u200b", "--", "x" * 121])
def test_no_step_of_a_reviewer_goes_without_a_name(
    reviews: Reviews, submitted: StoredReview, knowledge: Knowledge, name: str
) -> None:
    seen = submitted.content_hash
    with pytest.raises(ReviewError, match="name"):
        reviews.take_up(submitted.id, reviewer=name)
    review = take_up(reviews, submitted, knowledge)
    steps: tuple[Callable[[], StoredReview], ...] = (
        lambda: reviews.approve(review.id, reviewer=name, seen=seen, knowledge=knowledge, today=TODAY),
        lambda: reviews.send_back(review.id, reviewer=name, comment="words"),
        lambda: reviews.comment(review.id, author=name, text="words"),
        lambda: reviews.strike(
            review.id, reviewer=name, section="determination", sentence=2, reason="words", seen=seen
        ),
    )
    for step in steps:
        with pytest.raises(ReviewError, match="name"):
            step()
    assert reviews.get(review.id) == review


def test_a_name_is_kept_on_one_line(reviews: Reviews, submitted: StoredReview) -> None:
    assert reviews.take_up(submitted.id, reviewer=" Ada\n\tExample\u202e ").reviewer == "Ada Example"


def test_steps_that_need_words_are_refused_without(
    reviews: Reviews, submitted: StoredReview, knowledge: Knowledge
) -> None:
    review = take_up(reviews, submitted, knowledge)
    with pytest.raises(ReviewError, match="comment is missing"):
        reviews.send_back(review.id, reviewer=REVIEWER, comment=" \n")
    with pytest.raises(ReviewError, match="comment is missing"):
        reviews.comment(review.id, author=REVIEWER, text="")
    with pytest.raises(ReviewError, match="reason is missing"):
        reviews.strike(
            review.id,
            reviewer=REVIEWER,
            section="determination",
            sentence=2,
            reason="\t",
            seen=review.content_hash,
        )


def test_nobody_approves_an_article_they_did_not_see(
    reviews: Reviews, submitted: StoredReview, knowledge: Knowledge
) -> None:
    seen = submitted
    take_up(reviews, strike(reviews, submitted, knowledge), knowledge)
    with pytest.raises(Conflict, match="changed meanwhile"):
        approve(reviews, seen, knowledge)
    with pytest.raises(Conflict, match="changed meanwhile"):
        strike(reviews, seen, knowledge)
    assert reviews.get(seen.id).state is State.UNDER_REVIEW


def test_a_sentence_that_stays_cannot_be_struck(reviews: Reviews, submitted: StoredReview) -> None:
    with pytest.raises(StrikeError, match="states the verdict"):
        reviews.strike(
            submitted.id,
            reviewer=REVIEWER,
            section="determination",
            sentence=1,
            reason="wrong",
            seen=submitted.content_hash,
        )
    assert reviews.get(submitted.id) == submitted


def test_the_queue_tells_states_apart_and_shows_who_waits_longest_first(
    reviews: Reviews, knowledge: Knowledge, article: Answer
) -> None:
    done = approved(reviews.database, knowledge)
    first = reviews.submit(asked(reviews.database, article), 1)
    second = reviews.submit(asked(reviews.database, article), 1)
    reviews.comment(first, author="Nurse Example", text="A word does not move it back in the queue.")
    waiting = reviews.queue(states=(State.SUBMITTED,))
    assert [row.id for row in waiting] == [first, second]
    assert waiting[0].title == article.question
    (row,) = reviews.queue(states=(State.APPROVED,))
    assert (row.id, row.reviewer, row.revision) == (done.id, REVIEWER, 1)
    assert [row.id for row in reviews.queue(thread_id=done.thread_id)] == [done.id]
    assert len(reviews.queue(limit=2)) == 2


def test_a_review_goes_with_its_thread(reviews: Reviews, knowledge: Knowledge) -> None:
    review = approved(reviews.database, knowledge)
    Threads(reviews.database).delete(review.thread_id)
    with pytest.raises(NotFound, match="went with its thread"):
        reviews.get(review.id)
    assert reviews.queue() == ()
    assert verify(reviews.database).whole


def test_the_trail_has_every_step_and_no_name(reviews: Reviews, knowledge: Knowledge) -> None:
    review = comment(reviews, approved(reviews.database, knowledge), knowledge)
    with reviews.database.reading() as connection:
        found = list(entries(connection))
    steps = [entry for entry in found if entry.action == "review.event"]
    assert [entry.actor for entry in steps] == ["user", "reviewer", "reviewer", "reviewer"]
    assert len(steps) == len(review.history)
    assert not any(name in entry.model_dump_json() for entry in found for name in ("Ada", "Example"))


TAMPERING = [
    "UPDATE review_events SET person = 'Dr. Nobody' WHERE kind = 'approved'",
    "UPDATE review_events SET state = 'approved' WHERE kind = 'taken_up'",
    "UPDATE review_events SET basis = NULL WHERE kind = 'approved'",
    "UPDATE review_events SET text = 'Never said.' WHERE kind = 'commented'",
    "UPDATE review_revisions SET article = replace(article, 'half the pain', 'no pain')",
    "DELETE FROM review_events WHERE kind = 'commented'",
    "DELETE FROM review_revisions",
    "DELETE FROM reviews",
]


@pytest.mark.parametrize("statement", TAMPERING)
def test_a_review_changed_by_hand_does_not_fit_the_trail(
    reviews: Reviews, knowledge: Knowledge, statement: str
) -> None:
    comment(reviews, approved(reviews.database, knowledge), knowledge)
    assert verify(reviews.database).whole
    with reviews.database.writing() as connection:
        assert connection.execute(text(statement)).rowcount > 0
    assert not verify(reviews.database).whole


def test_an_article_of_an_unknown_shape_names_its_review(reviews: Reviews, submitted: StoredReview) -> None:
    with reviews.database.writing() as connection:
        connection.execute(text("UPDATE review_revisions SET article = '{}'"))
    with raises_in_words(Unreadable, submitted.id, "does not read"):
        reviews.get(submitted.id)
    assert len(reviews.queue()) == 1


def test_a_step_of_an_unknown_kind_names_its_review(reviews: Reviews, submitted: StoredReview) -> None:
    with reviews.database.writing() as connection:
        connection.execute(text("UPDATE review_events SET state = 'blessed'"))
    with raises_in_words(Unreadable, submitted.id, "Step 1", "audit verify"):
        reviews.get(submitted.id)


def test_the_first_event_is_the_submission(submitted: StoredReview) -> None:
    assert [event.kind for event in submitted.history] == [EventKind.SUBMITTED]
    assert (submitted.on, submitted.turn, submitted.revision, submitted.reviewer) == (SERVICE, 1, 1, None)
