"""An issuer with real keys, and the real HTTP server it publishes them on."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import yaml
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

ISSUER = "https://identity.example.org"
AUDIENCE = "https://guidelines.example.org/api"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
WEAK_RSA = rsa.generate_private_key(public_exponent=65537, key_size=1024)
CURVE = ec.generate_private_key(ec.SECP256R1())
OTHER_CURVE = ec.generate_private_key(ec.SECP384R1())
EDWARDS = ed25519.Ed25519PrivateKey.generate()
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(key: PrivateKey, name: str, **more: str) -> dict[str, Any]:
    kinds = {rsa.RSAPrivateKey: RSAAlgorithm, ec.EllipticCurvePrivateKey: ECAlgorithm}
    algorithm = next((kinds[kind] for kind in kinds if isinstance(key, kind)), OKPAlgorithm)
    found: dict[str, Any] = json.loads(algorithm.to_jwk(key.public_key()))  # type: ignore[attr-defined]
    return found | {"kid": name, "use": "sig"} | more


def public_pem(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_set() -> dict[str, Any]:
    return {
        "keys": [
            public_jwk(RSA, "rsa"),
            public_jwk(RSA, "rsa-for-512", alg="RS512"),
            public_jwk(WEAK_RSA, "weak"),
            public_jwk(CURVE, "curve"),
            public_jwk(OTHER_CURVE, "other-curve"),
            public_jwk(EDWARDS, "edwards"),
            public_jwk(STRANGER, "for-encryption", use="enc"),
            {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ", "kid": "shared", "use": "sig"},
        ]
    }


def claims(**changed: Any) -> dict[str, Any]:
    """Good ones; a claim changed to None is left out."""
    now = int(time.time())
    made = {"iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "iat": now, "exp": now + 300} | changed
    return {name: value for name, value in made.items() if value is not None}


def token(
    key: Any = RSA, *, algorithm: str = "RS256", kid: str | None = "rsa", header: Mapping[str, Any] = {}, **changed: Any
) -> str:
    named = {"kid": kid} if kid is not None else {}
    return jwt.encode(claims(**changed), key, algorithm=algorithm, headers={**named, **header})


def issuers_file(folder: Path, *entries: Mapping[str, Any]) -> Path:
    """A file with the entries, each on top of a good one whose keys stand beside it."""
    (folder / "keys.json").write_text(json.dumps(key_set()))
    good = {
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "jwks": "keys.json",
        "algorithms": ["RS256", "ES256", "EdDSA"],
        "tenant": "clinic-a",
        "scopes": ["read"],
    }
    made = [{name: value for name, value in (good | dict(entry)).items() if value is not None} for entry in entries]
    file = folder / "issuers.yaml"
    file.write_text(yaml.safe_dump({"issuers": made or [good]}))
    return file


@dataclass
class Published:
    """What a server answers by path (status, body, seconds it takes), and what it was asked."""

    pages: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def publishing() -> Iterator[Published]:
    published = Published()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            published.asked.append(self.path)
            time.sleep(published.seconds)
            status, body = published.pages.get(self.path, (404, b""))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", body.decode())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    published.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield published
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
