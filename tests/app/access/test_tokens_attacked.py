"""Tokens that must not be believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.issuers import load_issuers
from app.access.tokens import LONGEST, TokenError, Tokens, looks_like_token
from tests.app.access.issuing import (
    CURVE,
    ISSUER,
    OTHER_CURVE,
    RSA,
    STRANGER,
    WEAK_RSA,
    Published,
    claims,
    issuers_file,
    key_set,
    public_jwk,
    public_pem,
    publishing,
    token,
)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Tokens:
    """Of an issuer whose entry allows more than any key supports, so that each check stands alone."""
    entry = {"algorithms": ["RS256", "RS512", "PS256", "ES256", "ES384"]}
    return Tokens(load_issuers(issuers_file(tmp_path_factory.mktemp("issuer"), entry)))


def _part(value: Any) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _forged(header: Any, payload: Any, signature: bytes = b"signature") -> str:
    return f"{_part(header)}.{_part(payload)}.{_part(signature)}"


def _shared_secret(secret: bytes, header: dict[str, Any]) -> str:
    signed = f"{_part(header)}.{_part(claims())}"
    return f"{signed}.{_part(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def _none(name: str) -> str:
    return f"{_part({'alg': name, 'kid': 'rsa'})}.{_part(claims())}."


def _changed(at: int) -> str:
    """A good token with a claim changed after it was signed, or a part of another token."""
    mine, theirs = token().split("."), token(sub="admin").split(".")
    mine[at] = theirs[at] if at else _part({"alg": "RS512", "kid": "rsa"})
    return ".".join(mine)


def _at(**offsets: int) -> Callable[[], str]:
    def made() -> str:
        changed: dict[str, Any] = {name: int(time.time()) + offset for name, offset in offsets.items()}
        return token(**changed)

    return made


ATTACKS: dict[str, dict[str, Callable[[], str]]] = {
    "This is no signed token of three parts, or it is too long.": {
        "empty": lambda: "",
        "garbage": lambda: "not a token",
        "two parts": lambda: "e30.e30",
        "four parts": lambda: token() + ".e30",
        "five parts, encrypted": lambda: ".".join(["e30"] * 5),
        "leading space": lambda: " " + token(),
        "line end": lambda: token() + "\n",
        "padding": lambda: token() + "=",
        "null bytes": lambda: "\0.\0.\0",
        "huge": lambda: token(padding="x" * LONGEST),
        "alg none": lambda: _none("none"),
        "alg None": lambda: _none("None"),
        "alg nOnE": lambda: _none("nOnE"),
        "no signature": lambda: token().rpartition(".")[0] + ".",
    },
    "The token cannot be read.": {
        "no JSON": lambda: _forged(b"{", b"{"),
        "JSON, no object": lambda: _forged([], []),
        "deep JSON": lambda: _forged({"alg": "RS256", "kid": "rsa"}, b"[" * 4_000),
        "endless numbers": lambda: _forged({"alg": "RS256", "kid": "rsa"}, b'{"iss":' + b"1" * 5_000 + b"}"),
        "kid a number": lambda: _forged({"alg": "RS256", "kid": 1}, claims()),
        "critical extension": lambda: token(header={"crit": ["exp"], "exp": 1}),
    },
    "The token is of an issuer that is not trusted here.": {
        "issuer is a list": lambda: _forged({"alg": "RS256", "kid": "rsa"}, claims(iss=[ISSUER])),
        "issuer is an object": lambda: _forged({"alg": "RS256", "kid": "rsa"}, claims(iss={"a": 1})),
        "other issuer": lambda: token(iss="https://evil.example.org"),
        "issuer with a slash": lambda: token(iss=ISSUER + "/"),
        "no issuer": lambda: token(iss=None),
    },
    "The token is signed in a way that is not accepted from its issuer.": {
        "alg none with a signature": lambda: _forged({"alg": "none", "kid": "rsa"}, claims()),
        "alg empty": lambda: _forged({"alg": "", "kid": "rsa"}, claims()),
        "alg a list": lambda: _forged({"alg": ["RS256"], "kid": "rsa"}, claims()),
        "no alg": lambda: _forged({"kid": "rsa"}, claims()),
        "HS256 with the public key": lambda: _shared_secret(public_pem(RSA), {"alg": "HS256", "kid": "rsa"}),
        "HS256 with the JWK": lambda: _shared_secret(
            json.dumps(public_jwk(RSA, "rsa")).encode(), {"alg": "HS256", "kid": "rsa"}
        ),
        "HS256 with a published secret": lambda: _shared_secret(
            b"secret-secret-secret-secret-1234", {"alg": "HS256", "kid": "shared"}
        ),
        "algorithm the issuer may not use": lambda: token(algorithm="RS384"),
    },
    "The token is signed in a way that does not fit its key.": {
        "RS256 said, shared secret used": lambda: _shared_secret(
            b"secret-secret-secret-secret-1234", {"alg": "RS256", "kid": "shared"}
        ),
        "algorithm the key is not for": lambda: token(algorithm="RS256", kid="rsa-for-512"),
    },
    "The token's claims cannot be read.": {
        "key of another kind": lambda: token(CURVE, algorithm="ES256", kid="rsa"),
    },
    "The token is not valid.": {
        "curve of another size": lambda: token(OTHER_CURVE, algorithm="ES384", kid="curve"),
        "key too short": lambda: token(WEAK_RSA, kid="weak"),
        "kid of another key": lambda: token(kid="weak"),
        "exp is infinite": lambda: token(exp=float("inf")),
        "exp is no number": lambda: token(exp=float("nan")),
        "exp is a list": lambda: token(exp=[1]),
        "iat is text": lambda: token(iat="now"),
        "subject is a list": lambda: token(sub=["admin"]),
        "jti is a number": lambda: token(jti=1),
    },
    "The token is signed with a key that its issuer does not publish.": {
        "key for encryption": lambda: token(STRANGER, kid="for-encryption"),
        "other kid": lambda: token(kid="other"),
        "kid with a path": lambda: token(kid="../../../../dev/null"),
        "kid with SQL": lambda: token(kid="x' UNION SELECT 'y"),
    },
    "The token's signature is wrong.": {
        "stranger's key": lambda: token(STRANGER),
        "own key in the header": lambda: token(STRANGER, header={"jwk": public_jwk(STRANGER, "rsa")}),
        "own certificate in the header": lambda: token(STRANGER, header={"x5c": ["MIIB"]}),
        "payload changed": lambda: _changed(1),
        "signature of another": lambda: _changed(2),
        "header changed": lambda: _changed(0),
    },
    "The token does not name the key it is signed with (`kid`).": {
        "no kid": lambda: token(kid=None),
    },
    "The token is meant for another audience.": {
        "other audience": lambda: token(aud="https://else.example.org"),
        "audience that only begins like ours": lambda: token(aud="https://guidelines.example.org/api/more"),
        "audience a number": lambda: token(aud=[1]),
    },
    "The token lacks one of the claims exp, iat, aud, iss.": {
        "no audience": lambda: token(aud=None),
        "empty audience": lambda: token(aud=[]),
        "never expires": lambda: token(exp=None),
        "of no time": lambda: token(iat=None),
    },
    "The token has expired.": {
        "expired": _at(iat=-400, exp=-61),
        "exp is true": lambda: token(exp=True),
    },
    "The token is not valid yet.": {
        "not yet": _at(nbf=61),
        "made in the future": _at(iat=61, exp=300),
    },
    "The token is valid for longer than is accepted from its issuer.": {
        "valid for years": _at(exp=10 * 365 * 86_400),
        "valid for ever": lambda: token(exp=10**300),
        "iat before everything": lambda: token(iat=-(10**12)),
    },
    "The token's times are no numbers.": {
        "exp is text": lambda: token(exp=str(int(time.time()) + 300)),
    },
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(("reason", "attack"), [(reason, name) for reason in ATTACKS for name in ATTACKS[reason]])
def test_an_attack_is_refused_for_its_reason_in_words_that_quote_nothing(
    tokens: Tokens, reason: str, attack: str
) -> None:
    with pytest.raises(TokenError) as refused:
        tokens.principal(ATTACKS[reason][attack]())
    assert str(refused.value) == reason


def test_the_table_is_refused_for_its_attacks_and_not_for_something_all_have(tokens: Tokens) -> None:
    assert tokens.principal(token())
    assert tokens.principal(token(RSA, algorithm="RS512", kid="rsa-for-512"))
    assert tokens.principal(token(RSA, algorithm="PS256"))
    assert tokens.principal(token(OTHER_CURVE, algorithm="ES384", kid="other-curve"))


@pytest.mark.parametrize("name", ["jku", "x5u"])
def test_an_address_in_the_header_is_not_even_asked(tokens: Tokens, name: str) -> None:
    with publishing() as trap:
        trap.pages["/keys"] = (200, json.dumps({"keys": [public_jwk(STRANGER, "rsa")]}).encode())
        with pytest.raises(TokenError):
            tokens.principal(token(STRANGER, header={name: f"{trap.url}/keys"}))
        with pytest.raises(TokenError):
            tokens.principal(token(STRANGER, kid=f"{trap.url}/keys", header={name: f"{trap.url}/keys"}))
        with pytest.raises(TokenError):
            tokens.principal(token(STRANGER, iss=trap.url))
        assert trap.asked == []


def test_a_fetching_issuer_does_not_ask_it_either(tmp_path: Path, published: Published) -> None:
    tokens = Tokens(load_issuers(issuers_file(tmp_path, {"jwks": f"{published.url}/keys"})))
    with publishing() as trap, pytest.raises(TokenError):
        tokens.principal(token(STRANGER, header={"jku": f"{trap.url}/keys"}))
    assert (published.asked, trap.asked) == (["/keys"], [])


@pytest.fixture
def published() -> Iterator[Published]:
    with publishing() as found:
        found.pages["/keys"] = (200, json.dumps(key_set()).encode())
        yield found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(max_size=40), st.binary(max_size=40).map(_part)), max_size=4).map(".".join))
def test_no_text_does_anything_but_be_refused(tokens: Tokens, text: str) -> None:
    with pytest.raises(TokenError):
        tokens.principal(text)


_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["exp", "iat", "nbf", "aud"]), value=_json)
def test_no_value_of_a_signed_claim_breaks_the_check(tokens: Tokens, name: str, value: Any) -> None:
    try:
        tokens.principal(token(**{name: value}))
    except TokenError:
        return
    assert name in ("nbf", "iat"), value


def test_an_api_key_does_not_look_like_a_token() -> None:
    assert not looks_like_token("gqa_0123456789ab_" + "x" * 43)
    assert looks_like_token(token())
