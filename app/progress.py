"""Progress of the first run on stderr: a bar on a terminal, a line per task elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Reporter:
    """Shows what it is told; imports nothing and prints nothing while there is nothing to tell.

    ``totals`` holds for each task how many units it had.
    """

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Reporter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def progress(self, done: int, total: int, what: str) -> None:
        """As ``ingest.progress.Progress``."""
        first = what not in self.totals
        self.totals[what] = total
        if sys.stderr.isatty():
            self._draw(done, total, what)
        elif first:
            size = f" ({total})" if total > 1 else ""
            print(f"{what}{size} ...", file=sys.stderr, flush=True)

    def notice(self, message: str) -> None:
        if self._bar is not None:
            self._bar.console.print(message, markup=False, highlight=False)
        else:
            print(message, file=sys.stderr, flush=True)

    def _draw(self, done: int, total: int, what: str) -> None:
        if self._bar is None:
            self._bar = _new_bar()
            self._bar.start()
        if what not in self._tasks:
            # A task of one step has nothing to measure: the bar only shows that something happens.
            self._tasks[what] = self._bar.add_task(what, total=total if total > 1 else None)
        self._bar.update(self._tasks[what], completed=done, total=total if total > 1 or done else None)


def _new_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
