"""``guideline-qa mcp``: the tools for an assistant that speaks the Model Context Protocol."""

from __future__ import annotations

from app.model_options import (
    ModelOption,
    ModelSecondsOption,
    ModelTokensOption,
    RecordOption,
    ReplayOption,
    TrustLocalOption,
)
from app.options import CorpusOption


def mcp(
    model: ModelOption = None,
    model_tokens: ModelTokensOption = 30_000,
    model_seconds: ModelSecondsOption = 300,
    record: RecordOption = None,
    replay: ReplayOption = None,
    trust_local_model: TrustLocalOption = False,
    corpus: CorpusOption = None,
) -> None:
    """Serve the tools ask, decide, search and policies over stdin and stdout.

    An assistant starts this command itself. Nothing leaves this machine unless a model is named.
    """
    from functools import partial

    from app.model_options import given_model

    opening = partial(
        given_model,
        model,
        tokens=model_tokens,
        seconds=model_seconds,
        record=record,
        replay=replay,
        trust_local=trust_local_model,
    )
    if model is None or replay is not None:
        # Quickly done, and what is wrong with the options is told before a client waits for an answer.
        opened = opening()
        opening = partial(lambda: opened)

    from app.mcp.running import run
    from app.mcp.sources import Sources
    from app.progress import Reporter

    with Reporter() as reporter:
        run(Sources(corpus, reporter, opening))
