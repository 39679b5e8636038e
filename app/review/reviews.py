"""Reviews: submitting an article, judging it, changing it, and approvals that fall when their ground does."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert, select

from app.review.content import content_hash
from app.review.given import article_of, name_of, words_of
from app.review.models import Approval, EventKind, ReviewError, ReviewRow, State, StoredReview
from app.review.rows import add_event, add_revision, approvals, load, load_article, rows
from app.review.standing import approval_of, fallback_reasons, overtaken
from app.review.states import after
from app.store.author import LOCAL_USER, USER, Author
from app.store.database import Database
from app.store.errors import Conflict
from app.store.ids import could_be_id, new_id
from app.store.pages import Place
from app.store.tables import review_revisions, reviews
from app.store.threads import load_turn
from rag.article.models import Answer
from rag.article.strike import strike
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge

REVIEWER = "reviewer"
PROGRAM = "program"


@dataclass(frozen=True)
class Reviews:
    """The reviews of the author's tenant; those of others are as if they were not there.

    Every method is one transaction and raises ``StoreError``. ``seen`` is the ``content_hash`` of the article the
    person had before them: a step meant for another article is a ``Conflict``. Reviewers are known by name, in the
    review and nowhere else; the audit trail has the author's key, or their role.
    """

    database: Database
    author: Author = LOCAL_USER

    def submit(self, thread_id: str, turn: int) -> str:
        """Submit the article of a turn, which counts from 1; the review's id. Raises ``ReviewError``."""
        review_id = new_id()
        with self.database.writing() as connection:
            given = load_turn(connection, thread_id, turn, self.author.tenant)
            article = article_of(given, turn)
            _check_new(connection, thread_id, turn)
            connection.execute(insert(reviews).values(id=review_id, thread_id=thread_id))
            add_revision(connection, review_id, number=1, turn=turn, on=_date_of_service(given), article=article)
            add_event(
                connection,
                review_id,
                thread_id,
                author=self.author,
                at=self.database.clock(),
                kind=EventKind.SUBMITTED,
                state=State.SUBMITTED,
                revision=1,
                article=article,
            )
        return review_id

    def resubmit(self, review_id: str, turn: int) -> StoredReview:
        """Put the article of a later turn in the place of the one under review."""
        with self.database.writing() as connection:
            return self._resubmit(connection, review_id, turn)

    def bring_along(self, connection: Connection, review_id: str, turn: int) -> None:
        """As ``resubmit``, within the transaction that stores the turn; nothing where the review needs no other."""
        with suppress(ReviewError):
            self._resubmit(connection, review_id, turn)

    def _resubmit(self, connection: Connection, review_id: str, turn: int) -> StoredReview:
        review = self._load(connection, review_id)
        given = load_turn(connection, review.thread_id, turn, self.author.tenant)
        article = article_of(given, turn)
        if turn <= review.turn:
            raise ReviewError(f"The review has the article of turn {review.turn} already. Submit a later one.")
        if content_hash(article) == review.content_hash:
            raise ReviewError(f"The article of turn {turn} is the one under review: nothing changed.")
        changed = replace(review, turn=turn, on=_date_of_service(given))
        return self._revise(connection, changed, article, kind=EventKind.RESUBMITTED, author=self.author)

    def strike(
        self, review_id: str, *, reviewer: str, section: str, sentence: int, reason: str, seen: str
    ) -> StoredReview:
        """Take out one sentence (``sentence`` counts from 1 in its section), which makes a new revision."""
        person, why = name_of(reviewer), words_of(reason, "The reason")
        with self.database.writing() as connection:
            review = _as_seen(self._load(connection, review_id), seen)
            article = strike(review.article, section=section, sentence=sentence)
            return self._revise(
                connection, review, article, kind=EventKind.STRUCK, author=self._reviewer, person=person, text=why
            )

    def take_up(self, review_id: str, *, reviewer: str) -> StoredReview:
        """Put the article under review by a person."""
        person = name_of(reviewer)
        with self.database.writing() as connection:
            return self._step(connection, self._load(connection, review_id), EventKind.TAKEN_UP, person=person)

    def approve(self, review_id: str, *, reviewer: str, seen: str, knowledge: Knowledge, today: date) -> StoredReview:
        """Approve exactly the article ``seen``, on the policies' versions as the corpus now has them."""
        person = name_of(reviewer)
        with self.database.writing() as connection:
            review = _as_seen(self._load(connection, review_id), seen)
            after(review.state, EventKind.APPROVED)
            approval = approval_of(review.article, on=review.on, knowledge=knowledge, today=today)
            return self._step(connection, review, EventKind.APPROVED, person=person, approval=approval)

    def send_back(self, review_id: str, *, reviewer: str, comment: str) -> StoredReview:
        """Back to submitted; also withdraws an approval."""
        person, text = name_of(reviewer), words_of(comment, "The comment")
        with self.database.writing() as connection:
            return self._step(
                connection, self._load(connection, review_id), EventKind.SENT_BACK, person=person, text=text
            )

    def comment(self, review_id: str, *, author: str, text: str) -> StoredReview:
        person, said = name_of(author), words_of(text, "The comment")
        with self.database.writing() as connection:
            return self._step(
                connection, self._load(connection, review_id), EventKind.COMMENTED, person=person, text=said
            )

    def get(self, review_id: str) -> StoredReview:
        """As it is stored; whether an approval still stands, ``current`` tells."""
        with self.database.reading() as connection:
            return self._load(connection, review_id)

    def article(self, review_id: str, revision: int) -> Answer:
        """The article as it was in an earlier revision."""
        with self.database.reading() as connection:
            return load_article(connection, review_id, revision, self.author.tenant)

    def current(self, review_id: str, *, knowledge: Knowledge, today: date) -> StoredReview:
        """The review as it stands ``today``: an approval whose ground is gone falls back to submitted, and says why."""
        review = self.get(review_id)
        if not fallback_reasons(review, knowledge=knowledge, today=today):
            return review
        with self.database.writing() as connection:
            review = self._load(connection, review_id)
            reasons = fallback_reasons(review, knowledge=knowledge, today=today)
            if not reasons:
                return review
            return self._step(connection, review, EventKind.FELL_BACK, author=self._program, text=" ".join(reasons))

    def refresh(self, *, knowledge: Knowledge, today: date) -> None:
        """Let every approval fall whose ground is gone, as before the queue is shown.

        Reads no article, so that many approvals cost little; one changed by hand shows in ``current``.
        """
        with self.database.reading() as connection:
            found = approvals(connection, self.author.tenant)
        for review_id, content, approval in found:
            if content != approval.content_hash or overtaken(approval, knowledge=knowledge, today=today):
                self.current(review_id, knowledge=knowledge, today=today)

    def queue(
        self,
        *,
        states: Iterable[State] = tuple(State),
        thread_id: str | None = None,
        limit: int = 200,
        after: Place | None = None,
    ) -> tuple[ReviewRow, ...]:
        """Reviews in these states (of one thread), those that wait longest first, without their articles.

        ``after``: ``at`` and id of the last row of the page before.
        """
        if thread_id is not None and not could_be_id(thread_id):
            return ()
        with self.database.reading() as connection:
            found = rows(
                connection,
                tenant=self.author.tenant,
                thread_id=thread_id,
                states=frozenset(states),
                limit=limit,
                after=after,
            )
        return tuple(found)

    @property
    def _reviewer(self) -> Author:
        """Who takes a reviewer's step: the key it came with, or the role."""
        return replace(self.author, actor=REVIEWER) if self.author.actor == USER else self.author

    @property
    def _program(self) -> Author:
        return replace(self.author.without_receipt(), actor=PROGRAM)

    def _load(self, connection: Connection, review_id: str) -> StoredReview:
        return load(connection, review_id, self.author.tenant)

    def _step(
        self,
        connection: Connection,
        review: StoredReview,
        kind: EventKind,
        *,
        author: Author | None = None,
        person: str | None = None,
        text: str | None = None,
        approval: Approval | None = None,
    ) -> StoredReview:
        add_event(
            connection,
            review.id,
            review.thread_id,
            author=author or self._reviewer,
            at=self.database.clock(),
            kind=kind,
            state=after(review.state, kind),
            revision=review.revision,
            person=person,
            text=text,
            approval=approval,
        )
        return self._load(connection, review.id)

    def _revise(
        self,
        connection: Connection,
        review: StoredReview,
        article: Answer,
        *,
        kind: EventKind,
        author: Author,
        person: str | None = None,
        text: str | None = None,
    ) -> StoredReview:
        """A new revision of ``review``, whose turn and date of service are those of ``article``."""
        number = review.revision + 1
        add_revision(connection, review.id, number=number, turn=review.turn, on=review.on, article=article)
        add_event(
            connection,
            review.id,
            review.thread_id,
            author=author,
            at=self.database.clock(),
            kind=kind,
            state=after(review.state, kind),
            revision=number,
            person=person,
            text=text,
            article=article,
        )
        return self._load(connection, review.id)


def _as_seen(review: StoredReview, seen: str) -> StoredReview:
    """The review, if the person had its newest article before them. Raises ``Conflict``."""
    if review.content_hash != seen:
        raise Conflict("The article was changed meanwhile. Read the new revision, then decide; nothing was changed.")
    return review


def _check_new(connection: Connection, thread_id: str, turn: int) -> None:
    query = select(review_revisions.c.number).select_from(review_revisions.join(reviews))
    if connection.execute(query.where(reviews.c.thread_id == thread_id, review_revisions.c.turn == turn)).first():
        raise Conflict(f"The article of turn {turn} was submitted already; nothing was changed.")


def _date_of_service(turn: Turn) -> date | None:
    return turn.case_file.selection.on if turn.case_file else None
