"""An engine that was broken on purpose turns the suite red: figures fall, and fall under their floors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from evals.frame.floors import load_floors
from evals.frame.measuring import measure_all
from evals.frame.methods import SYSTEM
from evals.frame.sampling import sample
from evals.verdicts.asked import asked_items
from evals.verdicts.case import VerdictCase
from evals.verdicts.cases import load_cases
from evals.verdicts.measures import METRICS
from evals.verdicts.metamorphic.threshold import threshold_measure
from evals.verdicts.methods.system import System
from rag.criteria import cells as cells_module
from rag.criteria import exact, requirements, verdict
from rag.criteria.cells import Cells
from rag.criteria.determination import Determination, Record, Status
from rag.criteria.policy import Criterion, Decides, Policy, Version
from rag.criteria.rules import FALSE, TRUE, AllOf, AnyOf, Rule
from rag.knowledge.library import Knowledge

#: Cases, drawn by a hash of their names; and of them those whose numbers are tried.
CASES, CROSSED = 150, 12

FALSE_MET, DECIDED, FLIPS = "no-false-met", "deciding-right", "thresholds-flip"
FLOORS = {one.measure.removeprefix("verdicts."): one.at_least for one in load_floors() if one.suite == "verdicts"}

Figures = dict[str, float]


@dataclass(frozen=True)
class Bench:
    """Cases in the form of facts, on which an engine is measured."""

    cases: Sequence[VerdictCase]
    knowledge: Knowledge

    def figures(self) -> Figures:
        system = System(self.knowledge)
        found = measure_all(asked_items(self.cases, self.knowledge), {SYSTEM: system}, METRICS, seed=0)
        crossed = threshold_measure(self.cases[:CROSSED], system, seed=0)
        return {one.name: one.subject.figure.value or 0.0 for one in (*found, crossed)}


@pytest.fixture(scope="module", autouse=True)
def _without_advice() -> Iterator[None]:
    """What is missing and what would change a status is most of the work, and has no part in the status."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.criteria.decide.changes", lambda *given, **options: ())
        patch.setattr("rag.criteria.decide.missing_facts", lambda *given: ())
        yield


@pytest.fixture(scope="module")
def bench(knowledge: Knowledge) -> Bench:
    drawn = sample(load_cases(knowledge), CASES, id_of=lambda one: one.id)
    return Bench([replace(one, text=None) for one in drawn], knowledge)


@pytest.fixture(scope="module")
def sound(bench: Bench) -> Figures:
    return bench.figures()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Cells are remembered over calls: what a broken engine made of them must not outlive it."""
    cells_module._fact_cells.cache_clear()
    with monkeypatch.context() as patch:
        yield patch
    cells_module._fact_cells.cache_clear()


def assert_red(sound: Figures, hurt: Figures, names: Iterable[str]) -> None:
    for name in names:
        assert hurt[name] < sound[name], f"{name}: {hurt[name]} is no less than {sound[name]}"
        assert hurt[name] < FLOORS[name], f"{name}: {hurt[name]} is not under {FLOORS[name]}"


def test_the_engine_as_it_is_holds_its_floors(sound: Figures) -> None:
    assert {name: sound[name] >= FLOORS[name] for name in (FALSE_MET, DECIDED, FLIPS)} == dict.fromkeys(
        (FALSE_MET, DECIDED, FLIPS), True
    )


def test_at_least_read_as_more_than(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    real = cells_module._holds
    broken.setattr(cells_module, "_holds", lambda point, op, limit: real(point, ">" if op == ">=" else op, limit))
    assert_red(sound, bench.figures(), (DECIDED, FLIPS))


def test_at_most_read_as_less_than(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    real = cells_module._holds
    broken.setattr(cells_module, "_holds", lambda point, op, limit: real(point, "<" if op == "<=" else op, limit))
    assert_red(sound, bench.figures(), (DECIDED, FLIPS))


def test_what_is_not_known_taken_as_met(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    def hopeful(found: frozenset[bool], record: Record) -> frozenset[bool]:
        return requirements.ONLY_TRUE if len(found) > 1 else found

    broken.setattr(verdict, "closed", hopeful)
    assert_red(sound, bench.figures(), (FALSE_MET, DECIDED))


def test_what_is_not_known_taken_as_failed(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    def gloomy(found: frozenset[bool], record: Record) -> frozenset[bool]:
        return requirements.ONLY_FALSE if len(found) > 1 else found

    broken.setattr(verdict, "closed", gloomy)
    assert_red(sound, bench.figures(), (DECIDED,))


def test_all_of_read_as_any_of(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    real = exact._join

    def lax(of: Iterable[Rule], cells: Cells, *, make: type[AllOf] | type[AnyOf], **ends: Rule) -> Rule:
        given = tuple(of)
        if make is AllOf and given:
            return real(given, cells, absorbing=TRUE, neutral=FALSE, make=AnyOf)
        return real(given, cells, make=make, **ends)

    broken.setattr(exact, "_join", lax)
    assert_red(sound, bench.figures(), (FALSE_MET, DECIDED))


def test_exclusions_and_limits_ignored(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    def tolerant(version: Version, cells: Cells, record: Record) -> Status:
        return verdict.status_of(replace(version, criteria=tuple(filter(is_a_demand, version.criteria))), cells, record)

    def is_a_demand(criterion: Criterion) -> bool:
        return not criterion.excludes and criterion.decides is not Decides.WHEN_RAISED

    broken.setattr("rag.criteria.decide.status_of", tolerant)
    assert_red(sound, bench.figures(), (FALSE_MET, DECIDED))


def test_exceptions_forgotten(bench: Bench, sound: Figures, broken: pytest.MonkeyPatch) -> None:
    broken.setattr(requirements, "demand", lambda criterion: criterion.rule)
    assert_red(sound, bench.figures(), (DECIDED,))


@pytest.mark.parametrize(("place", "falling"), [(0, (DECIDED,)), (-1, (FALSE_MET, DECIDED))], ids=["first", "last"])
def test_the_wrong_version(
    bench: Bench, sound: Figures, broken: pytest.MonkeyPatch, place: int, falling: Sequence[str]
) -> None:
    def always(self: Policy, day: date) -> Version:
        return sorted(self.versions, key=lambda one: one.window.start or date.min)[place]

    broken.setattr(Policy, "on", always)
    assert_red(sound, bench.figures(), falling)


def test_an_engine_that_crashes_has_failed_and_is_not_left_out(
    bench: Bench, sound: Figures, broken: pytest.MonkeyPatch
) -> None:
    def crash(*given: object, **options: object) -> Determination:
        raise ZeroDivisionError("no criteria")

    broken.setattr("evals.verdicts.methods.system.decide", crash)
    hurt = bench.figures()
    assert_red(sound, hurt, (FALSE_MET, DECIDED, FLIPS))
    assert {hurt[name] for name in (FALSE_MET, DECIDED, FLIPS)} == {0.0}


def test_what_was_broken_is_whole_again(bench: Bench, sound: Figures) -> None:
    assert bench.figures() == sound
