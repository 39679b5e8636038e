"""What is compared of an answer, as text; and a request with all that was answered to it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from evals.audience.request import Request


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Trace(Part):
    """JSON of one answer and of its parts; None where a method has no such part. ``error``: it broke, and how."""

    answer: str | None = None
    case: str | None = None
    determination: str | None = None
    passages: str | None = None
    error: str = ""


class Job(Part):
    """A request to be answered by a method. ``turned``: its facts are given in the reverse order."""

    method: str
    request: Request
    turned: bool = False

    @property
    def key(self) -> str:
        return f"{self.method}|{self.request.name}|{'turned' if self.turned else 'as given'}"


class Answered(Part):
    """A line of what a process says: what came of a job."""

    key: str
    trace: Trace


class Repeats(Part):
    """``first``: the answer in the first process. ``others``: each later one, by what was different."""

    first: Trace
    others: dict[str, Trace]
