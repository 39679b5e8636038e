"""A case file decided anew: one fresh question with its facts, as if nothing had been said before."""

from __future__ import annotations

from rag.case.models import Case
from rag.criteria.determination import Determination
from rag.followup.models import CaseFile
from rag.intake import take_in
from rag.knowledge.library import Knowledge
from rag.options import AskOptions, Known


def decide_anew(case_file: CaseFile, knowledge: Knowledge) -> dict[str, Determination]:
    """Determinations by policy id, of the policies the selection asks for.

    Of the words only the procedure counts: where no code is known it says which codes are in question.
    """
    chosen = case_file.selection
    options = AskOptions(
        on=chosen.on,
        payer=chosen.payer,
        policy=chosen.policy,
        state=chosen.state,
        record=chosen.record,
        facts=Case(facts=case_file.case.facts),
    )
    unread = Known(case=Case(text=case_file.case.text))
    decided = take_in(case_file.case.text, options, knowledge, unread).determinations
    return {determination.policy_id: determination for determination in decided}
