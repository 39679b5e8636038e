"""What people hand in: names, words, and the turn whose article is to be reviewed."""

from __future__ import annotations

from app.review.models import ReviewError
from rag.article.models import Answer, Kind
from rag.article.words import clean
from rag.followup.models import Turn

LONGEST_NAME = 120
LONGEST_TEXT = 10_000


def name_of(given: str) -> str:
    """A person's name on one line. Raises ``ReviewError`` where there is none."""
    name = " ".join(clean(given).split())
    if not any(sign.isalnum() for sign in name):
        raise ReviewError("A review is a person's: give your name.")
    if len(name) > LONGEST_NAME:
        raise ReviewError(f"A name has at most {LONGEST_NAME} characters; this one has {len(name)}.")
    return name


def words_of(given: str, what: str) -> str:
    """A comment or a reason, its lines kept. Raises ``ReviewError`` where there is nothing in it."""
    text = "\n".join(clean(line).rstrip() for line in given.splitlines()).strip()
    if not text:
        raise ReviewError(f"{what} is missing: write a sentence, so that others understand the step.")
    if len(text) > LONGEST_TEXT:
        raise ReviewError(f"{what} has {len(text)} characters; at most {LONGEST_TEXT} are kept. Shorten it.")
    return text


def article_of(turn: Turn, number: int) -> Answer:
    """The article of a turn. Raises ``ReviewError`` for what nobody could approve."""
    if turn.answer is None:
        raise ReviewError(f"Turn {number} has no article. Submit the turn whose article is to be reviewed.")
    if turn.hypothetical or turn.answer.hypothesis is not None:
        raise ReviewError(f"Turn {number} only supposes. Add the facts to the record, then submit that turn.")
    if turn.answer.kind is Kind.REFUSAL:
        raise ReviewError(f"Turn {number} gives no answer, so there is nothing to review. Submit another turn.")
    if turn.answer.determinations and turn.case_file is None:
        raise ReviewError(f"Turn {number} does not say for which date of service it was decided. Ask again.")
    return turn.answer
