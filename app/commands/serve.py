"""``guideline-qa serve``: the HTTP API."""

from __future__ import annotations

from app.commands.chat import DatabaseOption
from app.model_options import ModelOption, ModelSecondsOption, ModelTokensOption, ReplayOption, TrustLocalOption
from app.options import CorpusOption
from app.server_options import (
    AnswersOption,
    BaseUrlOption,
    HostOption,
    IssuersOption,
    NameOption,
    NoKeysOption,
    OriginOption,
    OtlpOption,
    PortOption,
    ProxyOption,
    RateOption,
    RateStorageOption,
    TlsOption,
    WorkersOption,
)


def serve(
    port: PortOption = 8700,
    host: HostOption = "127.0.0.1",
    workers: WorkersOption = 1,
    no_keys: NoKeysOption = False,
    issuers: IssuersOption = None,
    rate: RateOption = "600/minute",
    rate_storage: RateStorageOption = None,
    answers: AnswersOption = 2,
    name: NameOption = None,
    base_url: BaseUrlOption = None,
    allow_origin: OriginOption = None,
    trust_proxy: ProxyOption = None,
    tls: TlsOption = False,
    otlp: OtlpOption = None,
    database: DatabaseOption = None,
    model: ModelOption = None,
    model_tokens: ModelTokensOption = 30_000,
    model_seconds: ModelSecondsOption = 300,
    replay: ReplayOption = None,
    trust_local_model: TrustLocalOption = False,
    corpus: CorpusOption = None,
) -> None:
    """Serve the API: answers, decisions, threads, reviews, and CDS Hooks.

    A key is needed: `guideline-qa keys create` makes one. Every route is described at /docs.
    """
    from pathlib import Path

    from app.address import free_address, is_loopback
    from app.api.rates import Rates, open_storage
    from app.api.server import runtime_folder
    from app.api.server import serve as run
    from app.api.settings import ModelSettings, Settings
    from app.output import note
    from rag.errors import UserError

    if no_keys and not is_loopback(host):
        raise UserError(f"--no-keys at {host} would open everything to others. Leave one of --no-keys and --host out.")
    Rates(rate, storage=open_storage("memory://"))
    address = free_address(host, port)
    with runtime_folder() as runtime:
        settings = Settings(
            runtime=Path(runtime),
            host=host,
            corpus=corpus,
            database=database,
            model=ModelSettings(
                name=model, tokens=model_tokens, seconds=model_seconds, replay=replay, trust_local=trust_local_model
            ),
            issuers=issuers,
            no_keys=no_keys,
            rate=rate,
            rate_storage=rate_storage,
            answers=answers,
            names=tuple(name or ()),
            base_url=base_url,
            origins=tuple(allow_origin or ()),
            tls=tls,
            otlp=otlp,
        )
        note(f"The API starts at {address.url} (Ctrl-C ends it); {address.url}/docs describes it.")
        run(address, settings, workers=workers, trusted_proxies=tuple(trust_proxy or ()))
