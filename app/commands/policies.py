"""``guideline-qa policies``: what policies there are, and what one of them demands."""

from __future__ import annotations

from typing import Annotated

import typer

from app.options import CorpusOption, Format, FormatOption


def policies(
    policy_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Show this policy with its criteria.")] = None,
    output: FormatOption = Format.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """List the policies, or show one. A list has versions and windows; one policy comes with its criteria."""
    from pydantic import TypeAdapter

    from app.output import print_json, print_result
    from app.policy_view import PolicySummary, detail, detail_blocks, list_blocks, summary
    from rag.knowledge.library import load_knowledge
    from rag.knowledge.selection import select_policies

    knowledge = load_knowledge(corpus, lazy=True)
    if policy_id is not None:
        (policy,) = select_policies(knowledge, policy=policy_id or "?")
        shown = detail(policy, knowledge.documents[policy.id])
        if output is Format.JSON:
            print_json(shown.model_dump_json(indent=2))
        else:
            print_result(detail_blocks(shown), output=output)
        return
    found = [summary(policy, knowledge.documents[policy.id]) for policy in knowledge.policies.values()]
    if output is Format.JSON:
        print_json(TypeAdapter(list[PolicySummary]).dump_json(found, indent=2).decode())
    else:
        print_result(list_blocks(found), output=output)
