"""``guideline-qa decide``: facts in, one determination per policy out. No index, no model."""

from __future__ import annotations

from typing import Annotated

import typer

from app.options import (
    ClosedOption,
    CorpusOption,
    DateOption,
    Format,
    FormatOption,
    PayerOption,
    PolicyOption,
    StateOption,
    today,
)


def decide(
    facts: Annotated[str, typer.Option("--facts", metavar="FILE", help="Facts file, JSON or YAML; - reads stdin.")],
    payer: PayerOption = None,
    policy: PolicyOption = None,
    state: StateOption = None,
    date: DateOption = None,
    closed_record: ClosedOption = False,
    output: FormatOption = Format.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Decide a facts file under each policy. The same facts, policy and date always give the same result."""
    from pydantic import TypeAdapter

    from app.decisions import Asked, decide_case
    from app.given import given_facts
    from app.output import print_json, print_result
    from app.sources import labels_of
    from rag.article.determination_blocks import determination_blocks
    from rag.criteria.determination import Determination, Record
    from rag.knowledge.library import load_knowledge

    knowledge = load_knowledge(corpus, lazy=True)
    record = Record.CLOSED if closed_record else Record.OPEN
    asked = Asked(on=date or today(), payer=payer, policy=policy, state=state, record=record)
    determinations = decide_case(given_facts(facts, knowledge.vocabulary), asked, knowledge)
    if output is Format.JSON:
        print_json(TypeAdapter(tuple[Determination, ...]).dump_json(determinations, indent=2).decode())
        return
    print_result(determination_blocks(determinations, labels_of(knowledge)), output=output)
