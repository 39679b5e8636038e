"""YAML without surprises, and the source line of every key.

Scalars follow the YAML 1.2 core schema, narrowed: `true` and `false` are the only booleans, a number with a
leading zero stays text, `2026-02-12` is a date. Repeated keys, merge keys, explicit tags and self-references
are refused.
"""

import datetime
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest.errors import CorpusError, CorpusErrors
from ingest.validation import to_corpus_error

Model = TypeVar("Model", bound=BaseModel)
KeyPath = Sequence[str | int]

_PREFIX = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class _Composer(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Builds nodes only; with no implicit resolvers every plain scalar arrives as text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML reads the class attribute


@dataclass(frozen=True)
class YamlDocument:
    """Plain data, and the place each key stands at."""

    data: Any
    file: Path
    root: yaml.Node | None = field(repr=False, compare=False, default=None)
    line_offset: int = 0

    def line_of(self, path: KeyPath) -> int:
        """Line of the key (or list item) at `path`; of the nearest enclosing key if that does not exist."""
        node, line = self.root, 1 if self.root is None else self.root.start_mark.line + 1
        for step in path:
            found = _child(node, step)
            if found is None:
                continue  # pydantic puts names of union members into its paths
            node, line = found[1], found[0].start_mark.line + 1
        return line + self.line_offset

    def error(self, path: KeyPath, problem: str, remedy: str) -> CorpusError:
        return CorpusError(self.file, self.line_of(path), problem, remedy)


def load_yaml(file: Path) -> YamlDocument:
    """Read one file. Raises CorpusError for what is not strict YAML or not UTF-8."""
    return parse_yaml(read_text(file), file=file)


def parse_yaml(text: str, *, file: Path, line_offset: int = 0) -> YamlDocument:
    """Parse text that begins `line_offset` lines into `file`."""
    try:
        root = yaml.compose(text, Loader=_Composer)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = f"not valid YAML: {error.problem or error.context}"
        raise CorpusError(file, line + line_offset, problem, "Mend the YAML syntax at this line") from None
    except yaml.YAMLError as error:
        raise CorpusError(file, line_offset, f"not valid YAML: {error}", "Remove the character") from None
    data = None if root is None else _Builder(file, line_offset).build(root)
    return YamlDocument(data=data, file=file, root=root, line_offset=line_offset)


def validate(model: type[Model], document: YamlDocument) -> Model:
    """The document as a model instance. Raises CorpusErrors, one error per fault, each with its line."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise CorpusErrors(
            to_corpus_error(model, fault, file=document.file, line=document.line_of(fault["loc"])) for fault in faults
        ) from None


def read_text(file: Path) -> str:
    """UTF-8 text with line ends as newlines. Raises CorpusError when the file cannot be read as such."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise CorpusError(file, line, "not UTF-8 text", "Save the file as UTF-8") from None
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise CorpusError(file, 0, problem, "Restore the file or its permissions") from None


class _Builder:
    """Nodes to data; an aliased node is built once, so nested aliases cannot explode."""

    def __init__(self, file: Path, line_offset: int) -> None:
        self._file = file
        self._line_offset = line_offset
        self._built: dict[int, Any] = {}
        self._open: set[int] = set()

    def build(self, node: yaml.Node) -> Any:
        key = id(node)
        if key in self._open:
            raise self._error(node, "an alias refers to itself", "Write the value out")
        if key not in self._built:
            self._open.add(key)
            self._built[key] = self._new(node)
            self._open.discard(key)
        return self._built[key]

    def _new(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item) for item in node.value]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[Hashable, Any]:
        result: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node)
            if key == "<<":
                raise self._error(key_node, "merge keys are not supported", "Write the keys out")
            if not isinstance(key, Hashable):
                raise self._error(key_node, "a key is a list or mapping", "Use a plain word as the key")
            if key in result:
                raise self._error(key_node, f"key {key!r} is repeated", "Keep one of the two")
            result[key] = self.build(value_node)
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        text: str = node.value
        if node.tag != f"{_PREFIX}str":
            raise self._error(node, f"the tag {node.tag} is not supported", "Remove the tag")
        if getattr(node, "style", None):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return self._date(node) if _DATE.fullmatch(text) else text

    def _date(self, node: yaml.Node) -> datetime.date:
        try:
            return datetime.date.fromisoformat(node.value)
        except ValueError:
            raise self._error(node, f"{node.value} is no day of the calendar", "Correct the date") from None

    def _error(self, node: yaml.Node, problem: str, remedy: str) -> CorpusError:
        return CorpusError(self._file, node.start_mark.line + 1 + self._line_offset, problem, remedy)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item
    return None
