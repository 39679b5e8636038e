"""The report of a corpus check, as text and as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from ingest.errors import CorpusError
from rag.article.words import plural
from rag.knowledge.check import Report


class Fault(BaseModel):
    """Lines count from 1; 0 stands for the file as a whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    line: int
    problem: str
    remedy: str

    @classmethod
    def of(cls, error: CorpusError) -> Fault:
        return cls(file=str(error.file), line=error.line, problem=error.problem, remedy=error.remedy)

    def in_words(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}. {self.remedy}."


class CheckReport(BaseModel):
    """Every fault, and how much was looked at; a corpus that does not load has no counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    faults: tuple[Fault, ...]
    documents: int
    policies: int
    criteria: int
    cases: int

    @classmethod
    def of(cls, report: Report) -> CheckReport:
        return cls(
            faults=tuple(Fault.of(error) for error in report.faults),
            documents=report.documents,
            policies=report.policies,
            criteria=report.criteria,
            cases=report.cases,
        )

    def in_words(self) -> str:
        faults = plural(len(self.faults), "fault") if self.faults else "no fault"
        lines = [fault.in_words() for fault in self.faults]
        if not self.documents:
            return "\n".join([*lines, f"{faults}; cases run once the corpus loads"])
        counts = (
            plural(self.documents, "document"),
            plural(self.policies, "policy", "policies"),
            plural(self.criteria, "criterion", "criteria"),
            plural(self.cases, "worked case"),
        )
        return "\n".join([*lines, f"{faults} in {', '.join(counts)}"])
