"""What must hold of every answer, whatever was asked."""

from ingest.documents import Document
from rag.article.models import Answer, ClaimBasis, Kind
from rag.knowledge.library import Knowledge

DETERMINATION_SECTIONS = (
    ("determination",),
    ("critical_deficiencies", "criteria_satisfied", "missing_documentation"),
    ("rationale",),
    ("alternatives",),
    ("safety",),
    ("pitfalls",),
    ("key_determinant",),
)


def section_text(documents: dict[str, Document], document_id: str, anchor: str) -> str:
    section = documents[document_id].section(anchor)
    assert section is not None, f"{document_id}#{anchor} does not exist"
    return section.text


def assert_sound(answer: Answer, knowledge: Knowledge) -> None:
    """References resolve and are used, numbers count up in order of use, every sentence shows its basis."""
    documents = dict(knowledge.documents)
    for reference in answer.references:
        text = section_text(documents, reference.document_id, reference.anchor)
        assert text[reference.start : reference.end] == reference.quote != ""
    used = [n for section in answer.sections for claim in section.claims for n in claim.citations]
    assert list(dict.fromkeys(used)) == [reference.n for reference in answer.references]
    assert [reference.n for reference in answer.references] == list(range(1, len(answer.references) + 1))
    for fact in answer.case.facts:
        if fact.start is not None:
            assert answer.case.text[fact.start : fact.end] == fact.quote
    kinds = {reference.n: documents[reference.document_id].kind for reference in answer.references}
    for section in answer.sections:
        for claim in section.claims:
            assert bool(claim.citations) == (claim.basis in (ClaimBasis.POLICY, ClaimBasis.EVIDENCE)), claim.text
            assert bool(claim.case_quotes) == (claim.basis is ClaimBasis.CASE), claim.text
            for quote in claim.case_quotes:
                assert answer.case.text[quote.start : quote.end] == quote.quote
            for n in claim.citations:
                assert (kinds[n] == "policy") == (claim.basis is ClaimBasis.POLICY), claim.text
    if answer.kind is Kind.DETERMINATION:
        assert answer.verdict is not None
        assert len(answer.sections) == len(DETERMINATION_SECTIONS)
        for section, allowed in zip(answer.sections, DETERMINATION_SECTIONS, strict=True):
            assert section.id in allowed
        assert answer.sections[0].claims[0].text == answer.verdict.headline
    else:
        assert answer.verdict is None
    if answer.kind is Kind.REFUSAL:
        assert answer.references == ()
    assert answer.review.status == "submitted"
    assert answer.disclaimer


def statuses(answer: Answer) -> dict[str, str]:
    return {d.policy_id: d.status.value for d in answer.determinations}


def text_of(answer: Answer, *sections: str) -> str:
    return "\n".join(c.text for s in answer.sections if not sections or s.id in sections for c in s.claims)
