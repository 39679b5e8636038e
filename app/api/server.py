"""The web server of the API: made ready, then as many workers as were asked for."""

from __future__ import annotations

import tempfile

import uvicorn

from app.address import Address
from app.api.logs import configure
from app.api.metrics_folder import use_folder
from app.api.opening import prepare
from app.api.settings import Settings, hand_over
from app.api.uvicorn_options import uvicorn_options
from app.progress import Reporter


def serve(address: Address, settings: Settings, *, workers: int, trusted_proxies: tuple[str, ...] = ()) -> None:
    """Serve until it is told to stop by Ctrl-C or SIGTERM; what was begun is finished."""
    with Reporter() as reporter:
        prepare(settings, reporter)
    configure(settings.level)
    use_folder(settings.runtime / "metrics")
    hand_over(settings)
    options = uvicorn_options(trusted_proxies=trusted_proxies, connections=settings.connections, level=settings.level)
    uvicorn.run(
        "app.api.application:worker",
        factory=True,
        host=address.host,
        port=address.port,
        workers=workers,
        **options,
    )


def runtime_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that only this user may read, gone when the server ends."""
    return tempfile.TemporaryDirectory(prefix="guideline-qa-")
