"""An approval holds for one content and for the versions of the policies it was given on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.review.models import EventKind, ReviewError, State
from app.review.reviews import Reviews
from app.review.standing import fallback_reasons
from app.store.database import Database
from app.store.threads import Threads
from app.store.verify import verify
from rag.criteria.policy import Window
from rag.knowledge.library import Knowledge
from tests.app.review.cases import (
    REVIEWER,
    SERVICE,
    TODAY,
    approved,
    article_about,
    asked,
    policy_of,
    superseded_from,
    with_versions,
)
from tests.app.store.databases import raises_in_words, turn

DAY = timedelta(days=1)


def test_an_approval_stands_while_nothing_changes(database: Database, knowledge: Knowledge) -> None:
    review = approved(database, knowledge)
    for today in (TODAY, TODAY + DAY, date(2030, 1, 1)):
        assert Reviews(database).current(review.id, knowledge=knowledge, today=today) == review


def test_looking_twice_writes_nothing(database: Database, knowledge: Knowledge) -> None:
    review = approved(database, knowledge)
    before = verify(database).entries
    Reviews(database).current(review.id, knowledge=knowledge, today=TODAY)
    assert verify(database).entries == before


@pytest.mark.parametrize(
    ("new_version_from", "today", "says"),
    [
        (SERVICE - DAY, TODAY, "for the date of service at approval"),
        (SERVICE, TODAY, "for the date of service at approval"),
        (TODAY - DAY, TODAY, "in force today at approval"),
        (TODAY, TODAY, "in force today at approval"),
        (TODAY + 9 * DAY, TODAY + 9 * DAY, "the next one"),
        (TODAY + 9 * DAY, TODAY, "to 2026-11-30"),  # the end of the present one became known
    ],
)
def test_an_approval_falls_when_a_version_is_superseded(
    database: Database, knowledge: Knowledge, new_version_from: date, today: date, says: str
) -> None:
    review = approved(database, knowledge)
    policy = policy_of(knowledge)
    changed = superseded_from(knowledge, policy, new_version_from)
    fallen = Reviews(database).current(review.id, knowledge=changed, today=today)
    assert (fallen.state, fallen.reviewer) == (State.SUBMITTED, None)
    last = fallen.history[-1]
    assert (last.kind, last.person) == (EventKind.FELL_BACK, None)
    assert last.text is not None
    assert says in last.text
    assert policy.id in last.text
    assert verify(database).whole


def test_an_approval_falls_when_another_version_comes_into_force_as_days_go_by(
    database: Database, knowledge: Knowledge
) -> None:
    """The corpus knows the next version at approval; nothing in it changes afterwards."""
    begins, policy = TODAY + 30 * DAY, policy_of(knowledge)
    known = superseded_from(knowledge, policy, begins)
    review = approved(database, known, policy=known.policies[policy.id])
    reviews = Reviews(database)
    assert reviews.current(review.id, knowledge=known, today=begins - DAY).state is State.APPROVED
    assert reviews.current(review.id, knowledge=known, today=begins).state is State.SUBMITTED


def test_an_approval_falls_when_its_policy_is_gone(database: Database, knowledge: Knowledge) -> None:
    review, policy = approved(database, knowledge), policy_of(knowledge)
    left = {name: found for name, found in knowledge.policies.items() if name != policy.id}
    fallen = Reviews(database).current(review.id, knowledge=replace(knowledge, policies=left), today=TODAY)
    assert fallen.state is State.SUBMITTED
    assert fallen.history[-1].text == f"The policy {policy.id} is no longer in the corpus."


def test_an_approval_falls_when_no_version_covers_the_day(database: Database, knowledge: Knowledge) -> None:
    review, policy = approved(database, knowledge), policy_of(knowledge)
    present = policy.on(SERVICE)
    assert present is not None
    ended = replace(present, window=Window(present.window.start, SERVICE - DAY))
    reasons = fallback_reasons(review, knowledge=with_versions(knowledge, policy, ended), today=TODAY)
    assert all(f"no version of {policy.id}" in reason for reason in reasons)
    assert len(reasons) == 2


def test_an_approval_does_not_fall_for_a_policy_it_did_not_decide(database: Database, knowledge: Knowledge) -> None:
    review, policy = approved(database, knowledge), policy_of(knowledge)
    changed = knowledge
    for other in list(knowledge.policies.values()):
        if other.id != policy.id:
            changed = with_versions(changed, other)
    assert Reviews(database).current(review.id, knowledge=changed, today=TODAY).state is State.APPROVED


def test_an_approval_falls_when_the_stored_article_is_another(database: Database, knowledge: Knowledge) -> None:
    review = approved(database, knowledge)
    with database.writing() as connection:
        connection.execute(text("UPDATE review_revisions SET article = replace(article, 'NOT', '') "))
        statement = "UPDATE review_revisions SET article = replace(article, 'One criterion fails', 'All is well')"
        connection.execute(text(statement))
    fallen = Reviews(database).current(review.id, knowledge=knowledge, today=TODAY)
    assert fallen.state is State.SUBMITTED
    assert fallen.history[-1].text == "The article is no longer the one that was approved."


def test_a_fallen_review_can_be_approved_again_on_the_new_ground(database: Database, knowledge: Knowledge) -> None:
    reviews, policy = Reviews(database), policy_of(knowledge)
    review = approved(database, knowledge)
    changed = superseded_from(knowledge, policy, SERVICE)
    reviews.current(review.id, knowledge=changed, today=TODAY)
    seen = reviews.take_up(review.id, reviewer=REVIEWER).content_hash
    with raises_in_words(ReviewError, "The article rests on", "the next one", "Ask again"):
        reviews.approve(review.id, reviewer=REVIEWER, seen=seen, knowledge=changed, today=TODAY)
    later = article_about(changed.policies[policy.id])
    Threads(database).append(review.thread_id, turn(article=later, on=SERVICE), expected=1)
    reviews.resubmit(review.id, 2)
    seen = reviews.take_up(review.id, reviewer=REVIEWER).content_hash
    again = reviews.approve(review.id, reviewer=REVIEWER, seen=seen, knowledge=changed, today=TODAY)
    assert reviews.current(review.id, knowledge=changed, today=TODAY + DAY) == again


def test_an_article_about_a_policy_the_corpus_lacks_cannot_be_approved(
    database: Database, knowledge: Knowledge
) -> None:
    reviews, policy = Reviews(database), policy_of(knowledge)
    review_id = reviews.submit(asked(database, article_about(policy)), 1)
    seen = reviews.take_up(review_id, reviewer=REVIEWER).content_hash
    empty = replace(knowledge, policies={})
    with raises_in_words(ReviewError, policy.id, "no longer in the corpus"):
        reviews.approve(review_id, reviewer=REVIEWER, seen=seen, knowledge=empty, today=TODAY)


def test_a_refresh_lets_every_approval_fall_that_has_to(database: Database, knowledge: Knowledge) -> None:
    reviews = Reviews(database)
    for _ in range(2):
        reviews.comment(approved(database, knowledge).id, author=REVIEWER, text="A comment is no step.")
    reviews.submit(asked(database, article_about(policy_of(knowledge))), 1)
    reviews.refresh(knowledge=knowledge, today=TODAY)
    assert len(reviews.queue(states=(State.APPROVED,))) == 2
    reviews.refresh(knowledge=superseded_from(knowledge, policy_of(knowledge), SERVICE), today=TODAY)
    assert len(reviews.queue(states=(State.SUBMITTED,))) == 3
    assert verify(database).whole
