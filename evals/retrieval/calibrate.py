"""Set the retrieval constants on the calibrate half of the questions; report the error on the test half.

    python -m evals.retrieval.calibrate

Prints `RULE` for rag/retrieval/relevance.py and `WEIGHTS` for rag/retrieval/fusion.py, each with its figures
on both halves and beside the plain alternatives. It changes no file: a person copies the constants.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from evals.metrics.wilson import wilson_interval
from evals.retrieval.questions import Question, Questions, load_questions
from ingest.index import open_index
from rag.retrieval.fusion import FusionWeights
from rag.retrieval.relevance import RelevanceRule, is_relevant
from rag.retrieval.searcher import Hit, Searcher

K = 10
GRID = tuple(step / 10 for step in range(11))
COVERAGE_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Errors:
    """Counts: questions with a source that were refused, and questions without one that were not."""

    refused: int
    in_scope: int
    answered: int
    out_of_scope: int

    @property
    def balanced(self) -> float:
        return (self.refused / self.in_scope + self.answered / self.out_of_scope) / 2

    def __str__(self) -> str:
        return (
            f"refused {self.refused}/{self.in_scope} in scope {_interval(self.refused, self.in_scope)}, "
            f"answered {self.answered}/{self.out_of_scope} out of scope {_interval(self.answered, self.out_of_scope)}"
        )


Results = Sequence[tuple[Question, Sequence[Hit]]]


def main() -> None:
    questions = load_questions()
    searcher = Searcher(open_index())
    _print_rule(questions, searcher)
    _print_weights(questions, searcher)


def _print_rule(questions: Questions, searcher: Searcher) -> None:
    calibrate, test = (_run(searcher, half) for half in (questions.calibrate, questions.test))
    rule = best_rule(calibrate)
    print(f"RULE = {rule}")
    for name, results in (("calibrate", calibrate), ("test", test)):
        print(f"  {name}: {errors(results, rule)}")
        for question, hits in results:
            if is_relevant(hits, rule=rule) != question.in_scope:
                print(f"    wrong ({_nearness(hits, rule):.2f}): {question.question}")
    plain = _best_minimum(calibrate, 0.0)
    print(f"  similarity alone ({plain.minimum:.2f}), test: {errors(test, plain)}")


def _print_weights(questions: Questions, searcher: Searcher) -> None:
    def quality(weights: FusionWeights, half: Iterable[Question]) -> float:
        return reciprocal_rank(_run(searcher.with_weights(weights), [q for q in half if q.in_scope]))

    grid = [FusionWeights(everyday=low, precise=high) for low, high in product(GRID, GRID) if low <= high]
    # Of equals, the one that leans least on words.
    best = max(grid, key=lambda weights: (round(quality(weights, questions.calibrate), 3), -weights.precise))
    rivals = {
        "chosen": best,
        "dense alone": FusionWeights(everyday=0.0, precise=0.0),
        "words alone": FusionWeights(everyday=1.0, precise=1.0),
        "equal weights": FusionWeights(everyday=0.5, precise=0.5),
    }
    print(f"WEIGHTS = {best}")
    for name, weights in rivals.items():
        halves = [f"{quality(weights, half):.3f}" for half in (questions.calibrate, questions.test)]
        print(f"  {name}: mean reciprocal rank at {K}: calibrate {halves[0]}, test {halves[1]}")


def best_rule(results: Results) -> RelevanceRule:
    """Least balanced error; of equals, the one that leans least on words."""
    rules = [_best_minimum(results, weight) for weight in COVERAGE_WEIGHTS]
    return min(rules, key=lambda rule: (errors(results, rule).balanced, rule.coverage_weight))


def _best_minimum(results: Results, coverage_weight: float) -> RelevanceRule:
    """The middle of the widest stretch of minima with the least balanced error, to two digits."""
    free = RelevanceRule(minimum=0.0, coverage_weight=coverage_weight)
    marks = sorted({_nearness(hits, free) for _, hits in results})
    stretches = [(replace(free, minimum=(low + high) / 2), high - low) for low, high in pairwise(marks)]
    best = min(stretches, key=lambda stretch: (errors(results, stretch[0]).balanced, -stretch[1]))[0]
    return replace(best, minimum=round(best.minimum, 2))


def errors(results: Results, rule: RelevanceRule) -> Errors:
    verdicts = [(question.in_scope, is_relevant(hits, rule=rule)) for question, hits in results]
    return Errors(
        refused=verdicts.count((True, False)),
        in_scope=sum(in_scope for in_scope, _ in verdicts),
        answered=verdicts.count((False, True)),
        out_of_scope=sum(not in_scope for in_scope, _ in verdicts),
    )


def reciprocal_rank(results: Results) -> float:
    """Mean over questions of one over the rank of the first passage from a right document; 0 when there is none."""
    ranks = []
    for question, hits in results:
        places = [place for place, hit in enumerate(hits, 1) if hit.passage.document_id in question.documents]
        ranks.append(1 / places[0] if places else 0.0)
    return sum(ranks) / len(ranks)


def _run(searcher: Searcher, questions: Iterable[Question]) -> Results:
    return [(question, searcher.search(question.question, k=K)) for question in questions]


def _nearness(hits: Sequence[Hit], rule: RelevanceRule) -> float:
    return max((rule.evidence(hit) for hit in hits), default=-1.0)


def _interval(count: int, total: int) -> str:
    """Wilson's 95 % interval of a share."""
    low, high = wilson_interval(count, total)
    return f"[{low:.2f}, {high:.2f}]"


if __name__ == "__main__":
    main()
