"""From a signed token of a trusted issuer to whoever it stands for.

The issuer is looked up by what the token says; everything else about how it is checked comes from the issuers' file:
the keys, the algorithms, the audience. What a token's header says of keys (``jku``, ``x5u``, ``jwk``) is not read.
"""

from __future__ import annotations

import hashlib
import math
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import jwt

from app.access.issuer_keys import IssuerUnavailable, UnknownKey, keys_of
from app.access.issuers import Issuer, ScopeClaim, TenantClaim
from app.access.models import Principal, Scope
from rag.errors import UserError

#: Signs; those of large providers have two thousand.
LONGEST: Final = 8_192
#: Seconds by which clocks may differ.
LEEWAY: Final = 60
_FORM: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_REQUIRED: Final = ("exp", "iat", "aud", "iss")
_TIMES: Final = ("exp", "iat", "nbf")
#: Kinds of key that have a private half.
_KEY_TYPES: Final = frozenset({"RSA", "EC", "OKP"})
#: As a reviewer's name has at most.
_LONGEST_NAME: Final = 120
_LONGEST_JTI: Final = 500

FirstUse = Callable[[str, int], bool]


class TokenError(UserError):
    """The token is not accepted; the message quotes nothing of it."""


class Tokens:
    """``first_use``: (key, seconds to remember) -> whether it is new; with several workers it has to be a shared one.

    Without it each process remembers for itself.
    """

    def __init__(self, issuers: Sequence[Issuer], *, first_use: FirstUse | None = None) -> None:
        self._issuers = {issuer.issuer: (issuer, keys_of(issuer)) for issuer in issuers}
        self._first_use = first_use or _Remembered()

    def principal(self, text: str) -> Principal:
        """May fetch the issuer's keys, so it may take seconds. Raises ``TokenError`` or ``IssuerUnavailable``."""
        header, claimed = _unverified(text)
        known = self._issuers.get(claimed) if isinstance(claimed, str) else None
        if known is None:
            raise TokenError("The token is of an issuer that is not trusted here.")
        issuer, keys = known
        if header.get("alg") not in issuer.algorithms:
            raise TokenError("The token is signed in a way that is not accepted from its issuer.")
        name = header.get("kid")
        if not isinstance(name, str):
            raise TokenError("The token does not name the key it is signed with (`kid`).")
        try:
            key = keys.key(name)
        except UnknownKey:
            raise TokenError("The token is signed with a key that its issuer does not publish.") from None
        claims = _verified(text, header["alg"], key, issuer)
        self._check_once(claims, issuer)
        return _principal(claims, issuer)

    def _check_once(self, claims: Mapping[str, Any], issuer: Issuer) -> None:
        if not issuer.once:
            return
        name = claims.get("jti")
        if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_JTI:
            raise TokenError("The token has no `jti`, which its issuer has to give: each is used once.")
        seconds = max(1, math.ceil(claims["exp"] + LEEWAY - time.time()))
        try:
            first = self._first_use(_digest(issuer.issuer, name), seconds)
        except Exception as error:
            raise IssuerUnavailable(
                "Whether the token was used before cannot be told now. Send the request again in a minute."
            ) from error
        if not first:
            raise TokenError("The token was used before; its issuer has to give a new one for each request.")


def looks_like_token(text: str) -> bool:
    """Whether it has the three parts of a signed token; keys of this server have none."""
    return len(text) <= LONGEST and _FORM.fullmatch(text) is not None


def _unverified(text: str) -> tuple[Mapping[str, Any], object]:
    """The header, and the issuer that the token claims to be of."""
    if not looks_like_token(text):
        raise TokenError("This is no signed token of three parts, or it is too long.")
    try:
        found = jwt.decode_complete(text, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise TokenError("The token cannot be read.") from None
    return found["header"], found["payload"].get("iss")


def _verified(text: str, algorithm: str, key: jwt.PyJWK, issuer: Issuer) -> Mapping[str, Any]:
    """The claims of a token whose signature, times, issuer and audience are right.

    The key goes in bare, with the algorithm allowed by the issuer's entry: a JWK may leave its own out.
    """
    if key.key_type not in _KEY_TYPES or _declared(key) not in (None, algorithm):
        raise TokenError("The token is signed in a way that does not fit its key.")
    try:
        claims: Mapping[str, Any] = jwt.decode(
            text,
            key=key.key,
            algorithms=[algorithm],
            audience=issuer.audience,
            issuer=issuer.issuer,
            leeway=LEEWAY,
            options={"require": list(_REQUIRED), "enforce_minimum_key_length": True},
        )
    except jwt.PyJWTError as error:
        raise TokenError(_reason(error)) from None
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise TokenError("The token's claims cannot be read.") from None
    _check_times(claims, issuer)
    return claims


def _declared(key: jwt.PyJWK) -> str | None:
    """The algorithm that the key itself says it is for."""
    found = key._jwk_data.get("alg")
    return found if isinstance(found, str) else None


def _check_times(claims: Mapping[str, Any], issuer: Issuer) -> None:
    times = [claims[name] for name in _TIMES if name in claims]
    if not all(type(moment) in (int, float) and math.isfinite(moment) for moment in times):
        raise TokenError("The token's times are no numbers.")
    if claims["exp"] - claims["iat"] > issuer.longest_seconds:
        raise TokenError("The token is valid for longer than is accepted from its issuer.")


_REASONS: Final[tuple[tuple[type[jwt.PyJWTError], str], ...]] = (
    (jwt.ExpiredSignatureError, "The token has expired."),
    (jwt.ImmatureSignatureError, "The token is not valid yet."),
    (jwt.InvalidAudienceError, "The token is meant for another audience."),
    (jwt.InvalidIssuerError, "The token is of an issuer that is not trusted here."),
    (jwt.MissingRequiredClaimError, "The token lacks one of the claims exp, iat, aud, iss."),
    (jwt.InvalidSignatureError, "The token's signature is wrong."),
)


def _reason(error: jwt.PyJWTError) -> str:
    """In words of our own: the library's may quote the token."""
    return next((words for kind, words in _REASONS if isinstance(error, kind)), "The token is not valid.")


def _principal(claims: Mapping[str, Any], issuer: Issuer) -> Principal:
    subject = claims.get("sub", "")
    name, scopes = _name(claims, issuer), _scopes(claims, issuer)
    if issuer.name_claim and name is None:
        scopes -= {Scope.REVIEW}  # nobody reviews under another's name because a token has none
    return Principal(
        id=f"token:{_digest(issuer.issuer, subject if isinstance(subject, str) else '')[:32]}",
        tenant=_tenant(claims, issuer),
        scopes=scopes,
        name=name,
    )


def _tenant(claims: Mapping[str, Any], issuer: Issuer) -> str:
    if not isinstance(issuer.tenant, TenantClaim):
        return issuer.tenant
    found = _claim(claims, issuer.tenant.claim)
    if not isinstance(found, str) or found not in issuer.tenant.allowed:
        raise TokenError("The token names no tenant that its issuer may act for.")
    return found


def _scopes(claims: Mapping[str, Any], issuer: Issuer) -> frozenset[Scope]:
    if not isinstance(issuer.scopes, ScopeClaim):
        return frozenset(issuer.scopes)
    found = _claim(claims, issuer.scopes.claim)
    words = found.split() if isinstance(found, str) else found if isinstance(found, list) else []
    known = issuer.scopes.map
    return frozenset(known[word] for word in words if isinstance(word, str) and word in known)


def _name(claims: Mapping[str, Any], issuer: Issuer) -> str | None:
    found = _claim(claims, issuer.name_claim) if issuer.name_claim else None
    if not isinstance(found, str) or not found.isprintable():
        return None
    return found.strip()[:_LONGEST_NAME] or None


def _claim(claims: Mapping[str, Any], path: str) -> object:
    """The claim of that very name (which may have dots), else the one at the end of the path."""
    if path in claims:
        return claims[path]
    found: object = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


class _Remembered:
    """Within one process."""

    def __init__(self) -> None:
        self._ends: dict[str, float] = {}
        self._lock = threading.Lock()

    def __call__(self, key: str, seconds: int) -> bool:
        now = time.monotonic()
        with self._lock:
            self._ends = {known: end for known, end in self._ends.items() if end > now}
            if key in self._ends:
                return False
            self._ends[key] = now + seconds
            return True
