"""``guideline-qa eval``: how well a part of the system does, on labelled data."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.options import CorpusOption, TextOrJson, TextOrJsonOption


class Half(StrEnum):
    """Development looks at one half of the labelled data, and reports the other."""

    CALIBRATE = "calibrate"
    REPORT = "report"


def eval(  # noqa: A001  the name of the command
    suite: Annotated[str, typer.Argument(metavar="SUITE", help="What is measured: citations, followups.")],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Folder of labelled sets beside the project's own.")
    ] = None,
    half: Annotated[Half, typer.Option("--half", help="calibrate is for development.")] = Half.REPORT,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most N items of each half of each set.")
    ] = None,
    failures: Annotated[
        int, typer.Option("--failures", metavar="N", min=0, help="Show the N worst errors of each kind and set.")
    ] = 0,
    nli: Annotated[
        str | None, typer.Option("--nli", metavar="MODEL", help="Also measure this cross-encoder; a name or a folder.")
    ] = None,
    output: TextOrJsonOption = TextOrJson.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Measure a part of the system on labelled data.

    Every figure has its n, its 95 % interval and baselines beside it. The same data give the same report.
    """
    from app.output import print_json
    from app.progress import Reporter
    from evals import Options, run

    with Reporter() as reporter:
        options = Options(
            data=data,
            half=half.value,
            limit=limit,
            failures=failures,
            nli=nli,
            corpus=corpus,
            progress=reporter.progress,
            notice=reporter.notice,
        )
        report = run(suite, options)
    if output is TextOrJson.JSON:
        print_json(report.as_json())
    else:
        typer.echo(report.in_words())
