"""Whose tokens are believed, and what they may do: one strict YAML file, written by whoever runs the server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.access.models import Scope
from app.address import is_loopback
from app.store.author import LOCAL
from ingest.strict_yaml import YamlDocument, load_yaml, validate

#: Signatures by a private key alone: a shared secret, or none, would let whoever can check a token make one.
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
TENANT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
DISCOVERY: Final = "/.well-known/openid-configuration"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _fetchable(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and parts.hostname and is_loopback(parts.hostname):
        return url
    raise ValueError("has to be an https:// address (http:// only on this machine)")


def _tenant(name: str) -> str:
    if not TENANT.fullmatch(name):
        raise ValueError("a tenant has small letters, digits and hyphens, at most 63")
    return name


def _source(place: str) -> str:
    return _fetchable(place) if "://" in place else place


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_one_or_more), Field(min_length=1)]
Tenant = Annotated[str, AfterValidator(_tenant)]


class TenantClaim(_Entry):
    """The tenant is what the token says in ``claim``, if it is one of ``allowed``."""

    claim: str = Field(min_length=1)
    allowed: tuple[Tenant, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _not_the_local_one(self) -> TenantClaim:
        if LOCAL in self.allowed:
            raise ValueError(f"`{LOCAL}` is the chat page's own; a token may not choose it")
        return self


class ScopeClaim(_Entry):
    """The scopes are what ``map`` makes of the words in ``claim`` (a list, or words with spaces between)."""

    claim: str = Field(min_length=1)
    map: Mapping[str, Scope] = Field(min_length=1)


class Issuer(_Entry):
    """One issuer.

    ``audience``: what its tokens have to be meant for; for CDS Hooks, the address of the service. ``jwks``: a file
    beside this one, or an address; ``discovery`` finds it at the issuer's well-known address instead. ``once``: each
    token may be used one time, by its ``jti``. ``claim`` names may be paths with dots, as ``realm_access.roles``.
    """

    issuer: str = Field(min_length=1)
    audience: Names
    jwks: Annotated[str, AfterValidator(_source)] | None = None
    discovery: bool = False
    algorithms: tuple[Algorithm, ...] = Field(min_length=1)
    tenant: Tenant | TenantClaim
    scopes: tuple[Scope, ...] | ScopeClaim
    name_claim: str | None = None
    once: bool = False
    longest_seconds: int = Field(default=86_400, ge=60, le=7 * 86_400)

    @model_validator(mode="after")
    def _one_source(self) -> Issuer:
        if self.discovery == (self.jwks is not None):
            raise ValueError("an issuer needs either `jwks` or `discovery: true`")
        if self.discovery:
            _fetchable(self.issuer)
        return self


class _File(_Entry):
    issuers: tuple[Issuer, ...] = Field(min_length=1)


def load_issuers(file: Path) -> tuple[Issuer, ...]:
    """The issuers of the file, ``jwks`` files with their full path. Raises ``CorpusError`` or ``CorpusErrors``."""
    document = load_yaml(file)
    issuers = validate(_File, document).issuers
    seen: set[str] = set()
    for number, issuer in enumerate(issuers):
        _check_source(issuer, number, document)
        if issuer.issuer in seen:
            path = ("issuers", number, "issuer")
            raise document.error(path, f"the issuer {issuer.issuer} stands here twice", "Keep one of the entries")
        seen.add(issuer.issuer)
    return tuple(_resolved(issuer, file.parent) for issuer in issuers)


def _check_source(issuer: Issuer, number: int, document: YamlDocument) -> None:
    resolved = _resolved(issuer, document.file.parent)
    if is_file(resolved) and not Path(resolved.jwks or "").is_file():
        problem = f"there is no key file {resolved.jwks}"
        raise document.error(("issuers", number, "jwks"), problem, "Name the file of public keys the issuer gave you")


def is_file(issuer: Issuer) -> bool:
    """Whether the issuer's keys are in a file."""
    return issuer.jwks is not None and "://" not in issuer.jwks


def _resolved(issuer: Issuer, folder: Path) -> Issuer:
    return issuer.model_copy(update={"jwks": str(folder / (issuer.jwks or ""))}) if is_file(issuer) else issuer
