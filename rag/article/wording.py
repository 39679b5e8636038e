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

PLAIN_SHORT: Final = {
    Status.MET: "what is written down fits",
    Status.NOT_MET: "what is written down does not fit",
    Status.POLICY_CHECK: "the full rules have to be read",
    Status.DOCUMENTATION: "some facts are not written down",
    Status.NOT_COVERED: "the rules leave it out",
    Status.NOT_APPLICABLE: "the rules are about something else",
}

_PLAIN_SENTENCE: Final = {
    Status.MET: "What is written down about {what} fits the rules of {policy}. A person at the plan still decides.",
    Status.NOT_MET: (
        "What is written down about {what} does NOT fit the rules of {policy}. By these words alone, it does not count "
        "as “medically necessary” (a plan's term for care that its rules support) under {that}. A person still "
        "decides. Ask the practice whether the notes leave something out."
    ),
    Status.POLICY_CHECK: (
        "Under {policy}, what is written down about {what} fits the part of the rules that is confirmed here. "
        "Call the plan and ask for the other rules, so that they can be checked too."
    ),
    Status.DOCUMENTATION: (
        "Under {policy}, some facts about {what} are not written down yet. So it stays open whether it counts as "
        "“medically necessary” (a plan's term for care that its rules support). Ask the practice for what is missing."
    ),
    Status.NOT_COVERED: "{what} is left out by the rules of {policy}. A person still decides. Call the plan and ask.",
    Status.NOT_APPLICABLE: "The rules of {policy} are not about {what}.",
}

_TERSE_SENTENCE: Final = {
    Status.MET: "{what} meets the criteria: {policy}.",
    Status.NOT_MET: "{what} does NOT meet the criteria, not medically necessary on the record given: {policy}.",
    Status.POLICY_CHECK: "{what}: confirmed criteria met, unconfirmed ones to be checked in the text: {policy}.",
    Status.DOCUMENTATION: "{what}: medical necessity not established, record open: {policy}.",
    Status.NOT_COVERED: "{what}: excluded: {policy}.",
    Status.NOT_APPLICABLE: "{what}: not applicable: {policy}.",
}

_SENTENCES: Final = {
    Audience.CLINICIAN: _SENTENCE,
    Audience.REVIEWER: _TERSE_SENTENCE,
    Audience.PATIENT: _PLAIN_SENTENCE,
}

ROW_STATUS: Final = {
    CriterionStatus.MET: "met",
    CriterionStatus.NOT_MET: "not met",
    CriterionStatus.NOT_DOCUMENTED: "not documented",
    CriterionStatus.NOT_APPLICABLE: "does not apply",
}

PLAIN_ROW: Final = {
    CriterionStatus.MET: "fits",
    CriterionStatus.NOT_MET: "does not fit",
    CriterionStatus.NOT_DOCUMENTED: "not written down",
    CriterionStatus.NOT_APPLICABLE: "does not count here",
}

DISCLAIMER: Final = (
    "For education and preparation of a review. A person decides: nothing here approves or denies care, and it "
    "does not replace the policy's own text, the plan's terms or clinical judgement. "
    "Status: submitted, pending human review."
)

_TERSE_DISCLAIMER: Final = (
    "Criteria check, no decision. A person decides: nothing here approves or denies care. Policy text, plan terms and "
    "clinical judgement prevail. Status: submitted, pending human review."
)

_PLAIN_DISCLAIMER: Final = (
    "This is for learning, and to help get ready for a review. A person decides: nothing here says yes or no to care. "
    "It does not replace the plan's own rules or the advice of a doctor. Ask the practice, or call the number on the "
    "insurance card, if something is not clear. Status: submitted. A person still has to check this page."
)

_DISCLAIMERS: Final = {
    Audience.CLINICIAN: DISCLAIMER,
    Audience.REVIEWER: _TERSE_DISCLAIMER,
    Audience.PATIENT: _PLAIN_DISCLAIMER,
}


def status_sentence(status: Status, *, what: str, policies: Sequence[str], audience: Audience) -> str:
    """The sentence that states a status under one policy or several."""
    plain, terse = audience is Audience.PATIENT, audience is Audience.REVIEWER
    noun = ("set of rules", "sets of rules") if plain else ("policy", "policies")
    that = f"that {noun[0]}" if len(policies) == 1 else f"these {noun[1]}"
    named = "; ".join(policies) if terse else join(policies)
    sentence = _SENTENCES[audience][status].format(what=what, policy=named, that=that)
    return sentence[0].upper() + sentence[1:]


def disclaimer(audience: Audience) -> str:
    return _DISCLAIMERS[audience]


def row_status(status: CriterionStatus, record: Record) -> str:
    on_record = " on the record given" if record is Record.CLOSED and status is CriterionStatus.NOT_MET else ""
    return ROW_STATUS[status] + on_record


def join(items: Iterable[str], last: str = "and") -> str:
    """ "a, b and c"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"
