"""From statements to facts: which hold for this case, and with what value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.case.context import NEGATION, scopes_at
from rag.case.levels import Level
from rag.case.masking import MaskedText
from rag.case.models import Fact, Support, json_value
from rag.case.phrases import Phrases
from rag.case.statements import Passage, Statement
from rag.case.topics import Topic, Topics
from rag.criteria.values import Quantity, Value

_AMOUNTS = ("percent", "duration", "count", "score")


@dataclass(frozen=True)
class Finding:
    """A fact, the earlier injection it belongs to, if it is about one, and whether it holds for one region only."""

    fact: Fact
    prior: Topic | None = None
    located: bool = False


class FindingReader:
    """Reads the statements of one passage. ``service``: the day of the request, where known."""

    def __init__(
        self, *, passage: Passage, topics: Topics, phrases: Phrases, source: str, service: date | None
    ) -> None:
        self._passage = passage
        self._topics = topics
        self._phrases = phrases
        self._source = source
        self._service = service

    def read(self, statement: Statement) -> Finding | None:
        """The finding, or ``None`` where context or topic forbid one."""
        raw, spec = statement.rule.raw, statement.rule.spec
        if spec is None or statement.kinds - {NEGATION}:
            return None
        prior = self._own_topic(statement)
        if raw.about == "request" and not self._is_request(statement):
            return None
        if raw.about == "prior":
            prior = self._topics.prior_of(statement, self._passage, self._phrases.link)
            if prior is None and not (raw.alone and not self._topics.of("prior", "repeat", "void")):
                return None
        value = self._value(statement)
        if value is None:
            return None
        return Finding(self._fact(spec.id, value, statement), prior, raw.located)

    def _own_topic(self, statement: Statement) -> Topic | None:
        """The earlier injection a statement itself names."""
        if statement.rule.raw.topic is None:
            return None
        return next((t for t in self._topics.of("prior", "repeat") if statement.overlaps(t.start, t.end)), None)

    def _is_request(self, statement: Statement) -> bool:
        if statement.rule.raw.loose:
            return not self._topics.is_about_prior(statement)
        return any(statement.overlaps(t.start, t.end) for t in self._topics.of("request", "repeat"))

    def _fact(self, fact: str, value: Value, statement: Statement) -> Fact:
        start, end = self._span(statement)
        return Fact(
            id=fact,
            value=json_value(value),
            support=_support(statement, value),
            quote=self._passage.masked.text[start:end],
            start=start,
            end=end,
            source=self._source,
        )

    def _span(self, statement: Statement) -> tuple[int, int]:
        """Where the words stand; of a denied statement also the word that denies it."""
        span = (statement.start, statement.end)
        if NEGATION not in statement.kinds:
            return span
        cues = [scope.cue for scope in scopes_at(self._passage.scopes, span) if scope.kind == NEGATION]
        nearest = min(cues, key=lambda cue: max(span[0] - cue[1], cue[0] - span[1]), default=span)
        return min(span[0], nearest[0]), max(span[1], nearest[1])

    def _value(self, statement: Statement) -> Value | None:
        raw = statement.rule.raw
        if NEGATION in statement.kinds:
            value = statement.rule.value
            if raw.negated == "keep":
                return value
            return not value if raw.negated == "opposite" and isinstance(value, bool) else None
        if raw.read is None:
            return statement.rule.value
        return read_amount(statement, self._passage.masked, self._phrases, self._service)


def read_amount(statement: Statement, masked: MaskedText, phrases: Phrases, service: date | None) -> Quantity | None:
    """The amount a statement captures, as the rule reads it."""
    raw, match = statement.rule.raw, statement.match
    if raw.read == "fall":
        return _fall(masked.quantity_at(match.start("before")), masked.quantity_at(match.start("after")))
    if raw.read == "levels":
        return _levels([token.value for token in masked.of_kind("level", *match.span("value"))])
    if raw.read == "date":
        return _since(masked.date_at(match.start("value")), service)
    if raw.read == "ordinal":
        number = phrases.ordinal(match["value"])
        return None if number is None else _less_one(Quantity.exactly(number, "count"), raw.less_one)
    found = masked.quantity_at(match.start("value"))
    return None if found is None else _less_one(found, raw.less_one)


def _less_one(amount: Quantity, less_one: bool) -> Quantity | None:
    """The requested injection is not among the earlier ones: "the third this year" leaves two."""
    if not less_one:
        return amount
    low, high = amount.bounds
    if low < 1:
        return None
    return amount.model_copy(update={"low": low - 1, "high": None if amount.high is None else high - 1})


def _fall(before: Quantity | None, after: Quantity | None) -> Quantity | None:
    """Percent improvement of a score that falls, as an interval: 8 to 3 is 62.5 %. A rise is no relief to measure."""
    if before is None or after is None:
        return None
    (low, high), (least, most) = before.bounds, after.bounds
    if low <= 0 or most > low or high == float("inf"):
        return None
    return Quantity(low=round(100 * (low - most) / low, 2), high=round(100 * (high - least) / high, 2), unit="%")


def _levels(levels: list[Level]) -> Quantity | None:
    if not all(level.is_one for level in levels):
        return None
    return Quantity.exactly(len(set(levels)), "count") if levels else None


def _since(day: date | None, service: date | None) -> Quantity | None:
    if day is None or service is None or day > service:
        return None
    return Quantity.exactly((service - day).days, "days")


def _support(statement: Statement, value: Value) -> Support:
    raw = statement.rule.raw
    if raw.read in ("fall", "date", "levels"):
        return Support.DERIVED if raw.read != "levels" else Support.STATED
    if raw.reason is not None:
        return Support.QUALITATIVE if isinstance(value, Quantity) else Support.DERIVED
    return Support.STATED
