"""No document is in both halves, and a pair counts once."""

from __future__ import annotations

from evals.citations.halves import half_of, place
from evals.citations.pair import Unplaced


def unplaced(number: int, *documents: str, claim: str = "", supported: bool = True) -> Unplaced:
    return Unplaced(f"p{number}", claim or f"claim {number}", "passage", supported, "kind", documents)


def test_pairs_of_one_document_share_a_half() -> None:
    placed = place([unplaced(number, f"d{number % 7}") for number in range(70)])
    halves = {source: {pair.half for pair in placed if pair.source == source} for source in {p.source for p in placed}}
    assert all(len(found) == 1 for found in halves.values())
    assert {pair.half for pair in placed} == {"calibrate", "report"}


def test_pairs_linked_through_a_pair_on_two_documents_share_a_half() -> None:
    apart = next(name for name in map(str, range(100)) if half_of(name) != half_of("a"))
    alone = place([unplaced(1, "a"), unplaced(2, apart)])
    assert len({pair.half for pair in alone}) == 2
    linked = place([unplaced(1, "a"), unplaced(2, apart), unplaced(3, "a", apart)])
    assert len({pair.half for pair in linked}) == 1


def test_the_half_depends_on_the_document_and_not_on_the_order() -> None:
    pairs = [unplaced(number, f"d{number}", f"e{number}") for number in range(40)]
    assert {p.id: p.half for p in place(pairs)} == {p.id: p.half for p in place(pairs[::-1])}


def test_about_half_of_many_documents_are_in_each_half() -> None:
    report = sum(half_of(f"document {number}") == "report" for number in range(1000))
    assert 450 < report < 550


def test_a_pair_that_occurs_twice_counts_once() -> None:
    assert [pair.id for pair in place([unplaced(1, "a", claim="x"), unplaced(2, "a", claim="x")])] == ["p1"]


def test_a_pair_judged_both_ways_counts_not_at_all() -> None:
    torn = [unplaced(1, "a", claim="x"), unplaced(2, "a", claim="x", supported=False)]
    assert [pair.id for pair in place([*torn, unplaced(3, "a")])] == ["p3"]
