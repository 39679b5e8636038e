"""On whose behalf a change is made: whose data it touches, who did it, and under which key it may be sent again."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: The tenant of the chat page and of the command line.
LOCAL = "local"
USER = "user"


@dataclass(frozen=True)
class Receipt:
    """What a repeated request is known by: its ``Idempotency-Key``, and a SHA-256 in hexadecimal of the request."""

    key: str
    fingerprint: str


@dataclass(frozen=True)
class Author:
    """Whose data is seen and changed (``tenant``'s), and who does it.

    ``actor``: a role or a key's id, never a name, for it stays in the audit trail for ever. ``receipt``: for one change
    only; whoever makes a second one on the same request makes it ``without_receipt``.
    """

    actor: str = USER
    tenant: str = LOCAL
    receipt: Receipt | None = None

    def without_receipt(self) -> Author:
        return replace(self, receipt=None)


#: Who works with the chat page or the command line.
LOCAL_USER = Author()
