"""What changed from one version of a policy to another, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.policy_view import CriterionView, PolicyDetail, VersionDetail, VersionSummary, View, detail
from app.rule_text import rule_text
from ingest.documents import Document
from rag.criteria.policy import Criterion, Policy
from rag.errors import UnknownName, UserError


class Side(VersionSummary):
    """One of the two versions, with its window."""

    policy_id: str


class FieldChange(View):
    """``field``: one of ``CriterionView``, or what that view leaves out (``when_rule``, ``exception_rule``,
    ``exception_source``, ``exception_quote``, ``excludes``, ``alternative_to``). ``None``: nothing is said there.
    """

    field: str
    before: str | None
    after: str | None


class CriterionChanges(View):
    """A criterion that both versions have, with every field that differs; ``label`` is the later one's."""

    id: str
    label: str
    changes: tuple[FieldChange, ...]


class PolicyDiff(View):
    """Criteria are matched by id: one that was given another id is both removed and added.

    ``added`` and ``changed`` stand in the order of the later version, ``removed`` in that of the earlier one.
    """

    before: Side
    after: Side
    added: tuple[CriterionView, ...]
    removed: tuple[CriterionView, ...]
    changed: tuple[CriterionChanges, ...]
    unchanged: int
    complete_changed: bool


def diff(policy: Policy, document: Document, from_version: str, to_version: str) -> PolicyDiff:
    """From one version to another of the same policy, in any order of time. Raises as ``diff_between``."""
    documents = {policy.id: document}
    return diff_between(policy, from_version, policy, to_version, documents=documents)


def diff_between(
    earlier: Policy, from_version: str, later: Policy, to_version: str, *, documents: Mapping[str, Document]
) -> PolicyDiff:
    """From a version of one policy to a version of the same, or of one that took its place.

    A version is called by its name, or by its first day (2026-07-01). ``documents`` holds those of both policies, by
    id. Raises ``UnknownName``, and ``UserError`` where a name fits several versions.
    """
    before = _find(earlier, documents[earlier.id], from_version)
    after = _find(later, documents[later.id], to_version)
    compared = [_changes(before, after, key) for key in after.criteria if key in before.criteria]
    return PolicyDiff(
        before=before.side,
        after=after.side,
        added=tuple(after.views[key] for key in after.criteria if key not in before.criteria),
        removed=tuple(before.views[key] for key in before.criteria if key not in after.criteria),
        changed=tuple(found for found in compared if found.changes),
        unchanged=sum(not found.changes for found in compared),
        complete_changed=before.side.complete != after.side.complete,
    )


@dataclass(frozen=True)
class _Found:
    """A version as it is shown, and its criteria as the engine sees them, both by criterion id."""

    side: Side
    views: Mapping[str, CriterionView]
    criteria: Mapping[str, Criterion]


def _find(policy: Policy, document: Document, name: str) -> _Found:
    shown = detail(policy, document)
    place = _place(shown, name.strip())
    view, version = shown.versions[place], policy.versions[place]
    fields = {field: getattr(view, field) for field in VersionSummary.model_fields}
    return _Found(
        side=Side(policy_id=policy.id, **fields),
        views={criterion.id: criterion for criterion in view.criteria},
        criteria={criterion.id: criterion for criterion in version.criteria},
    )


def _place(shown: PolicyDetail, name: str) -> int:
    versions = shown.versions
    found = [i for i, version in enumerate(versions) if name in (version.version, _first_day(version))]
    if not found:
        raise UnknownName(f"version of {shown.policy.id}", name, [version.version for version in versions])
    if len(found) > 1:
        days = ", ".join(_first_day(versions[i]) or "start not known" for i in found)
        raise UserError(f"{shown.policy.id} has {len(found)} versions {name!r}. Name one by its first day: {days}.")
    return found[0]


def _first_day(version: VersionDetail) -> str | None:
    return version.effective.start.isoformat() if version.effective.start else None


def _changes(before: _Found, after: _Found, key: str) -> CriterionChanges:
    was, now = _said(before, key), _said(after, key)
    changes = tuple(
        FieldChange(field=field, before=was[field], after=now[field]) for field in was if was[field] != now[field]
    )
    return CriterionChanges(id=key, label=after.views[key].label, changes=changes)


def _said(found: _Found, key: str) -> dict[str, str | None]:
    """Everything a criterion says, so that "unchanged" is true of all of it and not of the view alone."""
    criterion, exception = found.criteria[key], found.criteria[key].exception
    beside = {
        # Where there is no label, `when` is the rule itself.
        "when_rule": rule_text(criterion.when) if criterion.when is not None and criterion.when_label else None,
        "exception_rule": rule_text(exception.rule) if exception else None,
        "exception_source": exception.source if exception else None,
        "exception_quote": exception.quote if exception else None,
        "excludes": "yes" if criterion.excludes else None,
        "alternative_to": criterion.alternative_to,
    }
    view: dict[str, str | None] = found.views[key].model_dump(exclude={"id"})
    return view | beside
