"""Words of a card. Nothing of the patient, and nothing a client sent, stands in a summary."""

from __future__ import annotations

import re
from collections import Counter

from app.cds.considering import Considered
from app.cds.models import LONGEST_SUMMARY
from rag.article.markdown import escaped
from rag.article.wording import STATUS_SHORT
from rag.article.words import plural
from rag.case.fhir_words import coded_words
from rag.criteria.determination import Determination, Status

#: What takes the reader's time first.
_ORDER = (Status.NOT_MET, Status.NOT_COVERED, Status.DOCUMENTATION, Status.POLICY_CHECK, Status.MET)
#: A card never speaks as the payer does: what the text excludes, the text excludes.
SHORT = STATUS_SHORT | {Status.NOT_COVERED: "excluded by the policy's text"}

_WWW = re.compile(r"(www)\.", re.I)


def summary(considered: Considered) -> str:
    """One sentence of less than 140 characters (CDS Hooks 2.0, Card Attributes)."""
    what = coded_words(considered.order.procedures)
    said = f"{_whose(considered)}: {_statuses(considered.determinations)}"
    missing = len({fact.fact for found in considered.determinations for fact in found.missing})
    lacking = f"; {plural(missing, 'fact')} not documented" if missing else ""
    for text in (f"{said}{lacking} ({what})", f"{said}{lacking}", said):
        if len(text) <= LONGEST_SUMMARY:
            return text
    return f"{said[: LONGEST_SUMMARY - 1]}…"


def inline(text: str) -> str:
    """Text that stays text in a card's Markdown: no markup, no HTML and, as GitHub's Markdown makes them, no links."""
    harmless = escaped(text).replace("\\&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    return _WWW.sub("\\1\\\\.", harmless.replace("://", ":\\/\\/").replace("@", "\\@"))


def _whose(considered: Considered) -> str:
    payer = considered.insured.payer
    return payer.name if payer else "Payer not known, policies of all payers"


def _statuses(determinations: tuple[Determination, ...]) -> str:
    if len(determinations) == 1:
        return SHORT[determinations[0].status]
    counted = Counter(found.status for found in determinations)
    divided = ", ".join(f"{counted[status]} {SHORT[status]}" for status in _ORDER if counted[status])
    return f"of {len(determinations)} policies {divided}"
