"""What a user is told of a file that cannot be read."""

from __future__ import annotations


class ExtractError(Exception):
    """A file whose text cannot be had: what happened, with which file, and what to do.

    ``name`` is the file's name as shown: without folders and control characters.
    """

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        self.name = shown_name(name)
        self.problem = problem.rstrip(".")
        self.remedy = remedy.rstrip(".")
        super().__init__(f"{self.name}: {self.problem}. {self.remedy}.")


#: Characters of a file's name that a message shows; a longer one would bury the message.
LONGEST_NAME = 80


def shown_name(name: str) -> str:
    """The last part of a file's name, printable and of bounded length."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = "".join(letter if letter.isprintable() else "?" for letter in last) or "the file"
    return clean if len(clean) <= LONGEST_NAME else f"{clean[: LONGEST_NAME - 1]}…"
