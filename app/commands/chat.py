"""``guideline-qa chat``: the page in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from app.model_options import (
    ModelOption,
    ModelSecondsOption,
    ModelTokensOption,
    RecordOption,
    ReplayOption,
    TrustLocalOption,
)
from app.options import CorpusOption

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="Where threads and reviews are kept. Default: a file in your data folder."
    ),
]


def chat(
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="Port; 0 takes a free one.")] = 8501,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen at. Default: only this machine.")
    ] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    database: DatabaseOption = None,
    model: ModelOption = None,
    model_tokens: ModelTokensOption = 30_000,
    model_seconds: ModelSecondsOption = 300,
    record: RecordOption = None,
    replay: ReplayOption = None,
    trust_local_model: TrustLocalOption = False,
    corpus: CorpusOption = None,
) -> None:
    """Ask, review and look after documents on a page in the browser.

    Corpus, index and model files are made ready first. Nothing leaves this machine unless a model is named.
    """
    from app.address import free_address
    from app.chat.office import open_office
    from app.chat.opening import Given, prepare
    from app.chat.server import serve
    from app.model_options import given_model
    from app.progress import Reporter

    address = free_address(host, port)
    language_model = given_model(
        model,
        tokens=model_tokens,
        seconds=model_seconds,
        record=record,
        replay=replay,
        trust_local=trust_local_model,
    )
    with Reporter() as reporter:
        office = prepare(Given(corpus, database, language_model), reporter)
    open_office(office)
    with office.database:
        serve(address, open_browser=open_browser)
