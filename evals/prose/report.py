"""The figures of one run: by question, and in all."""

from __future__ import annotations

from collections import Counter

from pydantic import BaseModel, ConfigDict

from evals.metrics.figure import Figure
from rag.article.models import Answer, ModelUse


class Asked(BaseModel):
    """One question: what the model had to do with its answer. ``same_verdict``: that of the template's answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    same_verdict: bool
    sentences: int
    use: ModelUse


class ProseReport(BaseModel):
    """``model`` is the name it was asked by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    asked: tuple[Asked, ...]

    def as_json(self) -> str:
        return self.model_dump_json(indent=2)

    def in_words(self) -> str:
        lines = [f"Prose of {self.model}: sentences judged, kept by the guards, and their cost", ""]
        lines += [_row("question", "judged", "kept", "repaired", "tokens", "seconds", "verdict")]
        lines += [_asked_row(asked) for asked in self.asked]
        return "\n".join([*lines, "", *self._in_all()])

    def _in_all(self) -> list[str]:
        uses = [asked.use for asked in self.asked]
        judged, kept = sum(use.proposed for use in uses), sum(use.kept for use in uses)
        refused: Counter[str] = Counter()
        for use in uses:
            refused.update(use.refused)
        by_policy = ", ".join(f"{policy} {count}" for policy, count in refused.most_common()) or "none"
        fallbacks = [f"  {fallback}" for use in uses for fallback in use.fallbacks]
        return [
            f"{_share(kept, judged)} Refused, by the guard that did: {by_policy}.",
            f"Calls: {sum(use.calls for use in uses)}; tokens in {sum(use.input_tokens for use in uses):,}, "
            f"out {sum(use.output_tokens for use in uses):,}; {sum(use.seconds for use in uses):.0f} s.",
            "Sections that are the template's:" if fallbacks else "No section fell back to the template.",
            *fallbacks,
        ]


def asked(question: str, answer: Answer, plain: Answer) -> Asked:
    """``plain``: the template's answer to the same question."""
    assert answer.provenance.model_use is not None
    return Asked(
        question=question,
        same_verdict=(answer.verdict, answer.determinations) == (plain.verdict, plain.determinations),
        sentences=sum(len(section.claims) for section in answer.sections),
        use=answer.provenance.model_use,
    )


def _asked_row(asked: Asked) -> str:
    use = asked.use
    return _row(
        asked.question if len(asked.question) <= _WIDE else asked.question[: _WIDE - 3] + "...",
        str(use.proposed),
        str(use.kept),
        str(use.repaired),
        f"{use.input_tokens + use.output_tokens:,}",
        f"{use.seconds:.0f}",
        "same" if asked.same_verdict else "DIFFERS",
    )


def _share(kept: int, judged: int) -> str:
    found = Figure.share(kept, judged, of="sentences judged", are="kept")
    if found.value is None:
        return f"Kept: {found.reason}."
    return f"Kept: {found.reason}: {found.value:.3f} (95 % {found.low:.3f} to {found.high:.3f})."


#: Columns of a question.
_WIDE = 60


def _row(question: str, *cells: str) -> str:
    return f"{question:<{_WIDE}}" + "".join(f"{cell:>10}" for cell in cells)
