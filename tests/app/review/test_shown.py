"""What an article says of its own review, in its field and in its disclaimer, and the hash that ignores both."""

from datetime import UTC, datetime

import pytest

from app.review.content import content_hash
from app.review.models import State, StoredReview
from app.review.shown import with_review
from rag.article.markdown import answer_markdown
from rag.article.models import Answer, Audience, Claim, ClaimBasis, Review
from rag.article.wording import DISCLAIMER
from tests.article.builders import answer

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def written() -> Answer:
    return answer().model_copy(update={"disclaimer": DISCLAIMER})


def review(state: State, reviewer: str | None = "Dr. Ada Example") -> StoredReview:
    article = written()
    return StoredReview(
        id="r",
        thread_id="t",
        state=state,
        reviewer=reviewer,
        at=AT,
        revision=1,
        turn=1,
        on=None,
        content_hash=content_hash(article),
        article=article,
        history=(),
    )


@pytest.mark.parametrize(
    ("state", "reviewer", "words"),
    [
        (State.SUBMITTED, None, "Status: submitted, pending human review."),
        (
            State.UNDER_REVIEW,
            "Dr. Ada Example",
            "Status: under human review by Dr. Ada Example since 2026-11-22; not approved.",
        ),
        (State.APPROVED, "Dr. Ada Example", "Status: reviewed and approved by Dr. Ada Example on 2026-11-22."),
    ],
)
def test_field_and_disclaimer_say_the_same(state: State, reviewer: str | None, words: str) -> None:
    shown = with_review(written(), review(state, reviewer))
    assert (shown.review.status, shown.review.reviewer) == (state.value, reviewer)
    assert shown.disclaimer.endswith(words)
    assert shown.disclaimer.count("Status: ") == 1
    assert "A person decides" in shown.disclaimer
    assert ("pending human review" in shown.disclaimer) == (state is State.SUBMITTED)


def test_a_patient_reads_of_the_review_in_plain_words() -> None:
    update = {"audience": Audience.PATIENT, "disclaimer": "For learning. Status: submitted. Somebody has to check."}
    article = written().model_copy(update=update)
    assert with_review(article, review(State.SUBMITTED, None)) == article
    shown = with_review(article, review(State.APPROVED))
    assert shown.disclaimer == "For learning. Status: Dr. Ada Example checked this page and approved it on 2026-11-22."
    assert content_hash(shown) == content_hash(article)


def test_the_rendered_article_tells_who_approved_it_and_when() -> None:
    text = answer_markdown(with_review(written(), review(State.APPROVED)))
    assert "Review status: approved by Dr. Ada Example on 2026-11-22." in text
    assert "pending human review" not in text


def test_the_state_can_be_put_in_again_and_taken_out() -> None:
    shown = with_review(written(), review(State.APPROVED, "Status: O'Hara"))
    assert with_review(shown, review(State.UNDER_REVIEW)).disclaimer.count("Status: ") == 1
    assert with_review(shown, review(State.SUBMITTED, None)) == written()


def test_a_disclaimer_that_says_nothing_of_a_review_stays() -> None:
    assert with_review(answer(), review(State.APPROVED)).disclaimer == answer().disclaimer


@pytest.mark.parametrize("state", State)
def test_the_hash_of_an_article_does_not_depend_on_its_review(state: State) -> None:
    shown = with_review(written(), review(state))
    assert content_hash(shown) == content_hash(written())
    later = shown.model_copy(update={"last_updated": AT, "review": Review()})
    assert content_hash(later) == content_hash(written())


@pytest.mark.parametrize(
    "changes",
    [
        {"question": "Another?"},
        {"verdict": None},
        {"determinations": ()},
        {"sections": ()},
        {"references": ()},
        {"follow_ups": ()},
        {"limitations": ()},
        {"disclaimer": "Do as it says. Status: submitted, pending human review."},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_hash_depends_on_everything_else(changes: dict[str, object]) -> None:
    assert content_hash(written().model_copy(update=changes)) != content_hash(written())


def test_the_hash_depends_on_a_single_sign_of_a_sentence() -> None:
    one, other = (answer(claims=(Claim(text=words, basis=ClaimBasis.CHECK),)) for words in ("No pain.", "No pain!"))
    assert content_hash(one) != content_hash(other)


def test_the_hash_of_an_article_survives_its_storage() -> None:
    article = written()
    assert content_hash(Answer.model_validate_json(article.model_dump_json())) == content_hash(article)
