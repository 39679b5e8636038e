"""The audit trail in words."""

from __future__ import annotations

from app.store.audit import Entry
from app.store.contents import ContentFault
from app.store.verify import AuditReport, Break
from rag.article.words import clean

#: More faults than this are counted, not listed.
FAULTS_SHOWN = 20


def report_in_words(report: AuditReport) -> str:
    """What was checked, each fault with its entry, and what to do about them."""
    lines = [f"{report.database}: {report.entries} entries, {report.checked} stored turns and review steps checked."]
    if report.whole:
        return "\n".join([*lines, "The audit trail is whole, and what is stored fits it.", f"Last hash: {report.head}"])
    if report.broken is not None:
        lines.append(_break(report.broken))
    lines += [_fault(fault) for fault in report.contents[:FAULTS_SHOWN]]
    if len(report.contents) > FAULTS_SHOWN:
        lines.append(f"... and {len(report.contents) - FAULTS_SHOWN} more; --format json lists every one.")
    return "\n".join([*lines, _remedy(report)])


def entry_in_words(entry: Entry) -> str:
    """One line, but for what somebody may have put into a tampered entry."""
    digest = f" content {entry.digest[:12]}" if entry.digest else ""
    line = f"{entry.seq:>6} {entry.at} {entry.actor} {entry.action} {entry.subject}{digest} hash {entry.hash}"
    return clean(line)


def _break(found: Break) -> str:
    return f"Entry {found.seq}: {found.damage.value}; {found.why}."


def _fault(fault: ContentFault) -> str:
    where = f" (entry {fault.seq})" if fault.seq is not None else ""
    return clean(f"{fault.subject}{where}: {fault.why}.")


def _remedy(report: AuditReport) -> str:
    doubt = f"Nothing from entry {report.broken.seq} on is vouched for. " if report.broken else ""
    return (
        f"{doubt}Keep the database as it is, find out who could write to it, and compare it with the newest backup "
        "whose trail verifies."
    )
