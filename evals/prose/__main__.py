"""Ask a language model for the prose of six answers, and count what the guards let pass: python -m evals.prose"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.model_options import given_model
from app.progress import Reporter
from app.sources import open_searcher
from app.written import written
from evals.prose.questions import DAY, QUESTIONS
from evals.prose.report import Asked, ProseReport, asked
from ingest.errors import CorpusError, CorpusErrors, ModelError
from rag.article.models import Audience
from rag.chain import Request, ask
from rag.errors import UserError
from rag.knowledge.library import Knowledge, load_knowledge
from rag.model.options import ModelOptions
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0; 1 for a fault of corpus or index; 2 for a model or file that cannot be used."""
    given = _parse(arguments)
    try:
        print(_report(given))
    except UserError as error:
        print(f"prose: {error}", file=sys.stderr)
        return 2
    except (CorpusError, CorpusErrors, ModelError) as error:
        print(f"prose: {error}", file=sys.stderr)
        return 1
    return 0


def _report(given: argparse.Namespace) -> str:
    model = given_model(
        given.model,
        tokens=given.model_tokens,
        seconds=given.model_seconds,
        record=given.record,
        replay=given.replay,
        trust_local=False,
    )
    if model is None:
        raise UserError("Name a model with --model (provider:model), or exchanges with --replay.")
    knowledge = load_knowledge()
    with Reporter() as reporter:
        searcher = open_searcher(knowledge, reporter)
        rows = [_asked(q, who, model, knowledge, searcher, reporter) for q, who in QUESTIONS[: given.first]]
    report = ProseReport(model=model.model.name, asked=tuple(rows))
    return report.as_json() if given.format == "json" else report.in_words()


def _asked(
    question: str,
    audience: Audience,
    model: ModelOptions,
    knowledge: Knowledge,
    searcher: Searcher,
    reporter: Reporter,
) -> Asked:
    options = AskOptions(on=date.fromisoformat(DAY), audience=audience)
    reporter.notice(question)
    request = Request(question, options, model)
    answer = written(request, knowledge=knowledge, searcher=searcher, notice=reporter.notice)
    return asked(question, answer, ask(question, options=options, knowledge=knowledge, searcher=searcher))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.prose", description=__doc__)
    parser.add_argument("--model", metavar="NAME", help="provider:model, as guideline-qa ask takes it")
    parser.add_argument("--model-tokens", type=int, default=30_000, metavar="N", help="tokens for one answer")
    parser.add_argument("--model-seconds", type=float, default=300, metavar="S", help="seconds for one answer")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write every exchange to this file")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="answer from this file instead of the model")
    parser.add_argument("--first", type=int, default=len(QUESTIONS), metavar="N", help="only the first N questions")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the result is printed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
