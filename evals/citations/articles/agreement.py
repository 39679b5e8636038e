"""Do a scorer and the model that judges say the same? Over every sentence both were asked about, by all writers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals.citations.articles.judged import JudgedArticles
from evals.citations.articles.weighing import Weighed
from evals.frame.methods import LEXICAL, SYSTEM
from evals.frame.models import Judgement, Measure, Row, Slice
from evals.metrics.figure import Figure
from evals.metrics.kappa import Rated, kappa
from evals.metrics.mean import mean

JUDGE = "judge"
#: The scorer each row is about: the guard is what the system rests on, words in common what anybody has.
COMPARED = {SYSTEM: "guard", LEXICAL: "words"}
OF = "sentences with their citations"


@dataclass(frozen=True)
class Both:
    """A sentence that a scorer and the judge were asked about."""

    item: str
    writer: str
    scored: bool
    judged: Weighed

    @property
    def rated(self) -> Rated:
        return Rated(self.scored, self.judged.recall.supported, self.item.partition("|")[0])

    @property
    def judgement(self) -> Judgement:
        said = self.judged.recall
        return Judgement(
            item=self.item,
            value=float(self.scored == said.supported),
            expected=f"the judge: {said.reason}",
            found=f"{'supported' if self.scored else 'not supported'}: {self.judged.sentence.text}",
            cluster=self.item.partition("|")[0],
        )


def agreement(articles: JudgedArticles, *, seed: int) -> tuple[Measure, ...]:
    """Raw agreement, kappa, and how many replies of the judge could be read."""
    both = {row: list(_both(articles, scorer)) for row, scorer in COMPARED.items()}
    both = {row: found for row, found in both.items() if found or row == SYSTEM}
    return _raw(both, seed), _kappa(both, seed), _read(both[SYSTEM], seed)


def _both(articles: JudgedArticles, scorer: str) -> Iterator[Both]:
    for writer, played in articles.items():
        for one in played:
            if one.outcome is None:
                continue
            scored = {weighed.number: weighed for weighed in one.outcome.by.get(scorer, ())}
            for judged in one.outcome.by[JUDGE]:
                if judged.sentence.sources and judged.number in scored:
                    item = f"{one.item.id}|{writer}.s{judged.number}"
                    yield Both(item, writer, scored[judged.number].recall.supported, judged)


def _raw(both: dict[str, list[Both]], seed: int) -> Measure:
    rows = [
        Row(
            method=name,
            figure=mean([one.judgement for one in found], seed=seed, of=OF),
            judgements=tuple(one.judgement for one in found),
        )
        for name, found in both.items()
    ]
    return Measure(
        name="judge-agreement",
        about="Share of sentences on which the guard (first row) and words in common (second row) say what the model "
        "that judges says. A reply that cannot be read counts as: not supported.",
        rows=tuple(rows),
        slices=tuple(_slices(both, lambda found: mean([one.judgement for one in found], seed=seed, of=OF))),
    )


def _kappa(both: dict[str, list[Both]], seed: int) -> Measure:
    def figure(found: Sequence[Both]) -> Figure:
        return kappa([one.rated for one in found], seed=seed, of=OF)

    return Measure(
        name="judge-kappa",
        about="Cohen's kappa of the same: agreement beyond chance, 0 for chance, 1 for always.",
        rows=tuple(Row(method=name, figure=figure(found)) for name, found in both.items()),
        slices=tuple(_slices(both, figure)),
    )


def _read(both: Sequence[Both], seed: int) -> Measure:
    found = [
        Judgement(
            item=one.item,
            value=float(one.judged.recall.readable),
            expected="a reply of the form asked for",
            found=one.judged.recall.reason,
            cluster=one.item.partition("|")[0],
        )
        for one in both
    ]
    row = Row(method=SYSTEM, figure=mean(found, seed=seed, of="replies"), judgements=tuple(found))
    return Measure(
        name="judge-replies-read",
        about="Share of the judge's replies that could be read; the others count as: not supported.",
        rows=(row,),
    )


def _slices(both: dict[str, list[Both]], figure: Callable[[Sequence[Both]], Figure]) -> Iterator[Slice]:
    for writer in dict.fromkeys(one.writer for found in both.values() for one in found):
        figures = {name: figure([one for one in found if one.writer == writer]) for name, found in both.items()}
        yield Slice(name=f"article by: {writer}", figures=figures)
