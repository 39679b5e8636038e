"""A reader that was broken on purpose turns the suite red."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pytest

from evals.facts.measures import METRICS
from evals.facts.reading import Stated, Values, stated_items
from evals.frame.measuring import measure_all
from evals.frame.methods import SYSTEM
from evals.frame.metric import Item
from evals.frame.models import Measure
from evals.frame.sampling import sample
from evals.verdicts.case import VerdictCase
from evals.verdicts.cases import load_cases
from evals.verdicts.methods.system import System
from rag.case.context import NEGATION, ContextRules, Scope
from rag.case.models import Case, Fact, Support
from rag.case.reader import read_case
from rag.criteria.values import Quantity
from rag.knowledge.library import load_knowledge
from tests.evals.red import as_suite, red

#: Texts, drawn by a hash of their names.
TEXTS = 100

UNSAID, PRECISION, INTERVALS, RECALL = "unsaid-stays-unknown", "facts-precision", "intervals-sound", "facts-recall"
#: Where the system takes its reader from.
READER = "evals.verdicts.methods.system.read_case"
RELIEF, OTHER_PERCENTAGE = "prior_injection.relief", "prior_injection.function_improvement"
#: What a careless reader supposes of every record.
USUAL = ("conservative_care.failed", "imaging.concordant", "diagnosis.radiculopathy")

Reading = Callable[[], Mapping[str, Measure]]


@pytest.fixture(scope="module")
def system() -> System:
    return System(load_knowledge())


@pytest.fixture(scope="module")
def cases(system: System) -> Sequence[VerdictCase]:
    return load_cases(system.knowledge)


def reader_of(system: System, cases: Sequence[VerdictCase], texts: int = TEXTS) -> Reading:
    """Reads some texts anew, and says how well."""
    chosen = sample(cases, texts, id_of=lambda one: one.id)
    items = stated_items(chosen, system.values, system.knowledge)

    def read(item: Item[Stated]) -> Values:
        return system.read(item.text, item.label.case.on)

    return lambda: {one.name: one for one in measure_all(items, {SYSTEM: read}, METRICS, seed=0)}


@pytest.fixture(scope="module")
def reading(system: System, cases: Sequence[VerdictCase]) -> Reading:
    return reader_of(system, cases)


@pytest.fixture(scope="module")
def sound(reading: Reading) -> Mapping[str, Measure]:
    return reading()


def value(found: Mapping[str, Measure], name: str) -> float:
    figure = found[name].subject.figure
    assert figure.value is not None, f"{name}: {figure.reason}"
    return figure.value


def assert_falls(sound: Mapping[str, Measure], hurt: Mapping[str, Measure], names: Iterable[str], *, by: float) -> None:
    for name in names:
        before, after = value(sound, name), value(hurt, name)
        assert after <= before - by, f"{name}: {after} where it was {before}"
    assert red(as_suite("facts", hurt.values())) & set(names)


def test_the_reader_as_it_is_reads_well_and_adds_little(sound: Mapping[str, Measure]) -> None:
    assert not red(as_suite("facts", sound.values()))
    assert sound[UNSAID].subject.figure.n >= 20


def test_negation_ignored(reading: Reading, sound: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch) -> None:
    real = ContextRules.scopes

    def blind(self: ContextRules, masked: str, sentences: Any) -> tuple[Scope, ...]:
        return tuple(scope for scope in real(self, masked, sentences) if scope.kind != NEGATION)

    monkeypatch.setattr(ContextRules, "scopes", blind)
    assert_falls(sound, reading(), (PRECISION, RECALL), by=0.02)


def test_all_context_ignored(reading: Reading, sound: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextRules, "scopes", lambda self, masked, sentences: ())
    assert_falls(sound, reading(), (PRECISION, RECALL), by=0.02)


def test_every_percentage_read_as_relief(
    system: System, cases: Sequence[VerdictCase], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = reader_of(system, [one for one in cases if OTHER_PERCENTAGE in (one.facts or {})], texts=30)
    sound = reading()
    monkeypatch.setattr(READER, percentages_as_relief)
    assert_falls(sound, reading(), (UNSAID, PRECISION, INTERVALS, RECALL), by=0.02)


def test_what_most_records_say_supposed_of_all(
    reading: Reading, sound: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(READER, with_the_usual)
    assert_falls(sound, reading(), (UNSAID, PRECISION), by=0.05)


def test_a_reader_that_finds_nothing(
    reading: Reading, sound: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(READER, lambda text, **options: Case(text=text))
    hurt = reading()
    assert value(hurt, RECALL) == 0
    assert hurt[PRECISION].subject.figure.value is None


def test_a_reader_that_crashes_has_failed_and_is_not_left_out(
    reading: Reading, sound: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(text: str, **options: object) -> Case:
        raise RuntimeError("cannot read")

    monkeypatch.setattr(READER, crash)
    hurt = reading()
    assert [value(hurt, name) for name in (UNSAID, PRECISION, INTERVALS, RECALL)] == [0, 0, 0, 0]
    assert {measure.subject.figure.n for measure in hurt.values()} == {TEXTS}


def percentages_as_relief(text: str, **options: Any) -> Case:
    """The last one is believed."""
    case = read_case(text, **options)
    amounts = re.findall(r"(\d+) ?%", text)[-1:]
    reliefs = [fact(RELIEF, Quantity.exactly(float(amount), "%")) for amount in amounts]
    return Case(facts=(*(one for one in case.facts if one.id != RELIEF), *reliefs), text=text)


def with_the_usual(text: str, **options: Any) -> Case:
    case = read_case(text, **options)
    known = {one.id for one in case.facts}
    return Case(facts=(*case.facts, *(fact(name, True) for name in USUAL if name not in known)), text=text)


def fact(name: str, given: bool | Quantity) -> Fact:
    return Fact(id=name, value=given, support=Support.DERIVED, source="question")
