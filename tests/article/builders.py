"""Answers made by hand, with everything a renderer may meet."""

from datetime import UTC, date, datetime

from rag.article.models import (
    Answer,
    Audience,
    CaseQuote,
    Claim,
    ClaimBasis,
    Kind,
    Provenance,
    Reference,
    Review,
    Section,
    Verdict,
)
from rag.case.models import Case, Fact, Support
from rag.criteria.determination import (
    Change,
    CriterionResult,
    CriterionStatus,
    Determination,
    DifferenceNote,
    Effective,
    MissingFact,
    Record,
    Status,
    Step,
    TraceNode,
)
from rag.criteria.values import Quantity

QUESTION = "Is 62321 necessary after minimal relief?"
RELIEF_STEP = Step(fact="prior_injection.relief", needs=">= 50 %", text="relief: at least 50 %", against_record=True)
WINDOW = Effective(start=date(2025, 1, 1), end=None)


def row(
    id: str,  # noqa: A002  the field's own name
    status: CriterionStatus = CriterionStatus.MET,
    *,
    label: str | None = None,
    decides: str = "always",
    basis: str = "secondary",
    note: str | None = None,
    alternative_to: str | None = None,
    part_of: str | None = None,
) -> CriterionResult:
    return CriterionResult(
        id=id,
        label=label or f"label of {id}",
        status=status,
        source=f"plan-a#{id}",
        quote="words of the policy",
        basis=basis,
        decides=decides,
        facts=("prior_injection.relief",),
        note=note,
        alternative_to=alternative_to,
        part_of=part_of,
    )


ROWS = (
    row("code"),
    row("repeat", CriterionStatus.NOT_MET),
    row("repeat.relief", CriterionStatus.NOT_MET, label="at least half the pain gone", part_of="repeat"),
    row("repeat.function", CriterionStatus.NOT_DOCUMENTED, label="better function", part_of="repeat"),
    row("initial", CriterionStatus.NOT_APPLICABLE),
    row("cap", CriterionStatus.NOT_DOCUMENTED, basis="unconfirmed", note="cap reported only"),
)


def determination(
    policy_id: str = "plan-a",
    status: Status = Status.NOT_MET,
    *,
    reason: str = "not met: label of repeat",
    rows: tuple[CriterionResult, ...] = ROWS,
    record: Record = Record.OPEN,
    missing: tuple[str, ...] = ("prior_injection.function_improved",),
    parts: tuple[str, ...] = ("repeat.relief", "repeat.function"),
) -> Determination:
    """``parts`` are the rows that are no criteria of their own."""
    applies = status is not Status.NOT_APPLICABLE
    return Determination(
        policy_id=policy_id,
        title=f"Title of {policy_id}",
        payer="example",
        version="2025-01-01",
        effective=WINDOW,
        status=status,
        reason=reason,
        record=record,
        complete=False,
        complete_note="the caps are not confirmed",
        criteria=rows if applies else (),
        missing=tuple(
            MissingFact(fact=fact, label=fact, question=f"What about {fact}?", criteria=("repeat",)) for fact in missing
        )
        if applies
        else (),
        would_change=(
            Change(
                steps=(
                    Step(
                        fact="prior_injection.relief",
                        needs=">= 50 %",
                        text="relief: at least 50 %",
                        against_record=True,
                    ),
                ),
                leads_to=Status.POLICY_CHECK,
                text="relief: at least 50 % (the record says otherwise)",
            ),
        ),
        conditions=("cap",),
        differences=(
            DifferenceNote(policy_id="plan-a-ohio", point="levels", text="two levels", source="plan-a-ohio#levels"),
        ),
        trace={
            criterion.id: TraceNode(rule="a rule", outcome=criterion.status)
            for criterion in rows
            if criterion.id not in parts
        },
    )


def reference(n: int = 1, *, quote: str = "half the pain gone", url: str = "https://example.org/a") -> Reference:
    return Reference(
        n=n,
        document_id="plan-a",
        anchor="repeat",
        title="Plan A epidural injections",
        publisher="Example Health Plan",
        version="2025-01-01",
        effective=WINDOW,
        last_checked=date(2025, 2, 1),
        url=url,
        quote=quote,
        start=0,
        end=len(quote),
    )


def case(question: str = QUESTION) -> Case:
    start = question.find("minimal relief")
    facts = (
        Fact(
            id="prior_injection.relief",
            value=Quantity(low=0, high=30, high_open=True, unit="%"),
            support=Support.QUALITATIVE,
            quote="minimal relief",
            start=start,
            end=start + len("minimal relief"),
            source="question",
        ),
    )
    return Case(facts=facts if start >= 0 else (), text=question)


def answer(
    *,
    question: str = QUESTION,
    kind: Kind = Kind.DETERMINATION,
    verdict: Verdict | None = None,
    determinations: tuple[Determination, ...] | None = None,
    claims: tuple[Claim, ...] | None = None,
    references: tuple[Reference, ...] | None = None,
) -> Answer:
    """A determination under two policies, unless told otherwise."""
    said = CaseQuote(start=question.find("minimal relief"), end=0, quote="minimal relief")
    default_claims = (
        Claim(text="A repeat needs half the pain gone.", basis=ClaimBasis.POLICY, citations=(1,), criteria=("repeat",)),
        Claim(text="The relief was below that.", basis=ClaimBasis.CASE, case_quotes=(said,)),
        Claim(text="One criterion fails.", basis=ClaimBasis.CHECK, criteria=("repeat",)),
    )
    decided = kind is Kind.DETERMINATION
    headline = "62321: criteria not met under 1 of 1."
    default_verdict = Verdict(status=Status.NOT_MET, headline=headline, basis="Check by code.")
    default_determinations = (
        determination(),
        determination("plan-b", Status.NOT_APPLICABLE, reason="does not govern 62321"),
    )
    return Answer(
        question=question,
        kind=kind,
        audience=Audience.CLINICIAN,
        verdict=(verdict or default_verdict) if decided else None,
        case=case(question),
        determinations=(default_determinations if decided else ()) if determinations is None else determinations,
        sections=(Section(id="determination", heading="Determination", claims=claims or default_claims),),
        references=(reference(),) if references is None else references,
        follow_ups=("Which payer?",),
        limitations=("The digest is not the policy.",),
        disclaimer="A person decides.",
        review=Review(),
        last_updated=datetime(2025, 3, 4, 5, 6, tzinfo=UTC),
        provenance=Provenance(
            corpus_hash="c", index_hash="i", software_version="0", writer="template", model=None, embedding_model="m"
        ),
    )
