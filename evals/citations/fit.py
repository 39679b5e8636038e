"""Logistic regression whose weights have the signs their features call for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

#: The sign each weight may have, in the order of ``features.NAMES``: what covers a claim cannot speak against it.
SIGNS = (1, 1, 1, 0)
STEPS, RATE, PENALTY = 20_000, 0.5, 1e-3


@dataclass(frozen=True)
class Row:
    """``refused``: a policy refuses the pair whatever its score; ``foreign``: its passage is of another document."""

    values: tuple[float, ...]
    supported: bool
    refused: bool
    weight: float
    numeric: bool
    foreign: bool


def fit(rows: Sequence[Row]) -> Numbers:
    """The weights, then the intercept: gradient descent, projected on the allowed signs."""
    values = _with_one(rows)
    labels = np.array([row.supported for row in rows], dtype=np.float64)
    shares = np.array([row.weight for row in rows], dtype=np.float64)
    shares /= shares.sum()
    signs = np.array([*SIGNS, 0])
    found: Numbers = np.zeros(values.shape[1])
    for _ in range(STEPS):
        error = shares * (_logistic(values @ found) - labels)
        penalty = 2 * PENALTY * np.append(found[:-1], 0)
        found -= RATE * (values.T @ error + penalty)
        found[signs * found < 0] = 0
    return found


def probabilities(rows: Sequence[Row], fitted: Numbers) -> list[float]:
    return [float(value) for value in _logistic(_with_one(rows) @ fitted)]


def _with_one(rows: Sequence[Row]) -> Numbers:
    return np.array([[*row.values, 1.0] for row in rows], dtype=np.float64)


def _logistic(values: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float64)
