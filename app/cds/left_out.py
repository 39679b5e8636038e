"""What of the records is left out, counted by where it came and why, and told on the card."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, of: str, reason: str, count: int = 1) -> None:
        self.counted[of, reason] += count

    def notices(self) -> tuple[str, ...]:
        return tuple(f"Left out of {of}: {count} {reason}." for (of, reason), count in self.counted.items() if count)
