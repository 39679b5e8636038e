"""Is the audit trail whole, and is what is stored what it recorded?

Seen: an entry that was changed, removed (also at the end) or put elsewhere, and stored content that does not fit.
Not seen from inside: somebody with full control of the database who computes the chain anew from some entry on. Who
has noted a hash outside (``audit show`` prints them) sees that too: it is no longer in the chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from app.store.audit import Action, Entry, entries, following, head
from app.store.contents import ContentFault, check_contents
from app.store.database import Database
from app.store.digests import ZEROS


class Damage(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    REORDERED = "reordered"
    END_REMOVED = "end removed"
    END_ADDED = "end added"
    REWRITTEN = "rewritten"


class Break(BaseModel):
    """The first place at which the chain does not hold; nothing after it is vouched for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int
    damage: Damage
    why: str


class AuditReport(BaseModel):
    """``entries``: how many there are; ``head``: the hash of the last; ``checked``: stored things held against it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str
    entries: int
    head: str
    broken: Break | None
    checked: int
    contents: tuple[ContentFault, ...]

    @property
    def whole(self) -> bool:
        return self.broken is None and not self.contents


def verify(database: Database, *, known: str | None = None) -> AuditReport:
    """Walk the whole chain and check what is stored. ``known``: a hash noted earlier, which has to be in it."""
    with database.reading() as connection:
        walk = _Walk(connection, known and known.strip().lower())
        broken = walk.first_break()
        checked, faults = check_contents(connection, walk.recorded())
    return AuditReport(
        database=database.name,
        entries=walk.count,
        head=walk.last,
        broken=broken,
        checked=checked,
        contents=tuple(faults),
    )


Recorded = dict[str, tuple[int, str | None]]


@dataclass
class _Walk:
    """One pass over the entries, in order; what it saw stands in its fields afterwards."""

    connection: Connection
    known: str | None = None
    count: int = 0
    last: str = ZEROS
    threads: dict[str, Recorded] = field(default_factory=lambda: defaultdict(dict))

    def first_break(self) -> Break | None:
        self.wanted, self.head = head(self.connection)
        broken: Break | None = None
        for entry in self._noted():
            if broken is None:
                broken = self._fault(entry)
                self.last = entry.hash if broken is None else self.last
        return broken or self._fault_of_end()

    def _noted(self) -> Iterator[Entry]:
        """Every entry, also those after a break: their digests still tell whether content was changed."""
        for entry in entries(self.connection):
            yield entry
            self.count += 1
            if entry.hash == self.known:
                self.known = None
            thread = entry.subject.partition("/")[0]
            if entry.action == Action.THREAD_DELETED:
                self.threads.pop(thread, None)
            elif entry.digest is not None:
                self.threads[thread][entry.subject] = (entry.seq, entry.digest)

    def recorded(self) -> Recorded:
        """By subject, what has to be stored: everything of the threads that were not deleted."""
        return {subject: found for of_thread in self.threads.values() for subject, found in of_thread.items()}

    def _fault(self, entry: Entry) -> Break | None:
        seq = self.count + 1
        if entry.seq != seq:
            gone = str(seq) if entry.seq == seq + 1 else f"{seq} to {entry.seq - 1}"
            return Break(seq=seq, damage=Damage.REMOVED, why=f"missing: {gone}")
        if entry.previous != self.last:
            return self._out_of_line(entry)
        if entry.hash != entry.expected_hash():
            return Break(seq=seq, damage=Damage.CHANGED, why="its hash does not fit what it says")
        return None

    def _out_of_line(self, entry: Entry) -> Break:
        """It does not follow the one before: another does, or one between them is gone, or it was changed."""
        successor = following(self.connection, self.last)
        if successor is not None:
            why = f"what has to stand here stands at {successor.seq}"
            return Break(seq=entry.seq, damage=Damage.REORDERED, why=why)
        if entry.hash == entry.expected_hash():
            why = "it was written anew: the entry after it follows another"
            return Break(seq=max(entry.seq - 1, 1), damage=Damage.CHANGED, why=why)
        if any(entry.hash == entry.expected_hash(seq=place) for place in range(entry.seq + 1, self.wanted + 1)):
            why = "an entry before it is gone, and those after it were numbered anew"
            return Break(seq=entry.seq, damage=Damage.REMOVED, why=why)
        return Break(seq=entry.seq, damage=Damage.CHANGED, why="it names another entry as the one before it")

    def _fault_of_end(self) -> Break | None:
        if self.count < self.wanted:
            why = f"{self.wanted} entries were written, {self.count} are there"
            return Break(seq=self.count + 1, damage=Damage.END_REMOVED, why=why)
        if self.count > self.wanted:
            why = f"{self.wanted} entries were written, {self.count} are there"
            return Break(seq=self.wanted + 1, damage=Damage.END_ADDED, why=why)
        if self.last != self.head:
            return Break(
                seq=max(self.count, 1), damage=Damage.CHANGED, why="the chain ends otherwise than it was written"
            )
        if self.known not in (None, ZEROS):
            why = "the hash noted earlier is not in the chain: it was written anew, or is another database's"
            return Break(seq=1, damage=Damage.REWRITTEN, why=why)
        return None
