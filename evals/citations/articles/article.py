"""An article as its citations are judged: sentences, and the sections of documents each cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evals.baselines.model_reader import ReadAnswer
from evals.baselines.plain import PlainAnswer
from ingest.documents import Document
from rag.article.models import Answer, Claim, ClaimBasis, Kind, Reference

#: What a sentence on a document rests on; sentences on the record and on the check are code's and cite none.
CITING = frozenset({ClaimBasis.POLICY, ClaimBasis.EVIDENCE})


@dataclass(frozen=True)
class Sentence:
    """``sources``: ``document-id#anchor``, each once. ``cites``: it speaks of documents, so it has to cite one.

    ``basis``: what it rests on, in words, or "" where it shows nothing. ``quotes``: the words marked in each source,
    where its writer marks any.
    """

    text: str
    sources: tuple[str, ...]
    cites: bool = True
    basis: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """``fault``: why there are no sentences, where a model failed."""

    sentences: tuple[Sentence, ...]
    fault: str = ""


def of_answer(answer: Answer, documents: Mapping[str, Document]) -> Article:
    """What the system wrote. A reference that leads nowhere is no source."""
    standing = {one.n: one for one in answer.references if stands(one, documents)}
    claims = (claim for section in answer.sections for claim in section.claims)
    return Article(tuple(_sentence(claim, answer, standing) for claim in claims))


def of_plain(answer: PlainAnswer) -> Article:
    return Article(tuple(Sentence(one.text, (one.source,), basis=one.source) for one in answer.sentences))


def of_reader(answer: ReadAnswer) -> Article:
    read = (Sentence(one.text, one.sources, basis=", ".join(one.sources)) for one in answer.sentences)
    return Article(tuple(read), answer.fault)


def stands(reference: Reference, documents: Mapping[str, Document]) -> bool:
    """Whether the quoted words are where the reference says."""
    document = documents.get(reference.document_id)
    section = document.section(reference.anchor) if document else None
    return section is not None and section.text[reference.start : reference.end] == reference.quote != ""


def _sentence(claim: Claim, answer: Answer, standing: Mapping[int, Reference]) -> Sentence:
    quotes: dict[str, str] = {}
    for one in (standing[n] for n in claim.citations if n in standing):
        quotes.setdefault(f"{one.document_id}#{one.anchor}", one.quote)
    cited = tuple(quotes)
    return Sentence(claim.text, cited, claim.basis in CITING, _basis(claim, answer, cited), tuple(quotes.values()))


def _basis(claim: Claim, answer: Answer, cited: tuple[str, ...]) -> str:
    if claim.basis in CITING:
        return ", ".join(cited)
    if claim.basis is ClaimBasis.CASE:
        held = all(answer.case.text[one.start : one.end] == one.quote != "" for one in claim.case_quotes)
        return "words of the record" if claim.case_quotes and held else ""
    known = {row.id for determination in answer.determinations for row in determination.criteria}
    checked = bool(answer.determinations) or answer.kind is Kind.REFUSAL
    return "the criteria check" if checked and known.issuperset(claim.criteria) else ""
