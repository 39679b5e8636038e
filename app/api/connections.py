"""Connections that give nothing away: uvicorn's HTTP protocol with limits on headers, silence and slow readers.

uvicorn itself waits without end for the first byte of a connection, for the end of a header, and for a reader that
does not read; and its quick parser takes headers of any size. Few idle connections could then keep all others out.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.problems import MEDIA_TYPE, Slug, problem

#: Seconds from the opening of a connection, or from the first byte of a further request, to the end of its header.
HEADER_SECONDS: Final = 10.0
#: Bytes of a request's line and headers together.
HEADER_BYTES: Final = 32 * 1024
#: Seconds in which a reader takes nothing of an answer that is ready.
READER_SECONDS: Final = 60.0


class HeaderTooLarge(Exception):
    """The parser makes a 400 of it."""


class GuardedProtocol(HttpToolsProtocol):
    """The limits above; the class attributes are there for tests."""

    header_seconds = HEADER_SECONDS
    header_bytes = HEADER_BYTES
    reader_seconds = READER_SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._request_timer: asyncio.TimerHandle | None = None
        self._reader_timer: asyncio.TimerHandle | None = None
        self._between = True
        self._in_header = False
        self._header_size = 0

    def send_400_response(self, msg: str) -> None:
        """What the parser refuses is a problem document as well; it never became a request, so it has no id."""
        body = bytes(problem(Slug.MALFORMED, msg).body)
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(f"{head}x-content-type-options: nosniff\r\nconnection: close\r\n\r\n".encode() + body)
        self.transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_request_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_request_timer()
        self._stop_reader_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # What still comes of a body after its answer is as idle as a header that does not end.
        if self._between or (self.cycle is not None and self.cycle.response_complete):
            self._start_request_timer()
        was_in_header = self._in_header
        super().data_received(data)
        if was_in_header and self._in_header and not self.transport.is_closing():
            self._header_size += len(data)
            if self._header_size > self.header_bytes:
                self.send_400_response("The header of the request is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_header = True
        self._header_size = 0

    def on_headers_complete(self) -> None:
        self._between = self._in_header = False
        self._stop_request_timer()
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > self.header_bytes:
            raise HeaderTooLarge
        super().on_headers_complete()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Trailers of a chunked body are dropped: they mean nothing here, and could be without end."""
        if self._in_header:
            super().on_header(name, value)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._between = True
        self._stop_request_timer()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._reader_timer is None:
            self._reader_timer = self.loop.call_later(self.reader_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_reader_timer()
        super().resume_writing()

    def _start_request_timer(self) -> None:
        if self._request_timer is None:
            self._request_timer = self.loop.call_later(self.header_seconds, self.transport.abort)

    def _stop_request_timer(self) -> None:
        if self._request_timer is not None:
            self._request_timer.cancel()
            self._request_timer = None

    def _stop_reader_timer(self) -> None:
        if self._reader_timer is not None:
            self._reader_timer.cancel()
            self._reader_timer = None
