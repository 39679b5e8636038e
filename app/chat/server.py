"""The web server of the page: our own settings, our own words, a quiet end."""

from __future__ import annotations

import asyncio
import signal
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.address import Address
from ingest.extract.limits import MEGABYTE, MOST_BYTES

SCRIPT: Final = Path(__file__).with_name("page.py")
#: The colour of what is chosen and of the one main button; each has a contrast of at least 4.5 with what it stands on.
_BLUE: Final = "#1f5f8b"
_LIGHT_BLUE: Final = "#6fb4e3"


def settings(address: Address) -> dict[str, object]:
    """Streamlit's options by flag name: nothing of the machine is told, watched or fetched."""
    return {
        "server_address": address.host,
        "server_port": address.port,
        "server_headless": True,
        "server_fileWatcherType": "none",
        "server_runOnSave": False,
        "server_enableXsrfProtection": True,
        "server_maxUploadSize": MOST_BYTES // MEGABYTE,
        "server_showEmailPrompt": False,
        "browser_gatherUsageStats": False,
        "client_showErrorDetails": "none",
        "client_showErrorLinks": "false",
        "client_toolbarMode": "minimal",
        "logger_hideWelcomeMessage": True,
        "logger_level": "critical",
        "theme_light_primaryColor": _BLUE,
        "theme_dark_primaryColor": _LIGHT_BLUE,
        "runner_magicEnabled": False,
    }


def serve(address: Address, *, open_browser: bool) -> None:
    """Serve until it is told to stop by Ctrl-C or SIGTERM."""
    from streamlit.web.bootstrap import load_config_options

    load_config_options(settings(address))
    asyncio.run(_serve(address, open_browser=open_browser))


async def _serve(address: Address, *, open_browser: bool) -> None:
    from streamlit.web.bootstrap import prepare_streamlit_environment
    from streamlit.web.server import Server

    prepare_streamlit_environment(str(SCRIPT))
    server = Server(str(SCRIPT), is_hello=False)
    await server.start()
    _stop_when_told(server)
    print(f"The page is at {address.url} (Ctrl-C ends it).", flush=True)
    if open_browser:
        with suppress(webbrowser.Error):
            webbrowser.open(address.url)
    await server.stopped


def _stop_when_told(server: object) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, server)


def _stop(server: object) -> None:
    from streamlit.web.server import Server

    assert isinstance(server, Server)
    # The server's own stop() prints a line of its own; its parts do the same in silence.
    inner = server._starlette_server
    if inner is not None:
        inner.stop()
