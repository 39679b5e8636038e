"""Where a server of ours listens."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final

from rag.errors import UserError

EVERYWHERE: Final = ("0.0.0.0", "::", "")
_HIGHEST_PORT: Final = 65_535
_HIGH_PORT: Final = 8_501


@dataclass(frozen=True)
class Address:
    """Port 0: any that is free."""

    host: str
    port: int

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


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
    remedy = f"Give another one with --port (as in --port {port + 1 if port < _HIGHEST_PORT else _HIGH_PORT}), or end"
    return f"Port {port} of {host} cannot be used ({error.strerror}). {remedy} what uses it."


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens at ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
