"""``guideline-qa eval``: how well the system does on labelled data, and how two runs differ."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.model_options import ModelSecondsOption, ModelTokensOption, RecordOption, ReplayOption
from app.options import CorpusOption, TextOrJson, TextOrJsonOption


class Half(StrEnum):
    """Development looks at one half of the labelled data, and reports the other."""

    CALIBRATE = "calibrate"
    REPORT = "report"


def eval(  # noqa: A001  the name of the command
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUITE...] | compare BEFORE AFTER | worksheet DIR | judge FILE...",
            help="Suites: verdicts, facts, citations, retrieval, refusals, followups, injection, identifiers, "
            "audience, repeatability, latency. None: all of them.",
            show_default=False,
        ),
    ] = None,
    output_folder: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="DIR",
            help="Write report.html and report.json there. Default: eval-report when all suites run, else nowhere.",
        ),
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="An earlier report.json to show differences from.")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-under",
            metavar="SUITE.METRIC=VALUE",
            help="Exit code 1 when the figure is lower; may be repeated, and replaces the floor in evals/floors.yaml.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Sets of others too; evals/data/README.md says in what format."),
    ] = None,
    half: Annotated[
        Half | None,
        typer.Option(
            "--half", help="Only that half. Default: report for suites with tuned parts, everything for the others."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most N items of each set, always the same.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of everything drawn by lot.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=1, help="Suites run side by side.")] = 1,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Take suites that are done, of the same options, data and code, from --output."),
    ] = False,
    failures: Annotated[
        int, typer.Option("--failures", metavar="N", min=0, help="Print the N worst failures of each metric.")
    ] = 0,
    nli: Annotated[
        str | None, typer.Option("--nli", metavar="MODEL", help="Also measure this cross-encoder; a name or a folder.")
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option("--judge", metavar="NAME", help="A language model judges citations too: provider:model."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="A language model stands in the tables too: provider:model."),
    ] = None,
    tokens: ModelTokensOption = 60_000,
    seconds: ModelSecondsOption = 600.0,
    record: RecordOption = None,
    replay: ReplayOption = None,
    output: TextOrJsonOption = TextOrJson.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Measure the system on labelled data, beside its baselines.

    Every figure has its n and its 95 % interval; what cannot be judged counts as wrong. The same data give the same
    figures, those of the clock aside. Exit code 1 when a floor does not hold.

    compare BEFORE AFTER: what differs between two report.json, and whether chance explains it.
    worksheet DIR: a sheet of sentences and their passages for people to judge. judge FILE...: what they found.
    """
    from app.evaluating import Given, evaluate
    from evals import given_floor

    given = Given(
        what=tuple(what or ()),
        folder=output_folder,
        against=against,
        floors=tuple(given_floor(text) for text in fail_under or ()),
        data=data,
        half=half.value if half else None,
        limit=limit,
        seed=seed,
        jobs=jobs,
        resume=resume,
        failures=failures,
        nli=nli,
        judge=judge,
        model=model,
        tokens=tokens,
        seconds=seconds,
        record=record,
        replay=replay,
        as_json=output is TextOrJson.JSON,
        corpus=corpus,
    )
    if code := evaluate(given):
        raise typer.Exit(code)
