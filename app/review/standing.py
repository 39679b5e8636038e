"""Does an approval still stand? It rests on the article's content and on the versions of the policies it decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.review.content import content_hash
from app.review.models import Approval, PolicySeen, ReviewError, StoredReview, VersionSeen
from rag.article.models import Answer
from rag.criteria.determination import Determination, Effective, Status
from rag.criteria.policy import Policy, Version
from rag.knowledge.library import Knowledge


def approval_of(answer: Answer, *, on: date | None, knowledge: Knowledge, today: date) -> Approval:
    """What an approval of ``answer`` would be bound to. Raises ``ReviewError`` where the article is already overtaken.

    ``on``: its date of service; ``today`` comes from whoever has a clock.
    """
    seen = tuple(_seen(d.policy_id, on=_day(on), knowledge=knowledge, today=today) for d in _decided(answer))
    for determination, policy in zip(_decided(answer), seen, strict=True):
        if policy.for_service != _version_of(determination):
            raise ReviewError(
                f"The article rests on {_name(determination.policy_id, _version_of(determination))}, and the corpus "
                f"now has {_name(policy.policy_id, policy.for_service)} for its date of service. "
                "Ask again, then submit the new article in its place."
            )
    return Approval(content_hash=content_hash(answer), on=on, policies=seen)


def fallback_reasons(review: StoredReview, *, knowledge: Knowledge, today: date) -> tuple[str, ...]:
    """Why an approved article has to be reviewed again, in sentences; empty where it stands, or is not approved."""
    approval = review.approval
    if approval is None:
        return ()
    changed = content_hash(review.article) != approval.content_hash
    reasons = ("The article is no longer the one that was approved.",) if changed else ()
    return (*reasons, *overtaken(approval, knowledge=knowledge, today=today))


def overtaken(approval: Approval, *, knowledge: Knowledge, today: date) -> tuple[str, ...]:
    """Which of the policies' versions are no longer those of the approval, in sentences."""
    pairs = [(before, _seen_again(before, approval, knowledge, today)) for before in approval.policies]
    return tuple(reason for before, now in pairs for reason in _overtaken(before, now))


def _seen_again(before: PolicySeen, approval: Approval, knowledge: Knowledge, today: date) -> PolicySeen | None:
    if before.policy_id not in knowledge.policies:
        return None
    return _seen(before.policy_id, on=_day(approval.on), knowledge=knowledge, today=today)


def _overtaken(before: PolicySeen, now: PolicySeen | None) -> Iterator[str]:
    if now is None:
        yield f"The policy {before.policy_id} is no longer in the corpus."
        return
    for when, then, current in (
        ("for the date of service", before.for_service, now.for_service),
        ("in force today", before.in_force, now.in_force),
    ):
        if then != current:
            yield f"{_name(before.policy_id, then)} was {when} at approval; it is now {_name(now.policy_id, current)}."


def _decided(answer: Answer) -> tuple[Determination, ...]:
    return tuple(found for found in answer.determinations if found.status is not Status.NOT_APPLICABLE)


def _seen(policy_id: str, *, on: date, knowledge: Knowledge, today: date) -> PolicySeen:
    policy = knowledge.policies.get(policy_id)
    if policy is None:
        raise ReviewError(f"The policy {policy_id} of the article is no longer in the corpus. Ask again.")
    return PolicySeen(policy_id=policy_id, for_service=_on(policy, on), in_force=_on(policy, today))


def _on(policy: Policy, day: date) -> VersionSeen | None:
    version = policy.on(day)
    return None if version is None else _as_seen(version)


def _as_seen(version: Version) -> VersionSeen:
    return VersionSeen(version=version.version, effective=Effective(start=version.window.start, end=version.window.end))


def _version_of(determination: Determination) -> VersionSeen | None:
    if determination.version is None or determination.effective is None:
        return None
    return VersionSeen(version=determination.version, effective=determination.effective)


def _name(policy_id: str, version: VersionSeen | None) -> str:
    if version is None:
        return f"no version of {policy_id}"
    ends = f" to {version.effective.end}" if version.effective.end else ""
    start = f"from {version.effective.start}" if version.effective.start else "start not known"
    return f"{policy_id} version {version.version} ({start}{ends})"


def _day(on: date | None) -> date:
    if on is None:
        raise ReviewError("The turn does not say for which date of service it was decided. Ask again.")
    return on
