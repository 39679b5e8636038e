"""Faults a user can mend, each with what happened, where, and what to do."""

from collections.abc import Iterable
from pathlib import Path


class CorpusError(Exception):
    """One fault in one corpus file. Lines count from 1; line 0 stands for the file as a whole."""

    def __init__(self, file: Path | str, line: int, problem: str, remedy: str) -> None:
        self.file = Path(file)
        self.line = line
        self.problem = problem.rstrip(".")
        self.remedy = remedy.rstrip(".")
        super().__init__(f"{self.file}:{self.line}: {self.problem}. {self.remedy}.")


class CorpusErrors(Exception):
    """All faults found in one pass, in file and line order, so that an editor mends them in one go."""

    def __init__(self, errors: Iterable[CorpusError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: (str(error.file), error.line)))
        super().__init__("\n".join(str(error) for error in self.errors))


class ModelError(Exception):
    """The embedding model cannot be found, trusted, exported or run."""


class IndexBusyError(Exception):
    """Another process holds the index longer than is plausible."""


class CacheError(Exception):
    """The folder for the model and the index cannot be written."""
