"""A policy's checklist on a terminal: what is not met or not documented, and a count of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from rag.article.blocks import Checklist, CheckRow, Group, grouped, has_failed
from rag.article.lines import CRITERION_STYLES, STATUS_STYLES, print_bullet, print_line
from rag.article.wording import ROW_STATUS
from rag.article.words import clean
from rag.criteria.determination import CriterionStatus

#: With more policies than this each gets only what decides it; the whole checklist is an option away.
FULL_CHECKLISTS = 2

_SHOWN = (CriterionStatus.NOT_MET, CriterionStatus.NOT_DOCUMENTED)
_COUNTED = (CriterionStatus.MET, CriterionStatus.NOT_APPLICABLE)
_STATUS_WIDTH = max(len(ROW_STATUS[status]) for status in _SHOWN) + 2


def print_checklist(block: Checklist, console: Console, *, brief: bool) -> None:
    """All of it, or with ``brief`` the rows that fail or have lost a part, and one line naming the other open ones."""
    title = Text(clean(block.title), style="bold")
    print_line(console, title.append(": ").append(block.words, style=STATUS_STYLES[block.status]))
    groups = [group for group in grouped(block.rows) if group[0].status in _SHOWN]
    failing = {group[0].id for group in groups if has_failed(group)}
    detailed = [
        group for group in groups if not brief or not failing.isdisjoint({group[0].id, group[0].alternative_to})
    ]
    for group in detailed:
        _group(group, console)
    others = [group[0] for group in groups if group not in detailed]
    _named(others, "also not documented" if detailed else "not documented", console, binding=True)
    _named(others, "open, but deciding nothing by itself", console, binding=False)
    _notes(block, console, brief=brief)
    _rest(block, console, brief=brief)


def _group(group: Group, console: Console) -> None:
    for row in group:
        if row.status in _SHOWN:
            text = Text(clean(row.label))
            if row.remarks:
                text.append(f" ({clean('; '.join(row.remarks))})", style="dim")
            lead = Text(row.words.ljust(_STATUS_WIDTH), style=CRITERION_STYLES[row.status])
            print_line(console, text, lead=lead, indent=2 + 2 * row.depth)


def _named(rows: Sequence[CheckRow], lead: str, console: Console, *, binding: bool) -> None:
    labels = [row.label for row in rows if row.binding is binding]
    if labels:
        print_line(console, Text(f"{lead}: {clean('; '.join(labels))}"), indent=2)


def _notes(block: Checklist, console: Console, *, brief: bool) -> None:
    for note in block.notes:
        if note.essential or not brief:
            print_line(console, Text(f"{clean(note.lead)}:", style="dim"), indent=2)
            for item in note.items:
                print_bullet(console, Text(clean(item)), indent=4)


def _rest(block: Checklist, console: Console, *, brief: bool) -> None:
    """How many criteria are not shown, by status, and where all of it stands."""
    counted = Counter(row.status for row in block.rows if not row.depth)
    left_out = [f"{counted[status]} {ROW_STATUS[status]}" for status in _COUNTED if counted[status]]
    where = f"--policy {block.policy_id} shows all" if brief else "--format markdown lists them"
    if left_out or brief:
        print_line(console, Text("; ".join(filter(None, (", ".join(left_out), where))), style="dim"), indent=2)
