"""Measure the removal of identifiers: python -m evals.identifiers [options]"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.identifiers.measure import measure
from evals.identifiers.notes import OWN_FILE, load_notes
from evals.identifiers.unlabelled import removed_from
from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from rag.guard.identifiers import IdentifierRules, load_identifiers, remove_identifiers


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 for data or rules that cannot be read."""
    given = _parse(arguments)
    try:
        print(_result(given, load_identifiers(given.corpus)))
    except (CorpusError, CorpusErrors) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _result(given: argparse.Namespace, rules: IdentifierRules) -> str:
    if given.unlabelled:
        return removed_from(given.unlabelled, rules)

    def find(text: str) -> list[tuple[int, int]]:
        return [(one.start, one.end) for one in remove_identifiers(text, rules).removed]

    notes = [note for note in load_notes(given.data) if note.half == given.half]
    report = measure(notes, find, half=given.half, failures=given.failures)
    return report.as_json() if given.format == "json" else report.in_words()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.identifiers", description=__doc__)
    parser.add_argument("--data", type=Path, default=OWN_FILE, metavar="FILE", help="another file of labelled texts")
    parser.add_argument("--half", choices=("calibrate", "report"), default="report", help="which texts to measure on")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show N texts with an error")
    parser.add_argument("--unlabelled", type=Path, metavar="DIR", help="list what is removed from notes in this folder")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the result is printed")
    parser.add_argument("--corpus", type=Path, default=corpus_root(), metavar="DIR", help="another corpus folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
