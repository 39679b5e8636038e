"""Documents a user might add: an invented safety notice, and an invented policy with criteria and cases."""

from __future__ import annotations

from ingest.adding import Addition, addition_of_files
from tests.conftest import FRONT_MATTER

NOTICE = "## Finding {#finding use=safety}\n\nThe 2026 notice of the Meadow registry reports zebra harm.\n"
POLICY = "## Repeat {#repeat use=policy}\n\nMeadow policy 9 wants at least 45 % relief before a repeat.\n"
CRITERIA = """payer: {payer}
codes: ["62321"]
versions:
  - version: "2025-01-01"
    effective: {{from: 2025-01-01, to: null}}
    complete: true
    criteria:
      - id: meadow-repeat
        label: "at least 45 % relief"
        source: "#repeat"
        quote: "at least 45 % relief"
        rule: prior_injection.relief >= 45 %
"""
CASES = """cases:
  - name: "45 % passes"
    on: 2026-01-01
    facts: {procedure.code: ["62321"], prior_injection.relief: "45 %"}
    expect: {status: criteria_met, criteria: {meadow-repeat: met}}
  - name: "44 % fails"
    on: 2026-01-01
    facts: {procedure.code: ["62321"], prior_injection.relief: "44 %"}
    expect: {status: criteria_not_met, criteria: {meadow-repeat: not_met}}
"""


def document(document_id: str, body: str, *, kind: str, title: str = "A document of Meadow") -> bytes:
    codes = "{cpt: [], icd10cm: []}"
    effective = "{from: 2025-01-01, to: null}"
    front = FRONT_MATTER.format(id=document_id, title=title, kind=kind, codes=codes, effective=effective, extra="")
    return (front + body).encode()


def notice(document_id: str = "meadow-notice", *, body: str = NOTICE, title: str = "Meadow notice") -> Addition:
    return addition_of_files({"document.md": document(document_id, body, kind="safety", title=title)})


def policy(document_id: str, *, payer: str, cases: str = CASES) -> Addition:
    files = {
        "document.md": document(document_id, POLICY, kind="policy"),
        "criteria.yaml": CRITERIA.format(payer=payer).encode(),
        "cases.yaml": cases.encode(),
    }
    return addition_of_files(files)
