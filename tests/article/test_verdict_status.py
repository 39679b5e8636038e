"""One status for several policies: theirs when they agree, else open until the payer is known."""

from itertools import product

import pytest

from rag.article.models import Audience
from rag.article.verdict import by_status, overall_status
from rag.article.wording import STATUS_SHORT, join, status_sentence
from rag.criteria.determination import Status
from tests.article.builders import determination


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.NOT_APPLICABLE])
def test_policies_that_agree_give_their_status(status: Status) -> None:
    assert overall_status((determination(status=status), determination(status=status))) is status


@pytest.mark.parametrize(
    "pair", [(a, b) for a, b in product(Status, Status) if a is not b and Status.NOT_APPLICABLE not in (a, b)]
)
def test_policies_that_differ_never_give_criteria_met(pair: tuple[Status, Status]) -> None:
    assert overall_status(tuple(determination(status=status) for status in pair)) is Status.DOCUMENTATION


def test_no_policy_is_not_applicable() -> None:
    assert overall_status(()) is Status.NOT_APPLICABLE


def test_groups_come_in_one_order_whatever_the_policies_order() -> None:
    found = [determination(status=Status.DOCUMENTATION), determination(status=Status.NOT_MET)]
    orders = [[d.status for group in by_status(some) for d in group] for some in (found, found[::-1])]
    assert orders == [[Status.NOT_MET, Status.DOCUMENTATION]] * 2


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("status", list(Status))
def test_only_criteria_met_reads_as_met(status: Status, audience: Audience) -> None:
    said = status_sentence(status, what="the injection", policies=["Plan X"], audience=audience).lower()
    positive = "meets the criteria" in said or "fits the rules" in said
    assert positive is (status is Status.MET)
    assert "plan x" in said


def test_every_status_has_words() -> None:
    assert set(STATUS_SHORT) == set(Status)
    assert join([]) == ""
    assert join(["a", "b", "c"]) == "a, b and c"
