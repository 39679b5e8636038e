"""What breaks counts as wrong: nothing is left out of a figure because it could not be judged."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.measuring import measure_all
from evals.frame.metric import Check, Item, Metric

ITEMS = [
    Item(id=name, text=f"text {name}", label=name, tags={"kind": (kind,)})
    for name, kind in zip("abcd", "xxyy", strict=True)
]


def _equal(label: str, found: str) -> Iterator[Check]:
    yield Check(float(label == found), label, found)


EQUAL = Metric("equal", "of items, those given back", _equal, of="items")


def echo(item: Item[str]) -> str:
    return item.label


def breaks_on_a(item: Item[str]) -> str:
    if item.label == "a":
        raise RuntimeError("no answer")
    return item.label


def test_each_method_has_a_row_the_subject_first() -> None:
    (measure,) = measure_all(ITEMS, {"system": echo, "null": lambda item: "a"}, [EQUAL], seed=0)
    assert [(row.method, row.figure.value) for row in measure.rows] == [("system", 1.0), ("null", 0.25)]


def test_a_method_that_breaks_on_an_item_has_failed_it() -> None:
    (measure,) = measure_all(ITEMS, {"system": breaks_on_a}, [EQUAL], seed=0)
    assert (measure.subject.figure.value, measure.subject.figure.n) == (0.75, 4)
    assert measure.subject.judgements[0].found == "RuntimeError: no answer"


def test_a_judge_that_breaks_has_not_found_it_right() -> None:
    def broken(label: str, found: str) -> Iterator[Check]:
        yield Check(1 / (len(found) - len(label)))

    (measure,) = measure_all(ITEMS, {"system": echo}, [Metric("m", "about", broken)], seed=0)
    assert (measure.subject.figure.value, measure.subject.figure.n) == (0.0, 4)


def test_slices_have_figures_of_their_own() -> None:
    (measure,) = measure_all(ITEMS, {"system": breaks_on_a}, [EQUAL], seed=0)
    found = {one.name: one.figures["system"].value for one in measure.slices}
    assert found == {"kind: x": 0.5, "kind: y": 1.0}


def test_judgements_are_kept_of_the_subject_alone() -> None:
    (measure,) = measure_all(ITEMS, {"system": breaks_on_a, "null": lambda item: "a"}, [EQUAL], seed=0)
    assert measure.rows[1].judgements == ()
    assert [one.value for one in measure.subject.judgements] == [0, 1, 1, 1]
