"""What ``guideline-qa eval`` does: measures, writes the report, compares, makes and reads worksheets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from app.output import print_json
from app.progress import Reporter
from rag.errors import UserError

if TYPE_CHECKING:
    from evals import Floor, ModelChoice, Options, Report

#: Where the report of all suites goes when nothing else is said.
FOLDER = Path("eval-report")
#: Words that are no suites: each is followed by what it needs.
COMPARE, WORKSHEET, JUDGE = "compare", "worksheet", "judge"


@dataclass(frozen=True, kw_only=True)
class Given:
    """The options of the command, as given; see its help."""

    what: tuple[str, ...]
    folder: Path | None
    against: Path | None
    floors: tuple[Floor, ...]
    data: Path | None
    half: Literal["calibrate", "report"] | None
    limit: int | None
    seed: int
    jobs: int
    resume: bool
    failures: int
    nli: str | None
    judge: str | None
    model: str | None
    tokens: int
    seconds: float
    record: Path | None
    replay: Path | None
    as_json: bool
    corpus: Path | None


def evaluate(given: Given) -> int:
    """The exit code. Raises UserError for what cannot be done."""
    word, *rest = given.what or ("",)
    if word in (COMPARE, WORKSHEET, JUDGE):
        _nothing_stray(word, given)
    if given.record and given.replay:
        raise UserError("--record and --replay exclude each other: what is replayed is already in a file.")
    if given.record and not (given.model or given.judge):
        raise UserError("--record needs --model or --judge (provider:model): without one nothing is said to record.")
    if word == COMPARE:
        return _compare(rest, given)
    with Reporter() as reporter:
        options = _options(given, reporter)
        if word == WORKSHEET:
            return _worksheet(rest, options)
        if word == JUDGE:
            return _judge(rest, options, given)
        report, folder = _measured(given, options)
    return _told(report, folder, given)


def _nothing_stray(word: str, given: Given) -> None:
    """An option that would be passed over is refused: whoever gives it expects something of it."""
    stray = {
        "--output": given.folder,
        "--against": given.against,
        "--fail-under": given.floors,
        "--data": given.data,
        "--half": given.half,
        "--resume": given.resume,
        "--jobs": given.jobs > 1,
        "--nli": given.nli,
    }
    for option, value in stray.items():
        if value:
            raise UserError(f"{option} has no meaning for `eval {word}`. Leave it out.")


def _measured(given: Given, options: Options) -> tuple[Report, Path | None]:
    from evals import read_report, run_suites

    folder = given.folder or (None if given.what else FOLDER)
    if given.resume and folder is None:
        raise UserError("--resume takes up a run that was written down: name its folder with --output.")
    if given.against is not None:
        read_report(given.against)  # a file that cannot be read is to fail now, not after minutes of work
    report = run_suites(given.what, options, folder=folder, jobs=given.jobs, resume=given.resume, floors=given.floors)
    return report, folder


def _told(report: Report, folder: Path | None, given: Given) -> int:
    """Printed and written down; 1 where a floor does not hold."""
    from evals import compare_reports, comparison_in_words, figures_hash, read_report, report_in_words, write_report

    comparison = compare_reports(read_report(given.against), report, seed=given.seed) if given.against else None
    if given.as_json:
        print_json(report.model_dump_json(indent=2))
    else:
        typer.echo(report_in_words(report, failures=given.failures))
        typer.echo(f"\nFigures, those of the clock aside: {figures_hash(report)}")
        if comparison is not None:
            typer.echo(f"\n{comparison_in_words(comparison)}")
    if folder is not None:
        written = write_report(report, folder, against=comparison)
        typer.echo(f"Written: {', '.join(map(str, written))}", err=True)
    return 1 if report.broken else 0


def _compare(files: list[str], given: Given) -> int:
    from evals import compare_reports, comparison_in_words, read_report

    if len(files) != 2:
        raise UserError("compare takes two files: guideline-qa eval compare BEFORE/report.json AFTER/report.json")
    before, after = (read_report(Path(file)) for file in files)
    comparison = compare_reports(before, after, seed=given.seed)
    if given.as_json:
        print_json(comparison.model_dump_json(indent=2))
    else:
        typer.echo(comparison_in_words(comparison))
    return 0


def _worksheet(rest: list[str], options: Options) -> int:
    from evals import make_worksheet

    if len(rest) != 1:
        raise UserError("worksheet takes the folder to write to: guideline-qa eval worksheet DIR")
    for file in make_worksheet(Path(rest[0]), options):
        typer.echo(str(file))
    return 0


def _judge(files: list[str], options: Options, given: Given) -> int:
    from evals import judge_worksheets, report_in_words, report_of

    if not files:
        raise UserError("judge takes filled-in worksheets: guideline-qa eval judge FILE...")
    report = report_of([judge_worksheets([Path(file) for file in files], options)], options)
    if given.as_json:
        print_json(report.model_dump_json(indent=2))
    else:
        typer.echo(report_in_words(report, failures=given.failures))
    return 0


def _options(given: Given, reporter: Reporter) -> Options:
    from evals import Options

    if given.replay and given.judge and not given.model:
        reporter.notice("Only the judge is replayed. Name the recorded model with --model to measure it too.")
    return Options(
        data=given.data,
        half=given.half,
        limit=given.limit,
        seed=given.seed,
        nli=given.nli,
        model=_choice(given.model, given) if given.model or (given.replay and not given.judge) else None,
        judge=_choice(given.judge, given) if given.judge else None,
        corpus=given.corpus,
        progress=reporter.progress,
        notice=reporter.notice,
    )


def _choice(name: str | None, given: Given) -> ModelChoice:
    from evals import ModelChoice

    return ModelChoice(name=name, record=given.record, replay=given.replay, tokens=given.tokens, seconds=given.seconds)
