"""A document a user adds: from what was uploaded and filled in to an office that answers from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.chat.examples import load_examples
from app.chat.office import Office, replace_desk
from app.chat.opening import open_desk, warm
from app.sources import labels_of
from ingest.adding import Addition, addition_of_files, addition_of_text
from ingest.composing import Form, suggested_id
from ingest.extract.file_text import extract_text
from ingest.progress import Progress
from rag.errors import UserError


@dataclass(frozen=True)
class Filled:
    """The fields of the form, as typed; codes apart by commas or spaces."""

    title: str
    publisher: str
    kind: str
    url: str
    jurisdiction: str
    version: str
    effective_from: date | None
    effective_to: date | None
    last_checked: date
    copyright: str
    cpt: str = ""
    icd10cm: str = ""
    payer: str | None = None

    def as_form(self) -> Form:
        """Raises ``UserError`` for fields that are empty."""
        needed = ("title", "publisher", "url", "jurisdiction", "version", "copyright")
        empty = [name for name in needed if not str(getattr(self, name)).strip()]
        if empty:
            raise UserError(f"Not filled in: {', '.join(empty)}. A citation needs to name each of them.")
        fields = vars(self) | {"cpt": _codes(self.cpt), "icd10cm": _codes(self.icd10cm)}
        return Form(id=suggested_id(self.title), **fields)


def of_files(files: Mapping[str, bytes]) -> Addition:
    """A complete document. Raises ``CorpusErrors``."""
    if not files:
        raise UserError("No file was chosen. Choose a document.md, for a policy with its criteria.yaml and cases.yaml.")
    return addition_of_files(files)


def of_text(name: str, content: bytes, filled: Filled) -> Addition:
    """A text with its fields; it enters as unconfirmed. Raises ``ExtractError``, ``UserError`` and ``CorpusErrors``."""
    return addition_of_text(filled.as_form(), extract_text(name, content))


def add(office: Office, addition: Addition, *, replace: bool, progress: Progress) -> str:
    """Check and index the document, then answer from it; the document's id. Sessions under way end on the old one."""
    encoder = office.desk.searcher.index.encoder
    added = office.library.add(addition, replace=replace, progress=progress, encoder=encoder)
    progress(0, 1, "getting ready")
    desk = open_desk(office.library, office.desk.model, encoder=encoder, progress=progress)
    examples = load_examples(desk.knowledge.root)
    warm(desk, [example.question for example in examples[:1]])
    replace_desk(desk, labels=labels_of(desk.knowledge), examples=examples)
    progress(1, 1, "getting ready")
    return added.id


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(typed.replace(",", " ").replace(";", " ").upper().split())
