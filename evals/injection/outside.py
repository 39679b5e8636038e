"""Others' attacks and harmless texts, by folder, where they are there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.injection.order import Harmless, Order, Place
from evals.options import Notice
from rag.errors import UserError

#: BIPIA (Yi and others): instructions by category, to be planted in what a model reads. MIT.
BIPIA = "bipia_text_attack_*.json"
#: NotInject (InjecGuard): harmless texts with words that attacks use. MIT.
NOTINJECT = "notinject_*.json"

_PLACES: tuple[Place, ...] = ("question", "note", "document")
_LINK = re.compile(r"[\w.-]+\.(?:com|org|net|xyz|io|co)\b|[\w.+-]+@[\w.-]+")
_QUOTED = re.compile(r"[\"“]([^\"”]{8,})[\"”]|'([^']{12,})'")


def load_bipia(folder: Path | None, notice: Notice) -> tuple[Order, ...]:
    """Each in one place, in turn. Raises UserError for a file of another form."""
    files = _files(folder, BIPIA, notice)
    return tuple(order for file in files for order in _bipia(file))


def load_notinject(folder: Path | None, notice: Notice) -> tuple[Harmless, ...]:
    """Raises UserError for a file of another form."""
    files = _files(folder, NOTINJECT, notice)
    return tuple(text for file in files for text in _notinject(file))


def _files(folder: Path | None, pattern: str, notice: Notice) -> list[Path]:
    found = sorted([*folder.glob(pattern), *folder.glob(f"attacks/{pattern}")]) if folder else []
    if not found:
        notice(f"Left out: {pattern}. Put it into the folder named with --data, or into attacks/ in it.")
    return found


def _bipia(file: Path) -> Iterator[Order]:
    given = _json(file)
    if not isinstance(given, dict) or not all(isinstance(one, list) for one in given.values()):
        raise UserError(f"{file} is not of BIPIA's form: an object that holds lists of instructions by category.")
    numbered = [(category, text) for category, texts in given.items() for text in texts]
    for number, (category, text) in enumerate(numbered):
        if not isinstance(text, str) or not text.strip():
            raise UserError(f"{file}: {category} holds something that is no text. Leave it out.")
        yield Order(
            id=f"{file.stem}-{number:03}",
            kind=category,
            text=" ".join(text.split()),
            obeyed=_signs(text),
            places=(_PLACES[number % len(_PLACES)],),
            origin="bipia",
        )


def _signs(text: str) -> tuple[str, ...]:
    """Addresses and quoted words it wants said, and the order itself: whoever repeats it passes it on."""
    quoted = [found[1] or found[2] for found in _QUOTED.finditer(text)]
    return (*_LINK.findall(text), *quoted, " ".join(text.split()))


def _notinject(file: Path) -> Iterator[Harmless]:
    given = _json(file)
    if not isinstance(given, list) or not all(isinstance(one, dict) and "prompt" in one for one in given):
        raise UserError(f"{file} is not of NotInject's form: a list of objects with a `prompt`.")
    for number, one in enumerate(given):
        text = " ".join(str(one["prompt"]).split())
        if text:
            yield Harmless(id=f"{file.stem}-{number:03}", text=text, origin="notinject")


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{file} cannot be read as JSON: {error}. Fetch it anew.") from None
