"""The corpus's documents: `corpus/<kind>/<document-id>/document.md`, loaded strictly."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import FOLDERS, Basis, CorpusModel, FrontMatter
from ingest.instructions import instructs_a_model
from ingest.markdown import RawSection, parse_sections, split_front_matter
from ingest.strict_yaml import parse_yaml, read_text, validate

FILE_NAME = "document.md"
CRITERIA_NAME = "criteria.yaml"

Use = Literal["rationale", "alternatives", "safety", "pitfalls", "evidence", "limitations", "policy"]
Region = Literal["cervical", "thoracic", "lumbar", "sacral"]

#: Approaches every search knows; a new procedure family adds its own in its sections' attributes.
CORE_APPROACHES = ("interlaminar", "transforaminal", "caudal")

_KNOWN_VALUES: dict[str, tuple[str, ...] | None] = {
    "use": get_args(Use),
    "region": get_args(Region),
    "approach": None,
    "basis": get_args(Basis),
}

_PAYER_LINE = re.compile(r"^payer:[ \t]*[\"']?(?P<payer>[a-z0-9-]+)", re.MULTILINE)


class Section(CorpusModel):
    """`text` is normalised; offsets of quotes and passages count its characters."""

    anchor: str
    heading: str
    text: str
    line: int
    uses: tuple[Use, ...] = ()
    regions: tuple[Region, ...] = ()
    approaches: tuple[str, ...] = ()
    basis: Basis
    flagged: bool = False


class Document(FrontMatter):
    """Front matter and sections of one digest."""

    sections: tuple[Section, ...]
    file: Path

    @cached_property
    def _by_anchor(self) -> dict[str, Section]:
        return {section.anchor: section for section in self.sections}

    def section(self, anchor: str) -> Section | None:
        """The section at `anchor`, written with or without its `#`."""
        return self._by_anchor.get(anchor.removeprefix("#"))


def corpus_root() -> Path:
    """The corpus that comes with the software."""
    return Path(__file__).resolve().parent.parent / "corpus"


def load_documents(root: Path) -> Mapping[str, Document]:
    """Every document by id, in order of kind folder and id. Raises CorpusErrors with all faults found."""
    documents: dict[str, Document] = {}
    errors: list[CorpusError] = []
    for folder in _document_folders(root, errors):
        try:
            document = load_document(folder)
            if document.id in documents:
                problem = f"document {document.id} exists already in {documents[document.id].file.parent}"
                raise CorpusError(document.file, 1, problem, "Keep one of the two")
            documents[document.id] = document
        except CorpusErrors as found:
            errors.extend(found.errors)
        except CorpusError as error:
            errors.append(error)
    if errors:
        raise CorpusErrors(errors)
    return MappingProxyType(documents)


def load_document(folder: Path) -> Document:
    """One document folder. Raises CorpusError or CorpusErrors."""
    file = folder / FILE_NAME
    if not file.is_file():
        raise CorpusError(file, 0, "the document folder has no document.md", "Write it or remove the folder")
    header, body, lines_before = split_front_matter(read_text(file), file=file)
    yaml_document = parse_yaml(header, file=file, line_offset=1)
    front = validate(FrontMatter, yaml_document)
    errors: list[CorpusError] = []
    if front.id != folder.name:
        problem = f"id {front.id} differs from its folder {folder.name}"
        errors.append(yaml_document.error(["id"], problem, "Give both the same name"))
    if front.kind != FOLDERS[folder.parent.name]:
        problem = f"kind {front.kind} does not belong in folder {folder.parent.name}"
        errors.append(yaml_document.error(["kind"], problem, "Move the folder or correct the kind"))
    raw_sections, section_errors = parse_sections(body, file=file, first_line=lines_before + 1)
    errors.extend(section_errors)
    sections = [built for raw in raw_sections if (built := _section(raw, front, file, errors)) is not None]
    if not sections and not errors:
        errors.append(CorpusError(file, lines_before + 1, "no section", "Write at least one `## Heading {#anchor}`"))
    if errors:
        raise CorpusErrors(errors)
    fields = dict(front) | {"payer": front.payer or _payer_of_criteria(folder)}
    return Document(**fields, sections=tuple(sections), file=file)


def corpus_hash(root: Path) -> str:
    """SHA-256 over names and bytes of every corpus file; hidden files and editors' backups do not count.

    Raises CorpusErrors when a file cannot be read.
    """
    digest = hashlib.sha256()
    for name, file in sorted(_corpus_files(root)):
        try:
            content = file.read_bytes()
        except OSError as error:
            fault = CorpusError(file, 0, f"cannot be read ({error.strerror})", "Restore the file or its permissions")
            raise CorpusErrors([fault]) from None
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _corpus_files(root: Path) -> Iterator[tuple[str, Path]]:
    for file in root.rglob("*"):
        parts = file.relative_to(root).parts
        if not any(part.startswith(".") or part.endswith("~") for part in parts) and file.is_file():
            yield "/".join(parts), file


def _document_folders(root: Path, errors: list[CorpusError]) -> Iterator[Path]:
    if not root.is_dir():
        raise CorpusErrors([CorpusError(root, 0, "the corpus folder does not exist", "Name an existing folder")])
    for kind_folder in sorted(path for path in root.iterdir() if path.is_dir()):
        folders = sorted(path for path in kind_folder.iterdir() if path.is_dir() and path.name[0] not in "._")
        if kind_folder.name in FOLDERS:
            yield from folders
        elif any((folder / FILE_NAME).exists() for folder in folders):
            known = ", ".join(FOLDERS)
            errors.append(CorpusError(kind_folder, 0, "not a document folder of the corpus", f"Use one of {known}"))


def _payer_of_criteria(folder: Path) -> str | None:
    """A policy's payer stands in its criteria. Only that line is read here: all of them take long to parse."""
    file = folder / CRITERIA_NAME
    found = _PAYER_LINE.search(read_text(file)) if file.is_file() else None
    return found["payer"] if found else None


def _section(raw: RawSection, front: FrontMatter, file: Path, errors: list[CorpusError]) -> Section | None:
    values: dict[str, tuple[str, ...]] = {}
    for key, text in raw.attributes.items():
        try:
            values[key] = _values(key, text, file=file, line=raw.line)
        except CorpusError as error:
            errors.append(error)
            return None
    return Section.model_validate(
        {
            "anchor": raw.anchor,
            "heading": raw.heading,
            "text": raw.text,
            "line": raw.line,
            "uses": values.get("use", ()),
            "regions": values.get("region", ()),
            "approaches": values.get("approach", ()),
            "basis": values.get("basis", (front.basis,))[0],
            "flagged": instructs_a_model(f"{raw.heading}\n{raw.text}"),
        }
    )


def _values(key: str, text: str, *, file: Path, line: int) -> tuple[str, ...]:
    if key not in _KNOWN_VALUES:
        known = ", ".join(_KNOWN_VALUES)
        raise CorpusError(file, line, f"unknown attribute `{key}`", f"Known attributes: {known}")
    values = tuple(value for value in text.split(",") if value)
    known_values = _KNOWN_VALUES[key]
    unknown = [value for value in values if known_values is not None and value not in known_values]
    if unknown or not values or (key == "basis" and len(values) > 1):
        problem = f"`{key}={text}` holds " + (f"the unknown value {unknown[0]}" if unknown else "not one value")
        expected = ", ".join(known_values) if known_values else "words joined by commas"
        raise CorpusError(file, line, problem, f"Use: {expected}")
    return values
