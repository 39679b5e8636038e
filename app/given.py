"""What the user gave: a question or a text, and a facts file; either may come from stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import UserError

if TYPE_CHECKING:
    from rag.case.models import Case
    from rag.knowledge.vocabulary import Vocabulary

STDIN = "-"
#: Characters. A question with a pasted note stays well below; more is a file that went astray.
LONGEST_TEXT = 20_000
#: Bytes. A facts file has one short line per fact.
LONGEST_FACTS = 1_000_000


def given_text(argument: str, *, what: str) -> str:
    """The text of the argument, or of stdin for ``-``, without outer spaces. Raises UserError when it is unusable."""
    text = _stdin() if argument == STDIN else argument
    # Bytes of the command line that are not UTF-8 arrive as lone surrogates, which no output could hold.
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
    if not text:
        raise UserError(f"The {what} is empty. Write it in quotes after the command, or pipe it in and give `-`.")
    if len(text) > LONGEST_TEXT:
        remedy = "Cut it down to what the request is about."
        raise UserError(f"The {what} has {len(text):,} characters; at most {LONGEST_TEXT:,} are read. {remedy}")
    return text


def given_facts(argument: str, vocabulary: Vocabulary) -> Case:
    """The case of a facts file, JSON or YAML, or of stdin for ``-``. Raises FactsError."""
    from rag.case.facts_file import read_facts_file

    if argument != STDIN:
        return read_facts_file(Path(argument), vocabulary)
    return _facts_of_text(_stdin(), vocabulary)


def _facts_of_text(text: str, vocabulary: Vocabulary) -> Case:
    from ingest.errors import CorpusError
    from ingest.strict_yaml import parse_yaml
    from rag.case.facts_file import FactsError, read_facts

    try:
        data = parse_yaml(text, file=Path("stdin")).data
    except CorpusError as error:
        raise FactsError(str(error)) from None
    if not isinstance(data, dict):
        raise FactsError('stdin: expected a mapping of fact ids to values, such as {diagnosis.code: ["M54.12"]}.')
    return read_facts(data, vocabulary)


def _stdin() -> str:
    return sys.stdin.buffer.read(LONGEST_FACTS).decode("utf-8", "replace")
