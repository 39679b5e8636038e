"""``guideline-qa search``: the passages nearest to a query, where the filters allow."""

from __future__ import annotations

from typing import Annotated

import typer

from app.options import CorpusOption, DayOption, Format, FormatOption


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for; - reads stdin.")],
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="How many passages at most.")] = 8,
    code: Annotated[list[str] | None, typer.Option("--code", metavar="CODE", help="CPT, HCPCS or ICD-10-CM.")] = None,
    payer: Annotated[list[str] | None, typer.Option("--payer", metavar="ID", help="Policies of this payer.")] = None,
    region: Annotated[list[str] | None, typer.Option("--region", help="cervical, thoracic, lumbar, sacral.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="policy, guideline, evidence, safety, regulation.")
    ] = None,
    date: DayOption = None,
    output: FormatOption = Format.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Search the corpus for passages. Filters may be repeated; what is far from the query is not shown."""
    from pydantic import TypeAdapter

    from app.given import given_text
    from app.output import note, print_json, print_result
    from app.passages_found import passages_found
    from app.progress import Reporter
    from app.search_view import hit_blocks
    from ingest.index import open_index
    from rag.retrieval.searcher import Hit, Searcher

    text = given_text(query, what="query")
    filters = {"code": code or (), "payer": payer or (), "region": region or (), "kind": kind or ()}
    with Reporter() as reporter:
        index = open_index(corpus, progress=reporter.progress, notice=reporter.notice)
        hits = passages_found(Searcher(index), text, filters=filters, on=date, k=k)
    if not hits:
        note("Nothing in the corpus is near enough to this query to be cited.")
    if output is Format.JSON:
        print_json(TypeAdapter(list[Hit]).dump_json(hits, indent=2).decode())
    elif hits:
        print_result(hit_blocks(hits), output=output)
