"""A limit of time for sentences made to be slow."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

# Seconds; a pattern that backtracks over 20,000 characters takes minutes, a linear one a fraction of this.
LIMIT = 5.0


@pytest.fixture
def quick() -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < LIMIT
