"""``guideline-qa read``: the facts a text states, with the words they rest on."""

from __future__ import annotations

from typing import Annotated

import typer

from app.options import CorpusOption, Format, FormatOption


def read(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A question or a note; - reads stdin.")],
    output: FormatOption = Format.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Show the facts read from a text. Each has its value and quote; contradictions are listed."""
    from app.given import given_text

    given = given_text(text, what="text")

    from app.output import note, print_json, print_result
    from app.sources import labels_of
    from rag.article.blocks import Bullets, Heading, Paragraph, Quotation
    from rag.article.layout import case_blocks
    from rag.case.reader import read_case
    from rag.case.values import conflicts
    from rag.knowledge.library import load_knowledge

    knowledge = load_knowledge(corpus, lazy=True)
    case = read_case(given, knowledge=knowledge)
    contradictions = tuple(f"{found.fact}: {found.question}" for found in conflicts(case, knowledge.vocabulary))
    if output is Format.JSON:
        print_json(case.model_dump_json(indent=2))
        for line in contradictions:
            note(f"conflict: {line}")
        return
    facts = case_blocks(case, labels_of(knowledge), heading="Facts") or (Paragraph("No fact was read from this text."),)
    warnings = (Heading(2, "Conflicts"), Bullets(contradictions)) if contradictions else ()
    print_result((Quotation(case.text, lead="Text"), *facts, *warnings), output=output)
