"""The options of ``guideline-qa serve``, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PortOption = Annotated[int, typer.Option("--port", min=0, max=65_535, help="Port; 0 takes a free one.")]
HostOption = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="Address to listen at. Default: only this machine.")
]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that answer.")]
NoKeysOption = Annotated[
    bool, typer.Option("--no-keys", help="Ask for no key. Only where nobody but this machine reaches it.")
]
IssuersOption = Annotated[
    Path | None,
    typer.Option("--issuers", metavar="FILE", help="Whose bearer tokens are trusted (OpenID Connect, CDS clients)."),
]
RateOption = Annotated[str, typer.Option("--rate", metavar="N/PERIOD", help="Requests of one key.")]
RateStorageOption = Annotated[
    str | None,
    typer.Option("--rate-storage", metavar="URL", help="Where they are counted, as redis://host. Default: a file."),
]
AnswersOption = Annotated[
    int, typer.Option("--answers", min=1, max=64, help="Answers that one process computes at once.")
]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", metavar="HOST", help="A host name it answers to; may be repeated.")
]
BaseUrlOption = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="How callers reach it, for links. Default: as asked.")
]
OriginOption = Annotated[
    list[str] | None,
    typer.Option("--allow-origin", metavar="ORIGIN", help="A web page that may call it (CORS); may be repeated."),
]
ProxyOption = Annotated[
    list[str] | None,
    typer.Option("--trust-proxy", metavar="ADDRESS", help="A proxy whose X-Forwarded headers count; may be repeated."),
]
TlsOption = Annotated[bool, typer.Option("--tls", help="It is reached by HTTPS alone, a proxy's: browsers are told.")]
OtlpOption = Annotated[
    str | None, typer.Option("--otlp", metavar="URL", help="Send traces there (OpenTelemetry, gRPC).")
]
