"""Words in, facts out: reads a question, reply or note of a few sentences into a case.

Deterministic: forms (amounts, codes, levels, dates) are masked, phrases are matched, context decides which of them
count, topics decide which injection they belong to. When in doubt there is no fact.
"""

from __future__ import annotations

from datetime import date

from rag.case.coded import CodedFacts
from rag.case.codes_in_text import find_diagnosis_codes, find_procedure_codes
from rag.case.commands import without_commands
from rag.case.dates import find_dates
from rag.case.findings import Finding, FindingReader
from rag.case.intent import find_date
from rag.case.knowledge import ReadingKnowledge, load_reading_knowledge
from rag.case.levels import find_levels
from rag.case.masking import Mask, MaskedText
from rag.case.models import Case, Fact, in_order
from rag.case.reconcile import reconcile
from rag.case.regions import RegionReader, of_this_region, region_facts_of_levels
from rag.case.sentences import split_sentences
from rag.case.statements import Passage, Statement, find_statements
from rag.case.topics import Topics
from rag.knowledge.codes import REGION

__all__ = ["ReadingKnowledge", "load_reading_knowledge", "read_case"]


def read_case(
    text: str, *, knowledge: ReadingKnowledge, source: str = "question", service_date: date | None = None
) -> Case:
    """The case a text tells. Every fact's ``quote`` is ``text[start:end]``; ``source`` names the text.

    ``service_date`` turns the date of an earlier injection into the time since; a date of service in the text wins.
    """
    passage = _passage(without_commands(text, knowledge.vocabulary.facts), knowledge)
    statements = find_statements(knowledge.phrases.rules, passage)
    topics = Topics(passage, statements)
    reader = FindingReader(
        passage=passage,
        topics=topics,
        phrases=knowledge.phrases,
        source=source,
        service=find_date(text, knowledge.phrases) or service_date,
    )
    findings = [finding for statement in statements if (finding := reader.read(statement)) is not None]
    facts = _with_codes_and_regions(findings, statements, passage, topics, knowledge, source)
    return Case(facts=in_order(reconcile(facts), knowledge.vocabulary.order), text=text)


def mask(text: str, knowledge: ReadingKnowledge) -> MaskedText:
    """The text with its codes, dates, levels and amounts masked, in this order."""
    masking, phrases = Mask(text), knowledge.phrases
    masking.put("date", find_dates(masking.so_far))
    masking.put("diagnosis_code", find_diagnosis_codes(masking.so_far, knowledge.codes))
    masking.put("procedure_code", find_procedure_codes(masking.so_far, knowledge.codes, phrases.code_cue))
    for kind in ("duration", "percent", "score"):
        masking.put(kind, phrases.amounts.find(masking.so_far, kind))
    masking.put("level", find_levels(masking.so_far))
    masking.put("count", phrases.amounts.find(masking.so_far, "count"))
    return masking.finish(text, phrases.groups)


def _passage(text: str, knowledge: ReadingKnowledge) -> Passage:
    masked = mask(text, knowledge)
    sentences = split_sentences(masked.masked, knowledge.phrases.raw.abbreviations)
    return Passage(masked, sentences, knowledge.context.scopes(masked.marked, sentences))


def _with_codes_and_regions(
    findings: list[Finding],
    statements: list[Statement],
    passage: Passage,
    topics: Topics,
    knowledge: ReadingKnowledge,
    source: str,
) -> list[Fact]:
    regions = RegionReader(passage, tuple(statements), knowledge.phrases.raw.level_regions, knowledge.codes)
    coded = CodedFacts(
        passage=passage,
        topics=topics,
        book=knowledge.codes,
        alternative=knowledge.phrases.alternative,
        source=source,
    )
    requests = topics.of("request", "repeat")
    more = coded.facts([finding.fact for finding in findings])
    more += region_facts_of_levels(regions, requests, source)
    requested = requested_regions([*(finding.fact for finding in findings), *more])
    narrowed = coded.diagnosis_region(requested)
    requested = requested_regions(narrowed) or requested
    mine = of_this_region(findings, reader=regions, priors=topics.of("prior"), requested=requested, source=source)
    return [*mine, *more, *narrowed]


def requested_regions(facts: list[Fact]) -> frozenset[str]:
    """The regions the facts leave possible for the request; empty where they name none or contradict each other."""
    found = [
        frozenset([fact.value] if isinstance(fact.value, str) else fact.value)
        for fact in facts
        if fact.id == REGION and isinstance(fact.value, str | tuple)
    ]
    return frozenset.intersection(*found) if found else frozenset()
