"""Many tests at once (Holm 1979, Scandinavian Journal of Statistics 6:65)."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted, in the order given: one at or under 0.05 holds with at most 5 % risk of any false alarm among all."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min((len(order) - rank) * p_values[at], 1.0))
        adjusted[at] = highest
    return tuple(adjusted)
