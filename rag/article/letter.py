"""The letter that asks for what the record does not say. It asks; it decides nothing and says so."""

from __future__ import annotations

from collections.abc import Sequence

from rag.article.blocks import Blocks, Bullets, Heading, Item, Numbered, Paragraph, Signature
from rag.article.markdown import BLANK
from rag.article.missing import Asking, MissingEverywhere, missing_facts
from rag.article.models import Answer
from rag.article.words import Labels, value_words, version_words, window_words
from rag.case.models import Case, Fact
from rag.criteria.determination import Change, Determination

_TITLE = "Request for missing documentation"
#: What is requested, and no more of the case than that.
_REQUESTED = ("procedure.code", "procedure.approach", "procedure.region")
#: Ways to complete the record that are shown where one policy asks; where several ask, the first of each.
_WAYS_SHOWN = 3

_ASKED = (
    "The record given leaves open the points below. Each is asked for because a policy named with it asks it. "
    "Please send what the record shows on each, whatever that is, with the date and author of the entry; "
    "where the record says nothing, please say so."
)
_CHANGES = (
    "Each line is one way in which documentation alone, if it exists, would change the result of the check; there "
    "may be others. It says what the policies ask; it is no advice on what to write."
)
_NOTHING_MISSING = (
    "Nothing is missing: no further fact could change a result of this check. There is nothing to request."
)
_NOTHING_CHECKED = "No criteria of a policy were checked, so there is nothing to request."
_CLOSING = (
    "This letter approves nothing and denies nothing, and no decision on care or coverage has been made by it. "
    "A person decides."
)


def missing_letter(answer: Answer, labels: Labels) -> Blocks:
    """Each fact of ``missing`` once, most useful first, with who asks for it; words of the record are not quoted."""
    missing = missing_facts(answer.determinations)
    head = (Heading(1, _TITLE), *_supposition(answer))
    if not missing:
        told = _NOTHING_MISSING if answer.determinations else _NOTHING_CHECKED
        return (*head, *_about(answer, labels), Paragraph(told), *_closing(answer))
    return (
        *head,
        Paragraph("To: the holder of the medical record"),
        Paragraph(f"Patient and record number, to be filled in by hand: {BLANK}"),
        *_about(answer, labels),
        *_policies(answer.determinations, labels),
        Heading(2, "What is missing"),
        Paragraph(_ASKED),
        Numbered(tuple(_item(fact, labels) for fact in missing)),
        *_would_change(answer.determinations, labels),
        *_closing(answer),
        Signature(("Name and role", "Date", "Signature")),
    )


def _supposition(answer: Answer) -> Blocks:
    if answer.hypothesis is None:
        return ()
    return (Paragraph(f"HYPOTHETICAL, not in the record; do not send. Supposed: {answer.hypothesis}."),)


def _about(answer: Answer, labels: Labels) -> Blocks:
    """The request, and the day and policies it was checked for, as the check itself says them."""
    asked = "; ".join(f"{labels.fact(fact_id)}: {words}" for fact_id, words in _requested(answer.case))
    lines = [f"Request: {asked}."] if asked else []
    lines += [answer.verdict.basis] if answer.verdict and answer.verdict.basis else []
    return tuple(Paragraph(line) for line in lines)


def _requested(case: Case) -> list[tuple[str, str]]:
    """What the case asks for, where it says one thing."""
    narrowest = ((fact_id, _narrowest(case.about(fact_id))) for fact_id in _REQUESTED)
    return [(fact_id, value_words(fact.value)) for fact_id, fact in narrowest if fact is not None]


def _narrowest(facts: Sequence[Fact]) -> Fact | None:
    known = [fact for fact in facts if fact.value is not None]
    return min(known, key=lambda fact: len(fact.value) if isinstance(fact.value, tuple) else 1, default=None)


def _policies(determinations: Sequence[Determination], labels: Labels) -> Blocks:
    asking = tuple(
        f"{_name(found, labels)}: {found.title}, {version_words(found.version)}, {window_words(found.effective)}"
        for found in determinations
        if found.missing
    )
    return Heading(2, "Policies that ask for it"), Bullets(asking)


def _item(missing: MissingEverywhere, labels: Labels) -> Item:
    details = tuple(line for asking in missing.asked_by for line in _asked(asking, labels))
    return Item(missing.question, details)


def _asked(asking: Asking, labels: Labels) -> list[str]:
    name = _name(asking.determination, labels)
    return [f"{name}: {row.label} ({row.source})" for row in asking.criteria] or [name]


def _would_change(determinations: Sequence[Determination], labels: Labels) -> Blocks:
    asking = [found for found in determinations if found.missing]
    shown = _WAYS_SHOWN if len(asking) == 1 else 1
    lines = [
        f"{_name(found, labels)}{more}: {change.text}"
        for found in asking
        for more, change in _numbered(_by_documentation(found)[:shown])
    ]
    if not lines:
        return ()
    return Heading(2, "What would change the result"), Paragraph(_CHANGES), Bullets(tuple(lines))


def _by_documentation(found: Determination) -> list[Change]:
    """Changes that need only what is not documented: none that contradicts the record."""
    return [change for change in found.would_change if not any(step.against_record for step in change.steps)]


def _numbered(changes: Sequence[Change]) -> list[tuple[str, Change]]:
    if len(changes) == 1:
        return [("", changes[0])]
    return [(f", way {number}", change) for number, change in enumerate(changes, start=1)]


def _closing(answer: Answer) -> Blocks:
    written = (
        f"Written by guideline-qa {answer.provenance.software_version} from its check of the policies' criteria on "
        f"{answer.last_updated:%Y-%m-%d}. It is a draft until a person has read, corrected and signed it."
    )
    return Heading(2, "Status of this letter"), Paragraph(_CLOSING), Paragraph(written)


def _name(found: Determination, labels: Labels) -> str:
    return f"{labels.payer(found.payer)} ({found.policy_id})"
