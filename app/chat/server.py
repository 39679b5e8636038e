"""The web server of the page: our own settings, our own words, a quiet end."""

from __future__ import annotations

import asyncio
import signal
import socket
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.extract.limits import MEGABYTE, MOST_BYTES
from rag.errors import UserError

SCRIPT: Final = Path(__file__).with_name("page.py")
EVERYWHERE: Final = ("0.0.0.0", "::", "")
#: The colour of what is chosen and of the one main button; each has a contrast of at least 4.5 with what it stands on.
_BLUE: Final = "#1f5f8b"
_LIGHT_BLUE: Final = "#6fb4e3"
_HIGHEST_PORT: Final = 65_535


@dataclass(frozen=True)
class Address:
    """Where the page is served. Port 0: any that is free."""

    host: str
    port: int

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


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


def free_address(host: str, port: int) -> Address:
    """The address, once it is known that one can listen there. Raises ``UserError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return Address(host, probe.getsockname()[1])
    except socket.gaierror:
        raise UserError(f"There is no host {host!r} on this machine. Leave --host out, or give its address.") from None
    except PermissionError:
        raise UserError(f"Port {port} is reserved. Give another one above 1024 with --port.") from None
    except OSError as error:
        raise UserError(_taken(host, port, error)) from None


def _taken(host: str, port: int, error: OSError) -> str:
    remedy = f"Give another one with --port (as in --port {port + 1 if port < _HIGHEST_PORT else 8501}), or end"
    return f"Port {port} of {host} cannot be used ({error.strerror}). {remedy} what uses it."


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
