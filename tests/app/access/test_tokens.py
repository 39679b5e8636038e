"""Which tokens are believed, and what they make of their bearer."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.access.issuers import load_issuers
from app.access.models import Principal, Scope
from app.access.tokens import TokenError, Tokens
from tests.app.access.issuing import AUDIENCE, CURVE, EDWARDS, ISSUER, issuers_file, token

ACTOR = re.compile(r"[a-z][a-z0-9_.:-]{0,39}")


def _tokens(folder: Path, *entries: Mapping[str, Any]) -> Tokens:
    return Tokens(load_issuers(issuers_file(folder, *entries)))


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return _tokens(tmp_path)


def test_a_good_token_stands_for_its_bearer_without_naming_him(tokens: Tokens) -> None:
    principal = tokens.principal(token(sub="maria.lopez@example.org", name="Maria Lopez"))
    assert principal == Principal(id=principal.id, tenant="clinic-a", scopes=frozenset({Scope.READ}), name=None)
    assert ACTOR.fullmatch(principal.id)
    assert "maria" not in principal.id


@pytest.mark.parametrize(("key", "algorithm", "kid"), [(CURVE, "ES256", "curve"), (EDWARDS, "EdDSA", "edwards")])
def test_each_kind_of_key_the_issuer_may_use_is_checked(tokens: Tokens, key: Any, algorithm: str, kid: str) -> None:
    assert tokens.principal(token(key, algorithm=algorithm, kid=kid)).tenant == "clinic-a"


def test_the_same_person_is_the_same_principal_and_another_is_another(tokens: Tokens) -> None:
    first, again, other = (tokens.principal(token(sub=sub)).id for sub in ("user-1", "user-1", "user-2"))
    assert first == again != other


def test_a_client_without_subject_is_known_by_its_issuer(tokens: Tokens) -> None:
    assert tokens.principal(token(sub=None)).id == tokens.principal(token(sub=None)).id


@pytest.mark.parametrize(
    "audience", [AUDIENCE, [AUDIENCE], ["https://else.example.org", AUDIENCE], "https://guidelines.example.org/cds"]
)
def test_a_token_may_be_meant_for_any_of_the_addresses(tmp_path: Path, audience: Any) -> None:
    tokens = _tokens(tmp_path, {"audience": [AUDIENCE, "https://guidelines.example.org/cds"]})
    assert tokens.principal(token(aud=audience))


@pytest.mark.parametrize(("iat", "exp"), [(50, 300), (-400, -50)])
def test_clocks_may_differ_by_a_minute(tokens: Tokens, iat: int, exp: int) -> None:
    now = int(time.time())
    assert tokens.principal(token(iat=now + iat, exp=now + exp))


SCOPES = {"claim": "scope", "map": {"gqa.read": "read", "gqa.review": "review"}}


@pytest.mark.parametrize(
    ("claimed", "scopes"),
    [
        ("gqa.read gqa.review openid", {Scope.READ, Scope.REVIEW}),
        (["gqa.review"], {Scope.REVIEW}),
        ("read admin", set()),
        ("", set()),
        (None, set()),
        (7, set()),
        ([["gqa.read"], None], set()),
        ({"gqa.read": True}, set()),
    ],
)
def test_scopes_are_what_the_map_makes_of_the_claim(tmp_path: Path, claimed: Any, scopes: set[Scope]) -> None:
    tokens = _tokens(tmp_path, {"scopes": SCOPES})
    assert tokens.principal(token(scope=claimed)).scopes == scopes


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["reviewer"]}}),
        ("https://example.org/roles", {"https://example.org/roles": ["reviewer"]}),
    ],
)
def test_a_claim_is_found_by_its_name_or_by_a_path(tmp_path: Path, path: str, more: dict[str, Any]) -> None:
    tokens = _tokens(tmp_path, {"scopes": {"claim": path, "map": {"reviewer": "review"}}})
    assert tokens.principal(token(**more)).scopes == {Scope.REVIEW}


def test_the_tenant_may_be_one_of_those_the_issuer_acts_for(tmp_path: Path) -> None:
    tokens = _tokens(tmp_path, {"tenant": {"claim": "org", "allowed": ["clinic-a", "clinic-b"]}})
    assert tokens.principal(token(org="clinic-b")).tenant == "clinic-b"
    for wrong in ("clinic-c", "local", ["clinic-a"], None):
        with pytest.raises(TokenError, match="no tenant"):
            tokens.principal(token(org=wrong))


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ("Maria Lopez", "Maria Lopez"),
        (" Ann ", "Ann"),
        ("", None),
        ("a\nb", None),
        (["Ann"], None),
        ("x" * 300, "x" * 120),
    ],
)
def test_the_name_is_the_claim_the_issuer_entry_tells(tmp_path: Path, claimed: Any, name: str | None) -> None:
    tokens = _tokens(tmp_path, {"name_claim": "full_name"})
    assert tokens.principal(token(full_name=claimed, name="not this one")).name == name


def test_a_token_without_the_name_it_should_have_reviews_nothing(tmp_path: Path) -> None:
    tokens = _tokens(tmp_path, {"name_claim": "full_name", "scopes": ["read", "review"]})
    assert tokens.principal(token(full_name="Ann")).scopes == {Scope.READ, Scope.REVIEW}
    assert tokens.principal(token(name="Ann")).scopes == {Scope.READ}


def test_a_token_of_one_use_is_used_once(tmp_path: Path) -> None:
    tokens = _tokens(tmp_path, {"once": True})
    first = token(jti="a")
    assert tokens.principal(first)
    with pytest.raises(TokenError, match="used before"):
        tokens.principal(first)
    with pytest.raises(TokenError, match="used before"):
        tokens.principal(token(jti="a", sub="another"))
    assert tokens.principal(token(jti="b"))


@pytest.mark.parametrize("jti", [None, "", "x" * 501])
def test_a_token_of_one_use_needs_a_name(tmp_path: Path, jti: str | None) -> None:
    with pytest.raises(TokenError, match="jti"):
        _tokens(tmp_path, {"once": True}).principal(token(jti=jti))


def test_a_refused_token_does_not_use_up_its_name(tmp_path: Path) -> None:
    tokens = _tokens(tmp_path, {"once": True})
    with pytest.raises(TokenError, match="audience"):
        tokens.principal(token(jti="a", aud="https://else.example.org"))
    assert tokens.principal(token(jti="a"))


def test_two_issuers_are_kept_apart(tmp_path: Path) -> None:
    other = "https://other.example.org"
    tokens = _tokens(tmp_path, {}, {"issuer": other, "tenant": "clinic-b"})
    mine, theirs = tokens.principal(token(iss=ISSUER)), tokens.principal(token(iss=other))
    assert (mine.tenant, theirs.tenant) == ("clinic-a", "clinic-b")
    assert mine.id != theirs.id
