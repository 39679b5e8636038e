"""What was measured, as data and in words."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from evals.metrics.figure import Figure

NAME = 30


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shown(Part):
    """A text on which the method erred, with the words it missed and those it took out wrongly."""

    id: str
    missed: tuple[str, ...]
    lost: tuple[str, ...]


class IdentifierReport(Part):
    """``characters_lost``, ``tokens_lost``: of the rest. ``clean_texts_changed``: of hard negatives."""

    half: str
    texts: int
    recall: Figure
    recall_by_kind: dict[str, Figure]
    characters_lost: Figure
    tokens_lost: Figure
    clean_texts_changed: Figure
    failures: tuple[Shown, ...]

    def as_json(self) -> str:
        return self.model_dump_json(indent=2)

    def in_words(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Identifiers: {self.half} half, {self.texts} texts. Each figure: value [95 % interval], counts."
        yield _row("removed whole", self.recall)
        yield from (_row(f"  {kind}", figure) for kind, figure in self.recall_by_kind.items())
        yield _row("other characters lost", self.characters_lost)
        yield _row("other tokens touched", self.tokens_lost)
        yield _row("clean texts changed", self.clean_texts_changed)
        for one in self.failures:
            yield f"{one.id}: missed {list(one.missed)}, lost {list(one.lost)}"


def _row(name: str, figure: Figure) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return f"{name.ljust(NAME)}-  {figure.reason}"
    return f"{name.ljust(NAME)}{figure.value:.4f} [{figure.low:.4f}-{figure.high:.4f}]  {figure.reason}"
