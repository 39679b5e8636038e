"""Uploads: files that are to become a document, kept until they are one or it is known that they cannot be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.store.audit import Action, upload_subject
from app.store.author import LOCAL_USER, Author
from app.store.claims import Claimed, claim
from app.store.database import Database
from app.store.errors import NotFound, Unusable
from app.store.ids import could_be_id, new_id
from app.store.pages import Place, beyond
from app.store.receipts import record_by
from app.store.tables import upload_files, uploads
from app.store.uploaded import Upload, UploadState, upload_of
from rag.article.words import clean

__all__ = ["Claimed", "Upload", "UploadState", "Uploads"]

#: Of a file, in characters.
LONGEST_NAME = 255


@dataclass(frozen=True)
class Uploads:
    """The uploads of the author's tenant; those of others are as if they were not there.

    Every method is one transaction and raises ``StoreError``.
    """

    database: Database
    author: Author = LOCAL_USER

    def add(self, files: Mapping[str, bytes], form: Mapping[str, object] | None = None, replace: bool = False) -> str:
        """Keep the files, by name, and what was said of them, until somebody works on them; the upload's id.

        ``form`` is JSON. ``replace``: the document may take the place of one with its id.
        """
        _check_names(files)
        upload_id, now = new_id(), self.database.clock()
        row = {"id": upload_id, "created_at": now, "updated_at": now, "replace": replace, "form": _as_json(form)}
        contents = [{"upload_id": upload_id, "name": name, "content": content} for name, content in files.items()]
        with self.database.writing() as connection:
            connection.execute(insert(uploads).values(**row, **self._new()))
            connection.execute(insert(upload_files), contents)
            record_by(connection, self.author, at=now, action=Action.UPLOAD_ACCEPTED, subject=upload_subject(upload_id))
        return upload_id

    def get(self, upload_id: str) -> Upload:
        """How far it is. Raises ``NotFound``."""
        mine = select(uploads).where(uploads.c.id == upload_id, uploads.c.tenant == self.author.tenant)
        with self.database.reading() as connection:
            row = connection.execute(mine).first() if could_be_id(upload_id) else None
        if row is None:
            raise NotFound(f"There is no upload {clean(upload_id)[:80]!r}. Check the link, or send the files again.")
        return upload_of(row)

    def recent(self, limit: int = 50, after: Place | None = None) -> tuple[Upload, ...]:
        """The newest first. ``after``: ``created_at`` and id of the last one of the page before."""
        query = select(uploads).where(uploads.c.tenant == self.author.tenant)
        if after is not None:
            query = query.where(beyond(after, uploads.c.created_at, uploads.c.id, newest_first=True))
        newest_first = query.order_by(uploads.c.created_at.desc(), uploads.c.id).limit(limit)
        with self.database.reading() as connection:
            return tuple(upload_of(row) for row in connection.execute(newest_first))

    @staticmethod
    def claim(database: Database, lease_seconds: float) -> Claimed | None:
        """The oldest upload, of any tenant, that waits for work or whose worker let its lease run out.

        It is the caller's until it is finished or failed, for ``lease_seconds`` from now or from ``Claimed.renew``.
        """
        return claim(database, lease_seconds)

    def _new(self) -> dict[str, object]:
        return {
            "tenant": self.author.tenant,
            "actor": self.author.actor,
            "state": UploadState.ACCEPTED.value,
            "problems": "[]",
            "attempts": 0,
        }


def _check_names(files: Mapping[str, bytes]) -> None:
    if not files:
        raise Unusable("There is no file in the upload. Send at least one.")
    for name in files:
        if not 1 <= len(name) <= LONGEST_NAME or clean(name) != name:
            raise Unusable(
                f"A file cannot be named {clean(name)[:80]!r}. Give it a name of letters, and send it again."
            )


def _as_json(form: Mapping[str, object] | None) -> str | None:
    try:
        return None if form is None else json.dumps(form, allow_nan=False)
    except (TypeError, ValueError):
        raise Unusable("The fields beside the files are no JSON. Give texts, numbers and lists of them.") from None
