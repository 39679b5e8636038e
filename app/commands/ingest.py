"""``guideline-qa ingest``: bring the index in step with the corpus."""

from __future__ import annotations

from typing import Annotated

import typer

from app.options import CorpusOption, TextOrJson, TextOrJsonOption


def ingest(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Embed every passage anew, whatever is stored.")] = False,
    output: TextOrJsonOption = TextOrJson.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Bring the index up to date. Only what is new is embedded."""
    from app.index_view import build_index
    from app.output import print_json
    from app.progress import Reporter

    with Reporter() as reporter:
        report = build_index(corpus, reporter, rebuild=rebuild)
    if output is TextOrJson.JSON:
        print_json(report.model_dump_json(indent=2))
    else:
        typer.echo(report.in_words())
