"""``guideline-qa doctor``: is everything here that an answer needs?"""

from __future__ import annotations

import typer

from app.options import CorpusOption, TextOrJson, TextOrJsonOption


def doctor(output: TextOrJsonOption = TextOrJson.TEXT, corpus: CorpusOption = None) -> None:
    """Look for what an answer needs.

    Python, packages, model, corpus, index and cache; exit code 1 when something is wrong.
    """
    from pydantic import TypeAdapter

    from app.health import Finding, examine
    from app.output import print_json

    findings = examine(corpus)
    if output is TextOrJson.JSON:
        print_json(TypeAdapter(list[Finding]).dump_json(findings, indent=2).decode())
    else:
        for finding in findings:
            typer.echo(finding.in_words())
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
