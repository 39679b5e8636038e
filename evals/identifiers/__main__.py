"""List what is removed from texts without labels, for a person to look at: python -m evals.identifiers DIR"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.identifiers.unlabelled import removed_from
from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from rag.errors import UserError
from rag.guard.identifiers import load_identifiers


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 for texts or rules that cannot be read."""
    given = _parse(arguments)
    try:
        print(removed_from(given.folder, load_identifiers(given.corpus)))
    except (CorpusError, CorpusErrors, UserError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.identifiers", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of *.jsonl whose lines have a `text`")
    parser.add_argument("--corpus", type=Path, default=corpus_root(), metavar="DIR", help="another corpus folder")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
