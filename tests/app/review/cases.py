"""A thread with an article about a policy of the shipped corpus, and its corpus as it may become."""

from dataclasses import replace
from datetime import date

from app.review.models import State, StoredReview
from app.review.reviews import Reviews
from app.store.database import Database
from app.store.threads import Threads
from rag.article.models import Answer
from rag.criteria.determination import Effective, Status
from rag.criteria.policy import Policy, Version, Window
from rag.knowledge.library import Knowledge
from tests.app.store.databases import turn
from tests.article.builders import answer, determination

#: The date of service, and the day on which the review is looked at.
SERVICE = date(2026, 11, 1)
TODAY = date(2026, 11, 22)
REVIEWER = "Dr. Ada Example"


def policy_of(knowledge: Knowledge) -> Policy:
    """A policy with a version in force on both days, which began before them and has no end."""
    return next(
        policy
        for policy in knowledge.policies.values()
        if (version := policy.on(SERVICE)) and version == policy.on(TODAY) and version.window.end is None
    )


def article_about(policy: Policy, *, question: str = "Is 62321 necessary after minimal relief?") -> Answer:
    """An article that decided ``policy`` on the date of service, and found another not to apply."""
    version = policy.on(SERVICE)
    assert version is not None
    decided = determination(policy.id).model_copy(
        update={
            "version": version.version,
            "effective": Effective(start=version.window.start, end=version.window.end),
        }
    )
    beside = determination("unheard-of", Status.NOT_APPLICABLE, reason="does not govern it")
    return answer(question=question, determinations=(decided, beside))


def asked(database: Database, article: Answer) -> str:
    """A thread with one turn, whose article this is."""
    threads = Threads(database)
    thread_id = threads.create()
    threads.append(thread_id, turn(article.question, article=article, on=SERVICE), expected=0)
    return thread_id


def approved(database: Database, knowledge: Knowledge, *, policy: Policy | None = None) -> StoredReview:
    """A review of a new thread's article (about ``policy``), taken to approval."""
    reviews = Reviews(database)
    review_id = reviews.submit(asked(database, article_about(policy or policy_of(knowledge))), 1)
    seen = reviews.take_up(review_id, reviewer=REVIEWER).content_hash
    review = reviews.approve(review_id, reviewer=REVIEWER, seen=seen, knowledge=knowledge, today=TODAY)
    assert review.state is State.APPROVED
    return review


def with_versions(knowledge: Knowledge, policy: Policy, *versions: Version) -> Knowledge:
    changed = replace(policy, versions=versions)
    return replace(knowledge, policies={**knowledge.policies, policy.id: changed})


def superseded_from(knowledge: Knowledge, policy: Policy, day: date) -> Knowledge:
    """The corpus once a new version of ``policy`` is in force from ``day`` on, and the present one ends before."""
    present = policy.on(SERVICE)
    assert present is not None
    ends = replace(present, window=Window(present.window.start, date.fromordinal(day.toordinal() - 1)))
    follows = replace(present, version="the next one", window=Window(day, None))
    return with_versions(knowledge, policy, ends, follows)
