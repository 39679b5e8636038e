"""``guideline-qa verify``: is a sentence supported by the words it cites? The guard of every article, on its own."""

from __future__ import annotations

from typing import Annotated

import typer

from app.options import CorpusOption, TextOrJson, TextOrJsonOption


def verify(
    claim: Annotated[str | None, typer.Option("--claim", metavar="TEXT", help="One sentence; - reads stdin.")] = None,
    passage: Annotated[
        list[str] | None, typer.Option("--passage", metavar="TEXT", help="Words it rests on; may be repeated.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID#ANCHOR", help="Or a section of the corpus; may be repeated."),
    ] = None,
    names: Annotated[
        str | None, typer.Option("--names", metavar="TEXT", help="What names the passage's document.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="JSON Lines of claims with passages; - is stdin."),
    ] = None,
    fail: Annotated[bool, typer.Option("--fail", help="Exit code 1 when a claim is not supported.")] = False,
    output: TextOrJsonOption = TextOrJson.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Check a sentence against its source.

    Numbers, units, comparators, negation, names and meaning; every objection is listed with its reason.
    """
    from app.given_pairs import given_pair, pairs_of_file
    from app.progress import Reporter
    from app.verifying import verify_pair, verify_pairs
    from ingest.documents import corpus_root
    from ingest.encoder import OnnxEncoder
    from rag.errors import UserError
    from rag.guard.judging import open_judge

    if file is not None and (claim or passage or source or names):
        raise UserError("A --file holds claims and passages of its own. Leave the other options out.")
    root = corpus or corpus_root()
    as_json = output is TextOrJson.JSON
    with Reporter() as reporter:
        encoder = OnnxEncoder(progress=reporter.progress)
        if file is None:
            pair = given_pair(claim, passages=passage or (), sources=source or (), names=names, root=root)
            code = verify_pair(pair, open_judge(root, encoder=encoder), as_json=as_json, fail=fail)
        else:
            pairs = pairs_of_file(file)
            code = verify_pairs(pairs, open_judge(root, encoder=encoder), as_json=as_json, fail=fail)
    if code:
        raise typer.Exit(code)
