"""JSON Lines without surprises: each line a model of its own, or a fault that names file, line and remedy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.errors import CorpusError
from ingest.validation import to_corpus_error

Model = TypeVar("Model", bound=BaseModel)

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def json_lines(
    model: type[Model], lines: Iterable[bytes], *, file: Path | str
) -> Iterator[tuple[int, Model | CorpusError]]:
    """Number (from 1) and content of each line that is not blank, as it is read; a fault does not end the reading."""
    for number, line in enumerate(lines, 1):
        bare = line.removeprefix(_BYTE_ORDER_MARK).strip() if number == 1 else line.strip()
        if bare:
            yield number, _read(model, bare, file=Path(file), line=number)


def _read(model: type[Model], text: bytes, *, file: Path, line: int) -> Model | CorpusError:
    try:
        data = json.loads(text.decode("utf-8"), object_pairs_hook=_without_repeats)
        # An escape may stand for half a character, which no output could hold.
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError:
        return CorpusError(file, line, "not UTF-8 text", "Save the file as UTF-8")
    except UnicodeEncodeError:
        return CorpusError(file, line, "an escape stands for half a character", "Write the character out")
    except (ValueError, RecursionError) as error:
        return CorpusError(file, line, f"not valid JSON: {error}", "Write one JSON object on this line")
    if not isinstance(data, dict):
        return CorpusError(file, line, "not a JSON object", "Write one JSON object on this line")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return to_corpus_error(model, error.errors(include_url=False)[0], file=file, line=line)


def _without_repeats(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _ in members]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} is repeated")
    return found
