"""What is removed from texts without labels, for a person to look at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rag.errors import UserError
from rag.guard.identifiers import IdentifierRules, remove_identifiers

#: How many different words of each kind are shown.
SHOWN = 40


def removed_from(folder: Path, rules: IdentifierRules) -> str:
    """The words removed from the ``text`` of every line of the ``*.jsonl`` of a folder, by kind, commonest first.

    Raises UserError for a folder without texts and a line without one.
    """
    words: Counter[tuple[str, str]] = Counter()
    texts = characters = gone = 0
    for text in _texts(folder):
        removed = remove_identifiers(text, rules).removed
        words.update((one.kind, text[one.start : one.end]) for one in removed)
        texts, characters = texts + 1, characters + len(text)
        gone += sum(one.end - one.start for one in removed)
    share = f"{100 * gone / characters:.2f} %" if characters else "none"
    head = f"{texts} texts, {characters} characters: {gone} removed ({share})"
    return "\n".join([head, *(_line(kind, words) for kind in sorted({kind for kind, _ in words}))])


def _texts(folder: Path) -> Iterator[str]:
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise UserError(f"There are no texts (*.jsonl) in {folder}. Name a folder that has some.")
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield _text(line, f"{file}:{number}")


def _text(line: str, place: str) -> str:
    """Other keys of the line may be there: these are files of others."""
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        raise UserError(f"{place}: not a JSON object with a `text`. Write one on this line, or remove it.")
    return text


def _line(kind: str, words: Counter[tuple[str, str]]) -> str:
    of_kind = [(word, count) for (one, word), count in words.most_common() if one == kind]
    shown = ", ".join(f"{word!r} {count}" for word, count in of_kind[:SHOWN])
    return f"{kind} ({sum(count for _, count in of_kind)}): {shown}"
