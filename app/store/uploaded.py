"""An upload as it is stored and shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row


class UploadState(StrEnum):
    ACCEPTED = "accepted"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Upload:
    """``document_id``: of the document it became; ``problems``: why it became none, in sentences."""

    id: str
    tenant: str
    state: UploadState
    document_id: str | None
    problems: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


def upload_of(row: Row[tuple[object, ...]]) -> Upload:
    return Upload(
        id=row.id,
        tenant=row.tenant,
        state=UploadState(row.state),
        document_id=row.document_id,
        problems=tuple(json.loads(row.problems)),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
