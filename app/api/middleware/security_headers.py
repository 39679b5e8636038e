"""What a browser is told about every response: run nothing, embed nothing, keep nothing, tell nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: For data: a browser that is led to show a response as a page may load and run nothing.
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
#: For the documentation: its scripts come from this server, but for one line in the page that starts them.
DOCS_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
DOCS_PAGES: Final[Mapping[str, str]] = {"/docs": DOCS_POLICY, "/redoc": DOCS_POLICY}
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: Two years, as the preload list of browsers asks for.
_STRICT_TRANSPORT: Final = "max-age=63072000; includeSubDomains"


class SecurityHeaders:
    """``tls``: the server is reached by HTTPS alone. ``pages``: path -> its own content security policy."""

    def __init__(self, app: ASGIApp, *, tls: bool = False, pages: Mapping[str, str] = DOCS_PAGES) -> None:
        self.app = app
        self._headers = _ALWAYS | ({"Strict-Transport-Security": _STRICT_TRANSPORT} if tls else {})
        self._pages = dict(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = self._pages.get(scope["path"], DATA_POLICY)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers["Content-Security-Policy"] = policy
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, guarded)
