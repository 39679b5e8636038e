"""The last part of an answer: a draft written section by section, each checked and numbered before anyone sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rag.article.assemble import Bibliography
from rag.article.conflicts import conflict_notes
from rag.article.draft import Draft
from rag.article.material import Material
from rag.article.models import Answer, Kind, Provenance, Review, Section, Verdict
from rag.article.wording import disclaimer
from rag.article.writer import Writer
from rag.events import Event, SectionDone
from rag.guard.guards import Guards
from rag.knowledge.library import Knowledge
from rag.retrieval.searcher import Searcher
from rag.version import software_version


@dataclass(frozen=True)
class Drafted:
    """The template's draft with all that surrounds it; ``kind`` is that of the answer."""

    kind: Kind
    material: Material
    draft: Draft
    verdict: Verdict | None


def write(drafted: Drafted, *, writer: Writer, guards: Guards, searcher: Searcher) -> Iterator[Event]:
    """Each section as it is done, then the answer.

    Raises ``GuardError`` when a determination does not open with its verdict: no article is better than that one.
    """
    bibliography = Bibliography(drafted.material.knowledge.documents)
    sections: list[Section] = []
    for section in writer.sections(drafted.draft, drafted.material, guards.problem):
        checked = guards.checked(section)
        if not sections and drafted.verdict is not None:
            guards.check_opening(checked, drafted.verdict)
        known = len(bibliography.references())
        sections.append(bibliography.number(checked))
        yield SectionDone(sections[-1], bibliography.references(after=known))
    yield _answer(drafted, tuple(sections), bibliography, writer, searcher)


def _answer(
    drafted: Drafted, sections: tuple[Section, ...], bibliography: Bibliography, writer: Writer, searcher: Searcher
) -> Answer:
    material = drafted.material
    return Answer(
        question=material.question,
        hypothesis=material.hypothesis,
        kind=drafted.kind,
        audience=material.audience,
        verdict=drafted.verdict,
        case=material.case,
        determinations=material.determinations if drafted.verdict else (),
        sections=sections,
        references=bibliography.references(),
        conflicts=conflict_notes(material) if drafted.verdict else (),
        follow_ups=drafted.draft.follow_ups,
        limitations=drafted.draft.limitations,
        disclaimer=disclaimer(material.audience),
        review=Review(),
        last_updated=datetime.now(UTC).replace(microsecond=0),
        provenance=_provenance(material.knowledge, writer, searcher),
    )


def _provenance(knowledge: Knowledge, writer: Writer, searcher: Searcher) -> Provenance:
    return Provenance(
        corpus_hash=knowledge.corpus_hash,
        index_hash=searcher.index.index_hash,
        software_version=software_version(),
        writer=writer.name,
        model=writer.model,
        model_use=writer.use(),
        embedding_model=searcher.index.model_key,
    )
