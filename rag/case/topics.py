"""What a text speaks of, and which of it a finding belongs to: the requested injection, an earlier one, other care."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rag.case.context import NEGATION
from rag.case.phrases import MENTION
from rag.case.statements import Passage, Statement

TopicKind = Literal["request", "prior", "repeat", "other", "void"]
# A mention in such a context names no event of this patient's record.
_ELSEWHERE = frozenset({"hypothesis", "plan", "other_person", "policy", "question", "uncertainty"})


@dataclass(frozen=True)
class Topic:
    """A place where the text speaks of something. ``repeat`` is a request that implies an earlier injection."""

    kind: TopicKind
    start: int
    end: int
    sentence: int


class Topics:
    """All topics of a text, in its order; overlapping ones are settled for the longest."""

    def __init__(self, passage: Passage, statements: Iterable[Statement]) -> None:
        named = [_named(statement) for statement in statements if statement.rule.raw.topic]
        mentions = [_request((token.start, token.end), passage) for token in passage.masked.of_kind(MENTION)]
        self.all = tuple(sorted(_settled(named, mentions), key=lambda topic: topic.start))

    def of(self, *kinds: TopicKind) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.all if topic.kind in kinds)

    def prior_of(self, statement: Statement, passage: Passage, link: re.Pattern[str]) -> Topic | None:
        """The earlier injection a finding belongs to, or ``None`` where it belongs to something else or to nothing.

        In this order: what the finding names itself, what it is linked to ("relief from ..."), the last thing named
        before it, and within its sentence what is named after it. A request has no outcome and is passed over.
        """
        through = statement.rule.raw.through
        seen = [t for t in self.all if t.kind != "request" and not (through and t.kind in ("other", "void"))]
        inside = [t for t in seen if statement.overlaps(t.start, t.end)]
        own = [t for t in inside if t.kind in ("prior", "repeat")]
        if own or inside:
            return own[0] if own else None
        later = [t for t in seen if t.start >= statement.end and t.sentence == statement.sentence]
        if later and link.fullmatch(passage.masked.marked, statement.end, later[0].start):
            return _if_prior(later[0])
        earlier = [t for t in seen if t.end <= statement.start]
        return _if_prior(earlier[-1]) if earlier else _if_prior(later[0]) if later else None

    def is_about_prior(self, statement: Statement) -> bool:
        """Whether a word about a procedure describes an earlier one: the last mention before it in its sentence."""
        same = [t for t in self.all if t.sentence == statement.sentence and t.kind in ("prior", "request", "repeat")]
        inside = [t for t in same if statement.overlaps(t.start, t.end)]
        before = [t for t in same if t.end <= statement.start]
        nearest = inside[-1:] or before[-1:] or same[:1]
        return bool(nearest) and nearest[0].kind == "prior"


def _if_prior(topic: Topic) -> Topic | None:
    return topic if topic.kind in ("prior", "repeat") else None


def _named(statement: Statement) -> Topic:
    kind: TopicKind = statement.rule.raw.topic or "other"
    denied = NEGATION in statement.kinds and kind != "other" and statement.rule.raw.negated != "keep"
    if denied or statement.kinds & _ELSEWHERE:
        kind = "void"
    return Topic(kind, statement.start, statement.end, statement.sentence)


def _request(span: tuple[int, int], passage: Passage) -> Topic:
    kinds = passage.kinds(span, ("hypothesis", "plan", "question", "uncertainty"))
    return Topic("void" if kinds else "request", *span, passage.sentence_of(span[0]))


def _settled(named: list[Topic], mentions: list[Topic]) -> list[Topic]:
    kept: list[Topic] = []
    for topic in sorted(named, key=lambda t: (t.start - t.end, t.start)) + mentions:
        if not any(topic.start < other.end and other.start < topic.end for other in kept):
            kept.append(topic)
    return kept
