"""The corpus the page works on, and the documents a user adds to it.

With a corpus folder named, that folder is worked on. Without, the corpus that comes with the software stays as it is:
added documents live in the user's data folder, and both are joined into one folder in the cache.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.adding import Addition, add_document, copy_corpus, relative
from ingest.assembling import assemble, disassemble
from ingest.cache import cache_home
from ingest.documents import CRITERIA_NAME, corpus_hash, corpus_root
from ingest.encoder import Encoder, OnnxEncoder
from ingest.errors import CacheError, CorpusError, CorpusErrors
from ingest.forgetting import forgotten_indexes
from ingest.index import Index, open_index
from ingest.placing import (
    MARKER,
    REPLACES,
    STAGING,
    added_folders,
    exclusive,
    find_folder,
    staging,
    take_away,
    was_written,
)
from ingest.progress import Progress, silent
from ingest.sync import Notice
from rag.errors import UnknownName, UserError
from rag.knowledge.check import check_policy_cases
from rag.knowledge.library import Knowledge, load_knowledge

CHECKING = "checking the document"


def documents_home() -> Path:
    """Where added documents live: the XDG data folder's `guideline-qa/documents`. Not created here."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "guideline-qa" / "documents"


@dataclass(frozen=True)
class Added:
    """``corpus`` holds the document from now on; ``index`` knows its passages."""

    id: str
    corpus: Path
    index: Index


class Library:
    """``named`` is the folder of ``--corpus``, which documents are added to.

    ``shipped`` stands for the corpus that comes along and is never written to; ``home`` is where added documents live.
    """

    def __init__(self, named: Path | None = None, *, shipped: Path | None = None, home: Path | None = None) -> None:
        self._named = named
        self._shipped = shipped or corpus_root()
        self._place = named or home or documents_home()
        self._notices: tuple[str, ...] = ()
        self._sound: set[str] = set()
        self._left = False

    @property
    def shipped(self) -> Path:
        """The side that stays as it is."""
        return self._shipped

    @property
    def place(self) -> Path:
        """The folder of added documents; it may not be there yet."""
        return self._place

    @property
    def corpus(self) -> Path:
        """The folder to load, brought up to date. Raises CorpusErrors, CacheError, IndexBusyError."""
        with self._writing():
            return self._current()

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about added documents that are left out, as of the last look at ``corpus``."""
        return self._notices

    @property
    def added(self) -> tuple[str, ...]:
        """Ids of documents that ``remove`` can remove."""
        return tuple(added_folders(self._place))

    @property
    def leaves(self) -> bool:
        """Whether the cache still holds documents that were removed, because somebody reads them: see ``tidy``."""
        return self._left

    def tidy(self) -> None:
        """Mend what a kill left half done, and remove from the cache what nobody needs any more.

        Raises CorpusErrors, IndexBusyError.
        """
        with self._writing():
            self._left = False
            if self._named is None and not added_folders(self._place):
                self._forget()

    def holds(self, addition: Addition) -> bool:
        """Whether just these files were added already."""
        folder = added_folders(self._place).get(addition.front.id)
        if folder is None or folder != self._place / addition.folder:
            return False
        there = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name != MARKER}
        return there == dict(addition.files)

    def load(self, *, lazy: bool = False) -> Knowledge:
        """The knowledge, loaded while nobody writes. Raises as ``corpus`` does."""
        with self._writing():
            return load_knowledge(self._current(), lazy=lazy)

    def add(
        self,
        addition: Addition,
        *,
        replace: bool = False,
        progress: Progress = silent,
        notice: Notice = lambda message: None,
        encoder: Encoder | None = None,
    ) -> Added:
        """Check the document together with the corpus, put it in place, and bring the index in step.

        Raises CorpusErrors with every fault, the corpus then being as it was; an index that cannot be built leaves the
        document in place, and the next search builds it.
        """
        progress(0, 1, CHECKING)
        if self._named is not None:
            _refuse_if_missing(self._named)
        with self._writing(create=True):
            self._put(addition, replace=replace)
            corpus = self._current()
        progress(1, 1, CHECKING)
        return Added(addition.front.id, corpus, self.index(progress=progress, notice=notice, encoder=encoder))

    def remove(self, document_id: str) -> None:
        """Take away an added document; one it replaced comes back.

        Raises UserError, CorpusErrors, IndexBusyError, the document then being there as before. Whatever else is
        wrong with the corpus, the next look at it tells.
        """
        with self._writing():
            folder = added_folders(self._place).get(document_id)
            if folder is None:
                raise self._not_added(document_id)
            if self._named is not None:
                self._refuse_if_needed(document_id)
            take_away(folder)
            with suppress(CorpusErrors, CorpusError, CacheError, OSError):
                self._current()

    def index(
        self,
        *,
        progress: Progress = silent,
        notice: Notice = lambda message: None,
        encoder: Encoder | None = None,
    ) -> Index:
        """The index of ``corpus``, in step with it. Raises what ``ingest.index.open_index`` raises."""
        corpus = self.corpus
        encoder = encoder or OnnxEncoder(progress=progress)
        seed = self._shipped if corpus != self._shipped else None
        return open_index(corpus, encoder=encoder, seed=seed, progress=progress, notice=notice)

    def _put(self, addition: Addition, *, replace: bool) -> None:
        corpus, document_id = self._current(), addition.front.id
        replaced = find_folder(self._place, document_id) or find_folder(corpus, document_id)
        shipped = self._named is None and find_folder(self._shipped, document_id) is not None
        # Other policies may build on the one that changes: then the worked cases of all are run.
        wide = replaced is not None and (replaced / CRITERIA_NAME).is_file()
        add_document(
            addition,
            corpus=corpus,
            place=self._place,
            replace=replace,
            marker=REPLACES if shipped else "",
            check=lambda root, added: self._faults(root, None if wide else (added,)),
        )

    def _current(self) -> Path:
        if self._named is not None:
            return self._named
        if not added_folders(self._place):
            self._notices = ()
            self._forget()
            return self._shipped
        _refuse_if_missing(self._shipped)
        target = self._assembled()
        self._notices = assemble(shipped=self._shipped, added=self._place, target=target, check=self._faults)
        return target

    def _faults(self, root: Path, document_ids: Sequence[str] | None) -> Sequence[CorpusError]:
        """As ``faults_of``; what has just been found without fault is not loaded a second time."""
        hash_ = corpus_hash(root)
        if hash_ in self._sound:
            return ()
        if not (found := faults_of(root, document_ids)):
            self._sound.add(hash_)
        return found

    def _forget(self) -> None:
        """The folder with what was added goes, and its index, once nobody reads from them."""
        target = self._assembled()
        self._left = target.is_dir()
        if self._left:
            with forgotten_indexes(target) as gone:
                if gone:
                    disassemble(target)
                    self._left = target.is_dir()

    def _assembled(self) -> Path:
        """One folder for each pair of sides, the same every time: its index stays."""
        sides = f"{self._shipped.resolve()}\0{self._place.resolve()}"
        return cache_home() / "corpus" / hashlib.sha256(sides.encode()).hexdigest()[:16]

    def _writing(self, *, create: bool = False) -> AbstractContextManager[None]:
        """Nothing is created, and nothing locked, where nothing was ever added.

        Where something was, a kill may have left the only document aside: whoever holds the lock puts it back.
        """
        return exclusive(self._place) if create or self._was_added_to() else nullcontext()

    def _was_added_to(self) -> bool:
        return was_written(self._place) or bool(added_folders(self._place))

    def _not_added(self, document_id: str) -> UserError:
        if find_folder(self._named or self._shipped, document_id):
            return UserError(f"The document {document_id} was not added here and cannot be removed here.")
        return UnknownName("added document", document_id, list(self.added) or ["none"])

    def _refuse_if_needed(self, document_id: str) -> None:
        """A named folder must load without it; an assembled one leaves out, with a notice, what needs it."""
        with staging(self._place / STAGING) as folder:
            staged = folder / "corpus"
            copy_corpus(self._place, staged, without=[document_id])
            if faults := faults_of(staged, ()):
                first = relative(faults[0], staged)
                raise UserError(f"The document {document_id} cannot be removed: the corpus needs it. {first}")


def _refuse_if_missing(corpus: Path) -> None:
    if not corpus.is_dir():
        raise CorpusErrors([CorpusError(corpus, 0, "the corpus folder does not exist", "Name an existing one")])


def faults_of(root: Path, document_ids: Sequence[str] | None) -> Sequence[CorpusError]:
    """What ``guideline-qa check`` finds, with the worked cases of these documents only; None runs those of all.

    Patterns of the vocabulary are not compiled: no document changes them.
    """
    try:
        knowledge = load_knowledge(root, lazy=True)
        _ = knowledge.guard_rules, knowledge.follow_up_rules, knowledge.conflicts
    except CorpusErrors as found:
        return found.errors
    except CorpusError as error:
        return (error,)
    policies = [p for name, p in knowledge.policies.items() if document_ids is None or name in document_ids]
    return [fault for policy in policies for fault in check_policy_cases(knowledge, policy)[0]]
