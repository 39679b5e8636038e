"""Add a document to a corpus: staged in a copy, loaded strictly there, and only then put in place."""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.composing import Form, compose
from ingest.documents import CRITERIA_NAME, FILE_NAME
from ingest.errors import CorpusError, CorpusErrors
from ingest.extract import Extracted
from ingest.extract.limits import MEGABYTE
from ingest.front_matter import FOLDERS, FrontMatter
from ingest.markdown import split_front_matter
from ingest.placing import STAGING, find_folder, put, staging, take_away
from ingest.strict_yaml import parse_yaml, validate

CASES_NAME = "cases.yaml"
ALLOWED = (FILE_NAME, CRITERIA_NAME, CASES_NAME)
#: Bytes of one file of a document, ten times the largest of the corpus that comes along.
MOST_BYTES = 4 * MEGABYTE

#: Faults of the corpus staged at a path, to which the document of that id was added.
Check = Callable[[Path, str], Sequence[CorpusError]]
_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Addition:
    """A document's files by name, and what its front matter says."""

    files: Mapping[str, str]
    front: FrontMatter

    @property
    def folder(self) -> Path:
        """Where it belongs, seen from the corpus."""
        kind_folder = next(name for name, kind in FOLDERS.items() if kind == self.front.kind)
        return Path(kind_folder) / self.front.id


def addition_of_files(files: Mapping[str, bytes]) -> Addition:
    """A complete `document.md`, for a policy with its `criteria.yaml` and `cases.yaml`. Raises CorpusErrors."""
    faults = [_unknown(name) for name in files if name not in ALLOWED]
    if FILE_NAME not in files:
        faults.append(CorpusError(FILE_NAME, 0, "the document has no document.md", "Add the file"))
    faults += [_too_large(name) for name, content in files.items() if len(content) > MOST_BYTES]
    if faults:
        raise CorpusErrors(faults)
    return _addition({name: _decoded(name, content) for name, content in files.items()})


def addition_of_text(form: Form, extracted: Extracted) -> Addition:
    """A document composed from a text and a form, with `basis: unconfirmed`. Raises CorpusErrors."""
    return _addition({FILE_NAME: compose(form, extracted)})


def add_document(
    addition: Addition,
    *,
    corpus: Path,
    place: Path,
    replace: bool,
    marker: str,
    check: Check,
) -> None:
    """Put the document into the folder `place` once `corpus` with it has no fault. The caller holds the lock.

    Raises CorpusErrors with every fault; the corpus is then as it was.
    """
    existing = find_folder(place, addition.front.id) or find_folder(corpus, addition.front.id)
    if existing and not replace:
        problem = f"there is a document {addition.front.id} already, of {existing.parent.name}"
        raise CorpusErrors([CorpusError(FILE_NAME, 2, problem, "Ask for it to be replaced, or choose another id")])
    with staging(place / STAGING) as folder:
        staged = folder / "corpus"
        copy_corpus(corpus, staged, without=[addition.front.id] if existing else [])
        put(addition.files, staged / addition.folder, marker=marker)
        if faults := check(staged, addition.front.id):
            raise CorpusErrors([relative(fault, staged) for fault in faults])
    put(addition.files, place / addition.folder, marker=marker)
    if existing and existing.is_relative_to(place) and existing != place / addition.folder:
        take_away(existing)  # it was of another kind


def copy_corpus(source: Path, target: Path, *, without: Iterable[str] = ()) -> None:
    """The corpus's files, without hidden ones and without the documents of these ids."""
    left_out = {source / kind / document for kind in FOLDERS for document in without}

    def ignored(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name[0] == "." or name[-1] == "~" or Path(folder) / name in left_out]

    shutil.copytree(source, target, ignore=ignored)


def relative(fault: CorpusError, root: Path) -> CorpusError:
    """The fault with its file as seen from the corpus: the copy it was found in is gone when it is read."""
    inside = fault.file.is_relative_to(root)
    problem, remedy = (words.replace(f"{root}/", "") for words in (fault.problem, fault.remedy))
    return CorpusError(fault.file.relative_to(root) if inside else fault.file, fault.line, problem, remedy)


def _addition(files: Mapping[str, str]) -> Addition:
    file = Path(FILE_NAME)
    try:
        header, _, _ = split_front_matter(files[FILE_NAME], file=file)
        document = parse_yaml(header, file=file, line_offset=1)
        front = validate(FrontMatter, document)
    except CorpusError as error:
        raise CorpusErrors([error]) from None
    if not _LINK.fullmatch(front.url):
        raise CorpusErrors([document.error(["url"], "the url is no web address", "Begin it with https://")])
    return Addition(files, front)


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CorpusErrors([CorpusError(name, line, "not UTF-8 text", "Save the file as UTF-8")]) from None


def _unknown(name: str) -> CorpusError:
    shown = name.replace("\\", "/").rpartition("/")[2] or "a file"
    return CorpusError(shown, 0, "no file of a document", f"Give {', '.join(ALLOWED)}")


def _too_large(name: str) -> CorpusError:
    most = MOST_BYTES // MEGABYTE
    return CorpusError(name, 0, f"the file is larger than {most} MB", "Shorten it to a digest in your own words")
