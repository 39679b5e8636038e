"""``client.policies``."""

from __future__ import annotations

from collections.abc import Iterator

from app.client.transport import Transport, part
from app.policy_diff import PolicyDiff
from app.policy_view import PolicyDetail, PolicySummary, VersionDetail

ROOT = "/v1/policies"


class Policies:
    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def list(self, *, payer: str | None = None, code: str | None = None) -> Iterator[PolicySummary]:
        """Every policy in order of id, of one payer (its id) and for one code where named."""
        return self._sender.pages(PolicySummary, ROOT, payer=payer, code=code)

    def show(self, policy_id: str) -> PolicyDetail:
        """Every version with its criteria."""
        return self._sender.get(PolicyDetail, f"{ROOT}/{part(policy_id)}")

    def version(self, policy_id: str, version: str) -> VersionDetail:
        return self._sender.get(VersionDetail, f"{ROOT}/{part(policy_id)}/versions/{part(version)}")

    def diff(self, policy_id: str, from_version: str, to_version: str) -> PolicyDiff:
        """Criteria added, removed and changed from one version to another."""
        query = {"from": from_version, "to": to_version}
        return self._sender.get(PolicyDiff, f"{ROOT}/{part(policy_id)}/diff", **query)
