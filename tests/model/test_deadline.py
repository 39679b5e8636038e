"""Items come while there is time; errors come through; nothing is waited for beyond it."""

import time
from collections.abc import Iterator

import pytest

from rag.model.deadline import TooSlow, within


def test_all_items_come_in_order() -> None:
    assert list(within(lambda: iter(range(500)), seconds=10)) == list(range(500))


def test_an_error_of_the_source_comes_after_its_items() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise KeyError("gone")

    taken = within(source, seconds=10)
    assert next(taken) == 1
    with pytest.raises(KeyError):
        next(taken)


def test_a_source_that_hangs_is_left() -> None:
    def source() -> Iterator[int]:
        yield 1
        time.sleep(30)

    taken = within(source, seconds=0.3)
    assert next(taken) == 1
    started = time.monotonic()
    with pytest.raises(TooSlow):
        next(taken)
    assert time.monotonic() - started < 5


def test_a_source_nobody_listens_to_stops_reading() -> None:
    read = []

    def source() -> Iterator[int]:
        for number in range(1_000_000):
            read.append(number)
            yield number

    taken = within(source, seconds=10)
    next(taken)
    taken.close()  # type: ignore[attr-defined]
    time.sleep(0.5)
    seen = len(read)
    time.sleep(0.3)
    assert len(read) == seen < 1_000
