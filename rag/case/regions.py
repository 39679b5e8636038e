"""Spinal regions: of the request, of each earlier injection, and whether the two are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rag.case.findings import Finding
from rag.case.levels import regions_of
from rag.case.models import Fact, Support
from rag.case.statements import Passage, Statement
from rag.case.topics import Topic
from rag.criteria.values import OneOf
from rag.knowledge.codes import REGION, CodeBook

SAME_REGION = "prior_injection.same_region"
PRIOR = "prior_injection."
Regions = frozenset[str]


@dataclass(frozen=True)
class RegionReader:
    """Regions named inside a span: by words, by levels, by procedure codes. All that agree narrow each other."""

    passage: Passage
    statements: tuple[Statement, ...]
    level_regions: Mapping[str, tuple[str, ...]]
    book: CodeBook

    def within(self, start: int, end: int) -> Regions:
        """The regions still possible for what the span speaks of; empty where it names none, or none in common."""
        return _common([*self._words(start, end), *self._levels(start, end), *self._codes(start, end)])

    def share_a_code(self, one: Regions, other: Regions) -> bool:
        """Whether some procedure code covers regions of both: policies may then count them as one region."""
        return any(code.regions & one and code.regions & other for code in self.book.procedures.values())

    def _words(self, start: int, end: int) -> list[Regions]:
        return [
            statement.rule.value.options
            for statement in self.statements
            if statement.rule.raw.fact == REGION
            and isinstance(statement.rule.value, OneOf)
            and statement.overlaps(start, end)
        ]

    def _levels(self, start: int, end: int) -> list[Regions]:
        levels = self.passage.masked.of_kind("level", start, end)
        return [regions_of(token.value, self.level_regions) for token in levels]

    def _codes(self, start: int, end: int) -> list[Regions]:
        tokens = self.passage.masked.of_kind("procedure_code", start, end)
        known = [self.book.procedures[token.value] for token in tokens if token.value in self.book.procedures]
        return [code.regions for code in known if code.regions]


def region_facts_of_levels(reader: RegionReader, requests: Iterable[Topic], source: str) -> list[Fact]:
    """The region of a requested injection whose level is given."""
    facts = []
    for topic in requests:
        for token in reader.passage.masked.of_kind("level", topic.start, topic.end):
            regions = regions_of(token.value, reader.level_regions)
            facts.append(region_fact(regions, reader.passage.masked.text, token.start, token.end, source))
    return facts


def region_fact(regions: Regions, text: str, start: int, end: int, source: str) -> Fact:
    value = next(iter(regions)) if len(regions) == 1 else tuple(sorted(regions))
    return Fact(
        id=REGION, value=value, support=Support.DERIVED, quote=text[start:end], start=start, end=end, source=source
    )


def of_this_region(
    findings: list[Finding], *, reader: RegionReader, priors: tuple[Topic, ...], requested: Regions, source: str
) -> list[Fact]:
    """Facts without those of injections elsewhere in the spine.

    An earlier injection counts when its region is not named, or is the requested one. Where every earlier injection lay
    in another region, that is itself a fact; where one code covers both regions, nothing is concluded.
    """
    named = {topic: reader.within(topic.start, topic.end) for topic in priors}
    elsewhere = {topic for topic, regions in named.items() if regions and requested and not regions & requested}
    findings = [finding for finding in findings if not _is_elsewhere(finding, reader, requested)]
    facts = [finding.fact for finding in findings if finding.prior not in elsewhere]
    if priors and elsewhere == set(priors):
        facts = [fact for fact in facts if not fact.id.startswith(PRIOR)]
    for topic, regions in named.items():
        far = topic in elsewhere and not reader.share_a_code(regions, requested)
        if (far and elsewhere == set(priors)) or (len(requested) == 1 and regions == requested):
            return [*facts, _same_region(topic, not far, reader.passage.masked.text, source)]
    return facts


def _is_elsewhere(finding: Finding, reader: RegionReader, requested: Regions) -> bool:
    """Whether a finding that holds for one region, such as an MRI's, names another than the requested one."""
    start, end = finding.fact.start, finding.fact.end
    if not finding.located or start is None or end is None:
        return False
    named = reader.within(start, end)
    return bool(named and requested) and not named & requested


def _same_region(topic: Topic, same: bool, text: str, source: str) -> Fact:
    quote = text[topic.start : topic.end]
    return Fact(
        id=SAME_REGION,
        value=same,
        support=Support.DERIVED,
        quote=quote,
        start=topic.start,
        end=topic.end,
        source=source,
    )


def _common(found: list[Regions]) -> Regions:
    if not found:
        return frozenset()
    first, *rest = found
    return first.intersection(*rest)
