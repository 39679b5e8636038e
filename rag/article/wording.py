"""The fixed words of an article, by status and audience. Audiences change words, never facts, numbers or verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rag.article.models import Audience
from rag.criteria.determination import CriterionStatus, Record, Status

STATUS_SHORT: Final = {
    Status.MET: "criteria met",
    Status.NOT_MET: "criteria not met",
    Status.POLICY_CHECK: "needs a check of the policy",
    Status.DOCUMENTATION: "needs documentation",
    Status.NOT_COVERED: "not covered",
    Status.NOT_APPLICABLE: "not applicable",
}

_SENTENCE: Final = {
    Status.MET: "{what} meets the criteria of {policy}.",
    Status.NOT_MET: (
        "{what} does NOT meet the criteria of {policy}: not medically necessary under {that} on the record given."
    ),
    Status.POLICY_CHECK: (
        "Under {policy} the confirmed criteria are met for {what}; "
        "check what is not confirmed here in the policy itself."
    ),
    Status.DOCUMENTATION: "Under {policy} medical necessity of {what} is not established: the record leaves it open.",
    Status.NOT_COVERED: "{what} is excluded by {policy}.",
    Status.NOT_APPLICABLE: "{policy} does not apply to {what}.",
}

_PLAIN_SENTENCE: Final = {
    Status.MET: "What is written down about {what} fits the rules of {policy}.",
    Status.NOT_MET: "What is written down about {what} does NOT fit the rules of {policy}.",
    Status.POLICY_CHECK: "Under {policy}, the rules we could confirm fit for {what}; someone has to read the rest.",
    Status.DOCUMENTATION: "Under {policy}, some information about {what} is still missing, so nobody can say yet.",
    Status.NOT_COVERED: "{policy} leaves {what} out.",
    Status.NOT_APPLICABLE: "{policy} is not about {what}.",
}

ROW_STATUS: Final = {
    CriterionStatus.MET: "met",
    CriterionStatus.NOT_MET: "not met",
    CriterionStatus.NOT_DOCUMENTED: "not documented",
    CriterionStatus.NOT_APPLICABLE: "does not apply",
}

DISCLAIMER: Final = (
    "For education and preparation of a review. A person decides: nothing here approves or denies care, and it "
    "does not replace the policy's own text, the plan's terms or clinical judgement. "
    "Status: submitted, pending human review."
)


def status_sentence(status: Status, *, what: str, policies: Sequence[str], audience: Audience) -> str:
    """The sentence that states a status under one policy or several."""
    table = _PLAIN_SENTENCE if audience is Audience.PATIENT else _SENTENCE
    that = "that policy" if len(policies) == 1 else "these policies"
    sentence = table[status].format(what=what, policy=join(policies), that=that)
    return sentence[0].upper() + sentence[1:]


def row_status(status: CriterionStatus, record: Record) -> str:
    on_record = " on the record given" if record is Record.CLOSED and status is CriterionStatus.NOT_MET else ""
    return ROW_STATUS[status] + on_record


def join(items: Iterable[str], last: str = "and") -> str:
    """ "a, b and c"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"
