"""Pydantic's faults in a corpus editor's words."""

import difflib
import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel

from ingest.errors import CorpusError


def to_corpus_error(model: type[BaseModel], fault: Mapping[str, Any], *, file: Path, line: int) -> CorpusError:
    """`fault` is one entry of `ValidationError.errors()`."""
    loc: tuple[str | int, ...] = tuple(fault["loc"])
    where = ".".join(str(step) for step in loc)
    kind, given = fault["type"], fault.get("input")
    if kind == "extra_forbidden":
        return CorpusError(file, line, f"unknown key `{where}`", _suggestion(str(loc[-1]), keys_at(model, loc[:-1])))
    if kind == "missing":
        return CorpusError(file, line, f"key `{where}` is missing", f"Add `{loc[-1]}:` here")
    if kind == "string_type":
        return CorpusError(file, line, f"`{where}` is {given!r}, not text", f'Put it in quotes: "{given}"')
    if kind in ("literal_error", "enum"):
        expected = fault.get("ctx", {}).get("expected", "")
        return CorpusError(file, line, f"`{where}` is {given!r}", f"Use one of {expected}")
    message = str(fault["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    named = f"`{where}`: {message}" if where else message
    return CorpusError(file, line, named, "Correct the value" if where else "Correct the entry")


def keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str, ...]:
    """The keys a mapping at `loc` may have; empty when the place cannot be told."""
    candidates: list[Any] = [model]
    for step in loc:
        candidates = [found for candidate in candidates for found in _step(candidate, step)] or candidates
    keys: dict[str, None] = {}
    for candidate in candidates:
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            keys |= {info.alias or name: None for name, info in candidate.model_fields.items()}
    return tuple(keys)


def _step(annotation: Any, step: str | int) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            if step in (name, info.alias):
                return _members(info.annotation)
        return []
    return [found for part in typing.get_args(annotation) for found in _members(part)]


def _members(annotation: Any) -> list[Any]:
    """A union's or annotation's parts; containers stay whole, the next step opens them."""
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _members(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [found for part in typing.get_args(annotation) for found in _members(part)]
    return [annotation]


def _suggestion(key: str, known: Sequence[str]) -> str:
    if not known:
        return "Remove it"
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"Did you mean `{close[0]}`? " if close else ""
    return f"{hint}Known keys: {', '.join(known)}"
