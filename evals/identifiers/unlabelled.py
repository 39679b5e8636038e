"""What is removed from texts without labels, for a person to look at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rag.guard.identifiers import IdentifierRules, remove_identifiers

#: How many different words of each kind are shown.
SHOWN = 40


def removed_from(folder: Path, rules: IdentifierRules) -> str:
    """The words removed from the ``text`` of every line of the ``*.jsonl`` of a folder, by kind, commonest first."""
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
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield str(json.loads(line)["text"])


def _line(kind: str, words: Counter[tuple[str, str]]) -> str:
    of_kind = [(word, count) for (one, word), count in words.most_common() if one == kind]
    shown = ", ".join(f"{word!r} {count}" for word, count in of_kind[:SHOWN])
    return f"{kind} ({sum(count for _, count in of_kind)}): {shown}"
