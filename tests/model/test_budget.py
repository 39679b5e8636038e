"""No call is made that the budget does not hold; failed calls count."""

import pytest

from rag.model.budget import Budget, Meter
from rag.model.errors import BudgetSpent, ModelFailure
from tests.model.conftest import PROMPT
from tests.model.fakes import QueueModel


def test_calls_are_counted() -> None:
    meter = Meter(QueueModel("x"), Budget())
    meter.ask(PROMPT)
    meter.ask(PROMPT)
    assert (meter.calls, meter.input_tokens, meter.output_tokens, meter.seconds) == (2, 200, 20, 2.0)


def test_tokens_end_the_asking() -> None:
    model = QueueModel("x")
    meter = Meter(model, Budget(tokens=200))
    meter.ask(PROMPT)
    with pytest.raises(BudgetSpent, match="200 tokens"):
        meter.ask(PROMPT)
    assert len(model.prompts) == 1


def test_seconds_end_the_asking_also_those_of_failures() -> None:
    model = QueueModel(ModelFailure("slow", seconds=3.0))
    meter = Meter(model, Budget(seconds=3))
    with pytest.raises(ModelFailure, match="slow"):
        meter.ask(PROMPT)
    with pytest.raises(BudgetSpent, match="3 seconds"):
        meter.ask(PROMPT)
    assert len(model.prompts) == 1


def test_each_call_may_take_what_is_left() -> None:
    model = QueueModel("x")
    meter = Meter(model, Budget(seconds=10, tokens=1_000))
    for _ in range(8):
        meter.ask(PROMPT)
    assert [limits.seconds for limits in model.limits] == [10, 9, 8, 7, 6, 5, 4, 3]
    assert model.limits[-1].reply_tokens < 1_000 - 7 * 110
