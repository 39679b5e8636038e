"""A server process made ready: corpus, index, database and keys, before the first request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from limits.storage import Storage

from app.access.issuers import load_issuers
from app.access.keys import Keys
from app.access.tokens import Tokens
from app.api.rates import Rates, first_use, open_storage
from app.api.service import MOST_IN_HAND, Service, Slots
from app.api.settings import ModelSettings, Settings
from app.desks.desks import Desks
from app.library import Library
from app.model_options import given_model
from app.progress import Reporter
from app.store.author import LOCAL
from app.store.database import open_database
from rag.model.options import ModelOptions

if TYPE_CHECKING:
    # Its library decides at its import how several workers count: after the folder for that was named.
    from app.api.metrics import Metrics

#: Of one address. What keeps a key from being guessed is its length; this tells who tries to stop.
FAILURES: Final = "30/minute"


def prepare(settings: Settings, reporter: Reporter) -> None:
    """What takes long and is shared, done once before the workers start: index, model files, database.

    Raises ``UserError`` and the errors of corpus, index and model files.
    """
    with open_database(settings.database):
        pass
    _model(settings.model)
    if settings.issuers is not None:
        load_issuers(settings.issuers)
    library = Library(shipped=settings.corpus) if settings.corpus else Library()
    library.index(progress=reporter.progress, notice=reporter.notice)


def open_service(settings: Settings, metrics: Metrics, reporter: Reporter) -> Service:
    """Raises as ``prepare`` does."""
    desks = Desks(settings.corpus, _model(settings.model))
    desks.open(reporter.progress, reporter.notice)
    metrics.gauge(
        "index_passages", "Passages of the corpus.", lambda: float(len(desks.of(LOCAL).desk.searcher.index.passages))
    )
    database = open_database(settings.database)
    storage = open_storage(settings.rate_storage or settings.runtime / "rates.db")
    return Service(
        desks=desks,
        database=database,
        keys=Keys(database),
        tokens=_tokens(settings, storage),
        metrics=metrics,
        rates=Rates(settings.rate, storage=storage, name="requests"),
        failures=Rates(FAILURES, storage=storage, name="failures"),
        slots=Slots(settings.answers),
        streams=ThreadPoolExecutor(MOST_IN_HAND, thread_name_prefix="stream"),
        open_to_all=settings.no_keys,
        base_url=settings.base_url,
    )


def _tokens(settings: Settings, storage: Storage) -> Tokens | None:
    if settings.issuers is None:
        return None
    return Tokens(load_issuers(settings.issuers), first_use=first_use(storage))


def _model(given: ModelSettings) -> ModelOptions | None:
    return given_model(
        given.name,
        tokens=given.tokens,
        seconds=given.seconds,
        record=None,
        replay=given.replay,
        trust_local=given.trust_local,
    )
