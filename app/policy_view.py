"""Policies as the command line shows them: a summary each, or one with its criteria."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from app.rule_text import rule_text
from ingest.documents import Document
from rag.article.blocks import Block, Blocks, Bullets, Heading, Paragraph
from rag.article.words import plural, version_words, window_words
from rag.criteria.determination import Effective
from rag.criteria.policy import Criterion, Policy, Version


class View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CriterionView(View):
    """One criterion as it is written; ``rule`` and ``when`` in the language of the corpus."""

    id: str
    label: str
    rule: str
    when: str | None
    exception: str | None
    decides: str
    basis: str
    source: str
    quote: str
    note: str | None


class VersionSummary(View):
    version: str
    effective: Effective
    complete: bool
    complete_note: str | None
    criteria_count: int


class VersionDetail(VersionSummary):
    criteria: tuple[CriterionView, ...]


class PolicySummary(View):
    id: str
    payer: str
    payer_name: str
    title: str
    basis: str
    codes: tuple[str, ...]
    states: tuple[str, ...]
    family: str | None
    versions: tuple[VersionSummary, ...]


class PolicyDetail(View):
    policy: PolicySummary
    publisher: str
    url: str
    last_checked: str
    versions: tuple[VersionDetail, ...]


def summary(policy: Policy, document: Document) -> PolicySummary:
    return PolicySummary(
        id=policy.id,
        payer=policy.payer,
        payer_name=policy.payer_name,
        title=policy.title,
        basis=document.basis,
        codes=tuple(sorted(policy.codes)),
        states=policy.states,
        family=policy.family,
        versions=tuple(VersionSummary(**_version_fields(version)) for version in policy.versions),
    )


def detail(policy: Policy, document: Document) -> PolicyDetail:
    return PolicyDetail(
        policy=summary(policy, document),
        publisher=document.publisher,
        url=document.url,
        last_checked=document.last_checked.isoformat(),
        versions=tuple(
            VersionDetail(**_version_fields(version), criteria=tuple(_criterion(c) for c in version.criteria))
            for version in policy.versions
        ),
    )


def list_blocks(policies: Sequence[PolicySummary]) -> Blocks:
    blocks: list[Block] = [Heading(2, plural(len(policies), "policy", "policies"))]
    for policy in policies:
        blocks.append(Heading(3, f"{policy.id} ({policy.payer_name}: {policy.title})"))
        blocks.append(
            Bullets((*_about(policy), *(_version_line(version, policy.basis) for version in policy.versions)))
        )
    return tuple(blocks)


def detail_blocks(shown: PolicyDetail) -> Blocks:
    policy = shown.policy
    blocks: list[Block] = [
        Heading(2, f"{policy.payer_name}: {policy.title} ({policy.id})"),
        Bullets((*_about(policy), f"{shown.publisher}, last checked {shown.last_checked}: {shown.url}")),
    ]
    for version in shown.versions:
        blocks.append(Heading(3, _version_line(version, policy.basis)))
        if version.complete_note:
            blocks.append(Paragraph(f"Not complete: {version.complete_note}"))
        for criterion in version.criteria:
            blocks += _criterion_blocks(criterion)
    return tuple(blocks)


def _version_fields(version: Version) -> dict[str, object]:
    return {
        "version": version.version,
        "effective": Effective(start=version.window.start, end=version.window.end),
        "complete": version.complete,
        "complete_note": version.complete_note,
        "criteria_count": len(version.criteria),
    }


def _criterion(criterion: Criterion) -> CriterionView:
    return CriterionView(
        id=criterion.id,
        label=criterion.label,
        rule=rule_text(criterion.rule),
        when=criterion.when_label or (rule_text(criterion.when) if criterion.when is not None else None),
        exception=criterion.exception.label if criterion.exception else None,
        decides=criterion.decides.value,
        basis=criterion.basis.value,
        source=criterion.source,
        quote=criterion.quote,
        note=criterion.note,
    )


def _about(policy: PolicySummary) -> tuple[str, ...]:
    lines = (
        f"codes {', '.join(policy.codes)}" if policy.codes else "no codes listed",
        f"states {', '.join(policy.states)}" if policy.states else None,
        f"belongs to the family {policy.family}" if policy.family else None,
    )
    return tuple(line for line in lines if line)


def _version_line(version: VersionSummary, basis: str) -> str:
    complete = "complete" if version.complete else "not complete"
    count = plural(version.criteria_count, "criterion", "criteria")
    return f"{version_words(version.version)}, {window_words(version.effective)}: {count}, {complete}, basis {basis}"


def _criterion_blocks(criterion: CriterionView) -> Blocks:
    remarks = (
        f"when: {criterion.when}" if criterion.when else None,
        f"except: {criterion.exception}" if criterion.exception else None,
        f"decides: {criterion.decides.replace('_', ' ')}" if criterion.decides != "always" else None,
        f"note: {criterion.note}" if criterion.note else None,
    )
    return (
        Heading(4, f"{criterion.id}: {criterion.label}"),
        Bullets(
            (
                f"rule: {criterion.rule}",
                *(remark for remark in remarks if remark),
                f'source: {criterion.source} ({criterion.basis}), "{criterion.quote}"',
            )
        ),
    )
