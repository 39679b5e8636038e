"""``guideline-qa check``: every file of the corpus read strictly, every worked case run."""

from __future__ import annotations

import typer

from app.options import CorpusOption, TextOrJson, TextOrJsonOption


def check(output: TextOrJsonOption = TextOrJson.TEXT, corpus: CorpusOption = None) -> None:
    """Check every file of the corpus.

    Each fault is a line `file:line: problem. remedy.`; exit code 1 when there is any.
    """
    from app.check_view import CheckReport
    from app.output import print_json
    from rag.knowledge.check import check_corpus

    report = CheckReport.of(check_corpus(corpus))
    if output is TextOrJson.JSON:
        print_json(report.model_dump_json(indent=2))
    else:
        typer.echo(report.in_words())
    if report.faults:
        raise typer.Exit(1)
