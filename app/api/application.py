"""The application: routes, and what every request passes on its way in and out."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from multiprocessing.connection import wait
from typing import Final

import anyio.to_thread
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware

from app.address import is_loopback
from app.api import openapi
from app.api.faults import Faults, handle_problems
from app.api.logs import configure
from app.api.metrics import Metrics
from app.api.middleware.access_log import AccessLog
from app.api.middleware.body_limit import BodyLimit
from app.api.middleware.hosts import Hosts
from app.api.middleware.measured import Measured
from app.api.middleware.request_id import RequestId
from app.api.middleware.security_headers import SecurityHeaders
from app.api.middleware.traced import Traced
from app.api.opening import open_service
from app.api.routes import (
    answers,
    cases,
    cds,
    determinations,
    documents,
    messages,
    operation,
    policies,
    questionnaires,
    reviews,
    schemas,
    search,
    threads,
    vocabulary,
)
from app.api.settings import MEBIBYTE, Settings, handed_over
from app.api.tracing import Tracing, start_tracing
from app.desks.jobs import Jobs
from app.progress import Reporter

ROUTERS: Final = (
    answers.router,
    cases.router,
    determinations.router,
    search.router,
    policies.router,
    vocabulary.router,
    documents.router,
    threads.router,
    messages.router,
    reviews.router,
    questionnaires.router,
    cds.router,
    schemas.router,
    operation.router,
)
#: Bytes of a body by path; elsewhere one MiB. A hook brings what was prefetched of a record.
LIMITS: Final = {"/v1/documents": 20 * MEBIBYTE, "/cds-services": 8 * MEBIBYTE, "/v1/questionnaire": 4 * MEBIBYTE}
#: Requests in hand at once; most of them wait for a place to compute, which costs a thread and nothing else.
THREADS: Final = 200


def worker() -> FastAPI:
    """The application of a worker process, by the settings its parent handed over."""
    settings = handed_over()
    configure(settings.level)
    return create_app(settings)


def create_app(settings: Settings) -> FastAPI:
    """The application; its service is opened when the server starts."""
    tracing, metrics = start_tracing(settings.otlp), Metrics()
    app = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        title="guideline-qa",
        lifespan=_lifespan(settings, metrics, tracing),
        static_url="/docs-assets",
        redirect_slashes=False,
        # The framework's own would record queries and the messages of exceptions.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    for router in ROUTERS:
        app.include_router(router)
    handle_problems(app)
    _add_middleware(app, settings, metrics, tracing)
    openapi.describe(app)
    return app


def _add_middleware(app: FastAPI, settings: Settings, metrics: Metrics, tracing: Tracing | None) -> None:
    """Innermost first: what is added last sees a request first."""
    loopback = is_loopback(settings.host)
    app.add_middleware(BodyLimit, limits=LIMITS)
    app.add_middleware(Faults)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "X-API-Key",
                "Content-Type",
                "Idempotency-Key",
                "If-Match",
                "If-None-Match",
            ],
            expose_headers=["ETag", "Location", "Link", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(
        Hosts, loopback=loopback, allowed=settings.names, origins=settings.origins, check_origin=settings.no_keys
    )
    app.add_middleware(SecurityHeaders, tls=settings.tls)
    if tracing is not None:
        app.add_middleware(Traced, tracing=tracing)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(AccessLog)
    app.add_middleware(RequestId)


def _lifespan(
    settings: Settings, metrics: Metrics, tracing: Tracing | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        _end_with_parent()
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        with Reporter() as reporter:
            service = await run_in_threadpool(open_service, settings, metrics, reporter)
        jobs = Jobs(service.desks, service.database)
        service.desks.start()
        jobs.start()
        app.state.service = service
        try:
            yield
        finally:
            await run_in_threadpool(service.streams.shutdown)
            await run_in_threadpool(jobs.stop)
            await run_in_threadpool(service.desks.stop)
            if tracing is not None:
                await run_in_threadpool(tracing.stop)
            service.database.close()

    return lifespan


def _end_with_parent() -> None:
    """A worker whose parent was killed ends in good order, and does not keep the address."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
