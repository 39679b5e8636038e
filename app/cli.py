"""The command line ``guideline-qa``. A command imports what it uses when it runs, so that help comes at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Annotated

import typer

from app.commands.ask import ask
from app.commands.audit import audit
from app.commands.chat import chat
from app.commands.check import check
from app.commands.decide import decide
from app.commands.doctor import doctor
from app.commands.eval import eval  # noqa: A004  the name of the command
from app.commands.ingest import ingest
from app.commands.keys import keys
from app.commands.mcp import mcp
from app.commands.policies import policies
from app.commands.read import read
from app.commands.schema import schema
from app.commands.search import search
from app.commands.serve import serve
from app.commands.verify import verify
from rag.version import software_version

NAME = "guideline-qa"
DEBUG = "GUIDELINE_QA_DEBUG"
INTERRUPTED = 130
BROKEN_PIPE = 141

EXAMPLES: dict[Callable[..., None], str] = {
    ask: 'guideline-qa ask --payer medicare "Is 62321 necessary after a cervical ESI with 40 % relief?"',
    read: 'guideline-qa read "C7-T1 ILESI 6 weeks ago, 60 % relief for 3 weeks, denies anticoagulants"',
    decide: "guideline-qa decide --facts facts.yaml --payer medicare --state OH --date 2026-08-01",
    search: 'guideline-qa search --code 62321 --kind safety "particulate steroid"',
    policies: "guideline-qa policies --format markdown",
    ingest: "guideline-qa ingest --rebuild",
    check: "guideline-qa check --corpus my-corpus",
    doctor: "guideline-qa doctor --format json",
    schema: "guideline-qa schema --model determination",
    verify: 'guideline-qa verify --claim "Relief lasted 3 months." --passage "Relief of at least 3 months is needed."',
    chat: "guideline-qa chat --port 8600 --no-open",
    serve: "guideline-qa serve --workers 2",
    keys: "guideline-qa keys create --name portal --scope read --scope write",
    mcp: "guideline-qa mcp",
    audit: "guideline-qa audit verify",
    eval: "guideline-qa eval verdicts facts --failures 3 --fail-under verdicts.deciding-right=0.97",
}

cli = typer.Typer(
    name=NAME,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _command, _example in EXAMPLES.items():
    cli.command(epilog=f"\b\nExample:\n  {_example}")(_command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {software_version()}")
        raise typer.Exit


@cli.callback(epilog=f"\b\nExample:\n  {EXAMPLES[ask]}")
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Guideline and coverage-policy questions, answered with citations and a verdict that code decides.

    Exit codes: 0 an answer (also a refusal), 1 a fault, 2 a command or an input that cannot be used.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. No fault shows a traceback, unless GUIDELINE_QA_DEBUG is set."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        result = cli(args=arguments, prog_name=NAME, standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # typer itself leaves with SystemExit when whoever read the output is gone, and for nothing else.
        _let_go_of_stdout()
        return BROKEN_PIPE
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        from app.faults import report

        return report(error, name=NAME, debug=DEBUG)


def _let_go_of_stdout() -> None:
    """Keep the interpreter's last flush from complaining that nobody reads."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
