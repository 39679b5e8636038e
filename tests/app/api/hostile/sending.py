"""Attacks over raw sockets, and what came back."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from tests.app.api.hostile.attack import Attack, Expected, Ground

_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([2-5][0-9]{2}) ")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: ([0-9]+)", re.IGNORECASE)
#: Seconds an answer may take, on a machine with other work too; where none need come, how long one is waited for.
_PATIENCE: Final = {Expected.REFUSED: 60.0, Expected.ANSWERED: 120.0, Expected.UNFINISHED: 0.2, Expected.ANYTHING: 2.0}
#: Seconds a further answer is waited for: to a request that was hidden in the first one's body.
_HIDDEN: Final = 0.05
#: Seconds until the connection has to be closed, once the sender's side is.
_CLOSING: Final = 30.0


@dataclass(frozen=True)
class Outcome:
    """``statuses``: of every answer that came. ``hung``: the connection did not end after its sender's side had."""

    attack: Attack
    mark: str
    statuses: tuple[int, ...]
    hung: bool
    seconds: float
    received: bytes


def send(attack: Attack, mark: str, ground: Ground) -> Outcome:
    host, port = ground.host.split(":")
    began = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=30, source_address=(attack.source, 0)) as connection:
        # Who refuses early closes early; then the rest cannot be sent.
        with suppress(OSError):
            connection.sendall(attack.sent)
        received = _read(connection, _PATIENCE[attack.expected], whole=True)
        received += _read(connection, _HIDDEN, whole=False)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        hung = not _ended(connection)
    statuses = tuple(int(status) for status in _STATUS.findall(received))
    return Outcome(attack, mark, statuses, hung, time.monotonic() - began, received[:2_000])


def _read(connection: socket.socket, seconds: float, *, whole: bool) -> bytes:
    """What comes within the time; ``whole``: no more than one answer."""
    received, deadline = b"", time.monotonic() + seconds
    with suppress(OSError):
        while (left := deadline - time.monotonic()) > 0 and not (whole and _complete(received)):
            connection.settimeout(left)
            found = connection.recv(65_536)
            if not found:
                break
            received += found
    return received


def _complete(received: bytes) -> bool:
    head, separator, body = received.partition(b"\r\n\r\n")
    if not separator or not _STATUS.match(head):
        return False
    length = _LENGTH.search(head)
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n") or b" 204 " in head[:20]


def _ended(connection: socket.socket) -> bool:
    connection.settimeout(_CLOSING)
    try:
        while connection.recv(65_536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True
