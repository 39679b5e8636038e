"""``Idempotency-Key``: a write that is sent again is not done again, whatever became of the first answer.

The receipt is stored with the change itself, so there is no moment at which one is kept without the other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access.models import Principal
from app.api.problems import ProblemError, Slug
from app.api.routing import Caller
from app.api.service import Service, ServiceOf
from app.store.author import Author, Receipt
from app.store.receipts import Receipts

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=100,
        pattern=r"^[\x21-\x7e]+$",
        description="Your own name for this write, 8 to 100 visible signs; sent again within 24 hours it is not done "
        "again, and what came of it is answered.",
    ),
]
REPLAYED = "Idempotency-Replayed"


@dataclass(frozen=True)
class Write:
    """``author``: for the change. ``earlier``: the subject of what this very request changed before, if it did."""

    author: Author
    earlier: str | None


async def _writing(request: Request, caller: Caller, service: ServiceOf, key: IdempotencyKey = None) -> Write:
    plain = Author(actor=caller.id, tenant=caller.tenant)
    if key is None:
        return Write(plain, None)
    receipt = Receipt(key, fingerprint(request, await request.body()))
    return await run_in_threadpool(found_write, service, plain, receipt)


def found_write(service: Service, author: Author, receipt: Receipt) -> Write:
    """The write of ``receipt``. Raises ``ProblemError`` where its key stands for another request."""
    earlier = Receipts(service.database).find(author.tenant, receipt.key)
    if earlier is None:
        return Write(Author(author.actor, author.tenant, receipt), None)
    if not earlier.matches(receipt.fingerprint):
        detail = "This key came with another request before. Each write needs a key of its own."
        raise ProblemError(Slug.KEY_REUSED, detail, where="header/Idempotency-Key")
    return Write(author, earlier.subject)


def replayed(write: Write, response: Response, kind: str) -> str | None:
    """The id of what the write changed before, of which the response then tells; ``None`` where it is still to do."""
    if write.earlier is None:
        return None
    response.headers[REPLAYED] = "true"
    return part_of(write.earlier, kind)


def written_meanwhile(service: Service, write: Write) -> str | None:
    """The subject of what this very request changed by now, where it was sent again before it was answered."""
    receipt = write.author.receipt
    return None if receipt is None else found_write(service, write.author, receipt).earlier


def part_of(subject: str, kind: str) -> str:
    """The id of one part of a receipt's subject: of ``thread:A/turn:3`` the ``turn`` is ``3``."""
    parts = dict(part.split(":", 1) for part in subject.split("/"))
    if kind not in parts:
        raise ProblemError(Slug.KEY_REUSED, "This key came with another kind of write before.")
    return parts[kind]


def fingerprint(request: Request, *content: bytes) -> str:
    """SHA-256 over caller, method, path and body, in hexadecimal: callers of one tenant do not share their keys."""
    digest = hashlib.sha256()
    caller: Principal = request.state.principal
    for part in (caller.id.encode(), request.method.encode(), request.url.path.encode(), *content):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


Writing = Annotated[Write, Depends(_writing)]
