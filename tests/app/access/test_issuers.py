"""The file of trusted issuers, and where their keys come from."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.access import issuer_keys
from app.access.issuer_keys import IssuerUnavailable
from app.access.issuers import load_issuers
from app.access.tokens import TokenError, Tokens
from ingest.errors import CorpusError, CorpusErrors
from tests.app.access.issuing import (
    RSA,
    STRANGER,
    Published,
    issuers_file,
    key_set,
    public_jwk,
    publishing,
    token,
)

DISCOVERY = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"algorithms": ["HS256"]}, "HS256"),
        ({"algorithms": ["none"]}, "none"),
        ({"algorithms": []}, "algorithms"),
        ({"audience": []}, "audience"),
        ({"audience": None}, "audience"),
        ({"audience": ""}, "audience"),
        ({"issuer": ""}, "issuer"),
        ({"jwks": None}, "either `jwks` or `discovery: true`"),
        ({"discovery": True}, "either `jwks` or `discovery: true`"),
        ({"jwks": "http://identity.example.org/keys"}, "https://"),
        ({"jwks": "file:///etc/keys"}, "https://"),
        ({"jwks": "ftp://identity.example.org/keys"}, "https://"),
        ({"jwks": "nowhere.json"}, "there is no key file"),
        ({"jwks": None, "discovery": True, "issuer": "http://identity.example.org"}, "https://"),
        ({"jwks": None, "discovery": True, "issuer": "identity"}, "https://"),
        ({"tenant": "Clinic A"}, "small letters"),
        ({"tenant": None}, "tenant"),
        ({"tenant": {"claim": "org"}}, "allowed"),
        ({"tenant": {"claim": "org", "allowed": []}}, "allowed"),
        ({"tenant": {"claim": "org", "allowed": ["local"]}}, "may not choose it"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"scopes": None}, "scopes"),
        ({"scopes": {"claim": "scope"}}, "map"),
        ({"scopes": {"claim": "scope", "map": {"a": "root"}}}, "map"),
        ({"longest_seconds": 0}, "longest_seconds"),
        ({"verify": False}, "verify"),
    ],
)
def test_an_entry_that_is_not_safe_or_not_clear_is_refused(
    tmp_path: Path, entry: Mapping[str, Any], problem: str
) -> None:
    file = issuers_file(tmp_path, entry)
    with pytest.raises((CorpusError, CorpusErrors)) as refused:
        load_issuers(file)
    assert problem in str(refused.value)
    assert f"{file}:" in str(refused.value)


def test_an_issuer_stands_in_the_file_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="twice"):
        load_issuers(issuers_file(tmp_path, {}, {}))


def test_plain_http_is_for_this_machine_alone(tmp_path: Path) -> None:
    for address in ("http://127.0.0.1:1/keys", "http://localhost/keys", "http://[::1]/keys", "https://a.example/keys"):
        assert load_issuers(issuers_file(tmp_path, {"jwks": address}))[0].jwks == address


def test_keys_in_a_file_may_be_exchanged_while_the_server_runs(tmp_path: Path) -> None:
    tokens = Tokens(load_issuers(issuers_file(tmp_path)))
    assert tokens.principal(token())
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [public_jwk(STRANGER, "new")]}))
    assert tokens.principal(token(STRANGER, kid="new"))
    with pytest.raises(TokenError, match="does not publish"):
        tokens.principal(token())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"keys": []}', '{"keys": 1}', '{"keys": [1]}', "[" * 9_999])
def test_a_key_file_that_cannot_be_read_is_the_server_s_fault_not_the_token_s(tmp_path: Path, content: str) -> None:
    tokens = Tokens(load_issuers(issuers_file(tmp_path)))
    (tmp_path / "keys.json").write_text(content)
    with pytest.raises(IssuerUnavailable):
        tokens.principal(token())


@pytest.fixture
def published() -> Iterator[Published]:
    with publishing() as found:
        found.pages["/keys"] = (200, json.dumps(key_set()).encode())
        yield found


def _fetching(folder: Path, published: Published, **more: Any) -> Tokens:
    return Tokens(load_issuers(issuers_file(folder, {"jwks": f"{published.url}/keys"} | more)))


def test_keys_are_fetched_with_the_first_token_and_kept(tmp_path: Path, published: Published) -> None:
    tokens = _fetching(tmp_path, published)
    assert published.asked == []
    for _ in range(3):
        assert tokens.principal(token())
    assert published.asked == ["/keys"]


def test_made_up_key_names_do_not_make_the_server_ask_again(tmp_path: Path, published: Published) -> None:
    tokens = _fetching(tmp_path, published)
    for number in range(20):
        with pytest.raises(TokenError):
            tokens.principal(token(kid=f"made-up-{number}"))
    assert published.asked == ["/keys"]


def test_a_new_key_is_found_after_the_pause(
    tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuer_keys, "PAUSE_SECONDS", 0.05)
    tokens = _fetching(tmp_path, published)
    assert tokens.principal(token())
    published.pages["/keys"] = (200, json.dumps({"keys": [public_jwk(STRANGER, "new")]}).encode())
    time.sleep(0.06)
    assert tokens.principal(token(STRANGER, kid="new"))
    with pytest.raises(TokenError):
        tokens.principal(token(RSA))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (404, b""),
        (200, b""),
        (200, b"{"),
        (200, b"[]"),
        (200, b'{"keys": []}'),
        (200, b'{"keys": [{"kty": "RSA"}]}'),
        (200, b"[" * 100_000),
        (200, json.dumps(key_set()).encode() + b" " * issuer_keys.LARGEST_SET),
    ],
)
def test_an_issuer_that_does_not_answer_with_keys_is_asked_once_and_then_left_alone(
    tmp_path: Path, published: Published, status: int, body: bytes
) -> None:
    published.pages["/keys"] = (status, body)
    tokens = _fetching(tmp_path, published)
    for _ in range(3):
        with pytest.raises(IssuerUnavailable):
            tokens.principal(token())
    assert published.asked == ["/keys"]


def test_a_slow_issuer_is_not_waited_for(tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuer_keys, "FETCH_SECONDS", 0.2)
    published.seconds = 2.0
    tokens = _fetching(tmp_path, published)
    began = time.monotonic()
    with pytest.raises(IssuerUnavailable):
        tokens.principal(token())
    assert time.monotonic() - began < 1.5


def test_an_issuer_that_is_away_is_told_from_a_bad_token(tmp_path: Path) -> None:
    with publishing() as gone:
        url = gone.url
    tokens = Tokens(load_issuers(issuers_file(tmp_path, {"jwks": f"{url}/keys"})))
    with pytest.raises(IssuerUnavailable, match="in a minute"):
        tokens.principal(token())


def test_a_redirect_is_not_followed(tmp_path: Path, published: Published) -> None:
    with publishing() as elsewhere:
        elsewhere.pages["/keys"] = (200, json.dumps(key_set()).encode())
        published.pages["/keys"] = (302, f"{elsewhere.url}/keys".encode())
        with pytest.raises(IssuerUnavailable):
            _fetching(tmp_path, published).principal(token())
        assert elsewhere.asked == []


def _discovering(folder: Path, published: Published, **told: str) -> Tokens:
    document = {"issuer": published.url, "jwks_uri": f"{published.url}/keys"} | told
    published.pages[DISCOVERY] = (200, json.dumps(document).encode())
    return Tokens(load_issuers(issuers_file(folder, {"issuer": published.url, "jwks": None, "discovery": True})))


def test_discovery_finds_the_keys_at_the_issuer_s_own_address(tmp_path: Path, published: Published) -> None:
    assert _discovering(tmp_path, published).principal(token(iss=published.url))
    assert published.asked == [DISCOVERY, "/keys"]


def test_discovery_does_not_lead_elsewhere(tmp_path: Path, published: Published) -> None:
    with publishing() as elsewhere:
        elsewhere.pages["/keys"] = (200, json.dumps(key_set()).encode())
        for told in ({"jwks_uri": f"{elsewhere.url}/keys"}, {"jwks_uri": "file:///etc/passwd"}, {"issuer": "other"}):
            with pytest.raises(IssuerUnavailable):
                _discovering(tmp_path, published, **told).principal(token(iss=published.url))
        assert elsewhere.asked == []
    assert "/keys" not in published.asked


def test_whether_a_token_was_used_cannot_be_told_so_it_is_not_believed(tmp_path: Path) -> None:
    def away(key: str, seconds: int) -> bool:
        raise ConnectionError

    tokens = Tokens(load_issuers(issuers_file(tmp_path, {"once": True})), first_use=away)
    with pytest.raises(IssuerUnavailable):
        tokens.principal(token(jti="a"))
