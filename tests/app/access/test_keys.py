"""Keys open what they were issued for, for as long as they were, and are nowhere to be read."""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, text

from app.access.keys import Issued, Keys
from app.access.models import Principal, Scope
from app.access.stored_keys import KeyState
from app.store.audit import entries
from app.store.database import Database, open_database
from app.store.errors import NotFound, StoreError
from app.store.verify import verify
from tests.app.store.databases import START, Ticking, raises_in_words

HOUR = 3600


@pytest.fixture
def keys(database: Database) -> Keys:
    return Keys(database)


def later(keys: Keys, **by: float) -> None:
    clock = keys.database.clock
    assert isinstance(clock, Ticking)
    clock.now += timedelta(**by)


def set_before(keys: Keys, moment: datetime) -> None:
    """So that it is ``moment`` when the clock is next read, and a second later each time after it."""
    clock = keys.database.clock
    assert isinstance(clock, Ticking)
    clock.now = moment - timedelta(seconds=1)


def issued(keys: Keys, *scopes: Scope, days: float | None = None) -> Issued:
    end = None if days is None else START + timedelta(days=days)
    return keys.issue("The EHR of the north clinic", "north", scopes or (Scope.READ,), end)


def test_a_key_stands_for_its_tenant_and_its_scopes_and_no_person(keys: Keys) -> None:
    key = issued(keys, Scope.WRITE, Scope.READ)
    wanted = Principal(f"key:{key.id}", "north", frozenset({Scope.READ, Scope.WRITE}), None)
    assert keys.find(key.text) == wanted


def test_a_key_has_the_form_that_was_agreed_on(keys: Keys) -> None:
    made = [issued(keys) for _ in range(20)]
    assert all(re.fullmatch(r"gqa_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", key.text) for key in made)
    assert all(key.text.startswith(f"gqa_{key.id}_") for key in made)
    assert len({key.text[17:] for key in made}) == 20


def test_no_secret_is_stored_or_shown(keys: Keys) -> None:
    first = issued(keys)
    second = keys.rotate(first.id, HOUR)
    secrets = [key.text.rpartition(f"{key.id}_")[2] for key in (first, second)]
    with keys.database.reading() as connection:
        rows = str(connection.execute(text("SELECT * FROM api_keys")).all())
        trail = " ".join(entry.model_dump_json() for entry in entries(connection))
    shown = f"{rows} {trail} {keys.all()} {first!r} {second!r}"
    assert not any(secret in shown for secret in secrets)
    assert [hashlib.sha256(secret.encode()).hexdigest() in rows for secret in secrets] == [True, True]


Change = Callable[[str], str]
MALFORMED: list[Change] = [
    lambda key: "",
    lambda key: key[:-1],
    lambda key: key + "A",
    lambda key: key + "\n",
    lambda key: " " + key,
    lambda key: key.upper(),
    lambda key: key.replace("gqa_", "gqb_"),
    lambda key: key.replace("_", "-", 1),
    lambda key: "gqa_" + "０" * 12 + key[16:],
    lambda key: key[:-1] + "ä",
    lambda key: key[:-1] + "\x00",
    lambda key: key[:-1] + "\ud800",
    lambda key: key * 1000,
    lambda key: "' OR '1'='1",
    lambda key: "gqa__",
]


def test_what_is_no_key_finds_nobody_and_asks_no_database(keys: Keys) -> None:
    key = issued(keys).text
    asked: list[str] = []
    event.listen(keys.database.engine, "begin", lambda connection: asked.append("asked"))
    assert [keys.find(change(key)) for change in MALFORMED] == [None] * len(MALFORMED)
    assert asked == []
    assert keys.find(key) is not None
    assert asked == ["asked"]


def test_a_secret_opens_only_its_own_key(keys: Keys) -> None:
    mine, yours = issued(keys), issued(keys)
    secret = mine.text[17:]
    other = "B" if secret[-1] != "B" else "C"
    assert keys.find(f"gqa_{yours.id}_{secret}") is None
    assert keys.find(f"gqa_{'0' * 12}_{secret}") is None
    assert keys.find(f"gqa_{mine.id}_{secret[:-1]}{other}") is None


def test_the_stored_hash_is_no_credential(keys: Keys) -> None:
    key = issued(keys)
    with keys.database.reading() as connection:
        stored = connection.execute(text("SELECT secret_hash FROM api_keys")).scalar_one()
    assert keys.find(f"gqa_{key.id}_{stored[:43]}") is None
    assert keys.find(f"gqa_{key.id}_{stored}") is None


def test_a_key_ends_when_it_was_to_end(keys: Keys) -> None:
    key = issued(keys, days=1)
    set_before(keys, START + timedelta(days=1, seconds=-1))
    assert keys.find(key.text) is not None
    assert keys.find(key.text) is None  # the second in which it ends
    assert keys.get(key.id).state(keys.database.clock()) is KeyState.EXPIRED


def test_a_key_without_an_end_has_none(keys: Keys) -> None:
    key = issued(keys)
    later(keys, days=3650)
    assert keys.find(key.text) is not None


def test_a_revoked_key_opens_nothing_neither_with_its_old_secret(keys: Keys) -> None:
    first = issued(keys)
    second = keys.rotate(first.id, HOUR)
    keys.revoke(first.id)
    assert [keys.find(first.text), keys.find(second.text)] == [None, None]
    assert keys.get(first.id).state(keys.database.clock()) is KeyState.REVOKED


def test_an_old_secret_works_through_its_grace_and_no_longer(keys: Keys) -> None:
    first = issued(keys, Scope.REVIEW)
    second = keys.rotate(first.id, HOUR)
    assert second.id == first.id
    assert second.text != first.text
    assert keys.find(first.text) == keys.find(second.text) is not None
    ends = keys.get(first.id).previous_until
    assert ends is not None
    set_before(keys, ends - timedelta(seconds=1))
    assert keys.find(first.text) is not None
    assert keys.find(first.text) is None  # the second in which it ends
    assert keys.find(second.text) is not None


def test_without_grace_an_old_secret_stops_at_once(keys: Keys) -> None:
    first = issued(keys)
    second = keys.rotate(first.id)
    assert keys.find(first.text) is None
    assert keys.find(second.text) is not None


def test_a_second_rotation_ends_the_oldest_secret(keys: Keys) -> None:
    first = issued(keys)
    second = keys.rotate(first.id, HOUR)
    third = keys.rotate(first.id, HOUR)
    assert [keys.find(key.text) is not None for key in (first, second, third)] == [False, True, True]


def test_a_rotation_does_not_put_off_the_end(keys: Keys) -> None:
    first = issued(keys, days=1)
    second = keys.rotate(first.id, 48 * HOUR)
    later(keys, days=1)
    assert [keys.find(first.text), keys.find(second.text)] == [None, None]


def test_a_key_nobody_can_use_is_not_rotated(keys: Keys) -> None:
    revoked, expired = issued(keys), issued(keys, days=1)
    keys.revoke(revoked.id)
    later(keys, days=1)
    for key, why in ((revoked, "revoked"), (expired, "expired")):
        with raises_in_words(StoreError, key.id, why, "Issue a new key"):
            keys.rotate(key.id, HOUR)


@pytest.mark.parametrize("key_id", ["0" * 12, "", "\x00", "\ud800", "x" * 100])
def test_an_id_that_is_no_keys_is_not_found(sqlite_url: str, key_id: str) -> None:
    with open_database(sqlite_url) as database:
        for use in (Keys(database).revoke, Keys(database).rotate, Keys(database).get):
            with raises_in_words(NotFound, "There is no key", "keys list"):
                use(key_id)


REFUSED = [
    ("", "north", (Scope.READ,), None, "needs a name"),
    ("\u200b\n", "north", (Scope.READ,), None, "needs a name"),
    ("x" * 121, "north", (Scope.READ,), None, "needs a name"),
    ("x", "", (Scope.READ,), None, "small letters"),
    ("x", "North", (Scope.READ,), None, "small letters"),
    ("x", "-north", (Scope.READ,), None, "small letters"),
    ("x", "north\n", (Scope.READ,), None, "small letters"),
    ("x", "n" * 64, (Scope.READ,), None, "small letters"),
    ("x", "../etc", (Scope.READ,), None, "small letters"),
    ("x", "north", (), None, "without a scope"),
    ("x", "north", (Scope.READ,), START, "before it is issued"),
]


def test_a_key_that_makes_no_sense_is_not_issued(keys: Keys) -> None:
    for name, tenant, scopes, end, says in REFUSED:
        with raises_in_words(StoreError, says):
            keys.issue(name, tenant, scopes, end)
    assert keys.all() == ()
    assert verify(keys.database).entries == 0


def test_the_trail_has_every_change_by_the_operator_and_no_name(keys: Keys) -> None:
    key = issued(keys)
    keys.rotate(key.id, HOUR)
    keys.revoke(key.id)
    keys.revoke(key.id)
    with keys.database.reading() as connection:
        found = list(entries(connection))
    assert [(entry.actor, entry.action, entry.subject) for entry in found] == [
        ("operator", action, f"key:{key.id}") for action in ("key.issued", "key.rotated", "key.revoked")
    ]
    assert verify(keys.database).whole


def test_all_keys_are_listed_in_the_order_of_their_making(keys: Keys) -> None:
    made = [issued(keys).id for _ in range(4)]
    keys.revoke(made[1])
    assert [key.id for key in keys.all()] == made


def test_finding_reads_one_row_by_its_primary_key(sqlite_url: str) -> None:
    statements: list[str] = []
    with open_database(sqlite_url) as database:
        key = Keys(database).issue("x", "north", (Scope.READ,))
        event.listen(database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        Keys(database).find(key.text)
        begin, select = statements
        with database.reading() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {select}", (key.id,)).all()
    assert begin == "BEGIN"
    assert "SEARCH api_keys USING INDEX" in str(plan)


def test_secrets_are_compared_in_constant_time_also_for_a_key_that_is_not_there(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, compared = issued(keys), []
    constant = hmac.compare_digest

    def noted(one: str, other: str) -> bool:
        compared.append((len(one), len(other)))
        return constant(one, other)

    monkeypatch.setattr("app.access.keys.hmac.compare_digest", noted)
    for credential in (key.text, f"gqa_{'0' * 12}_{key.text[17:]}", f"gqa_{key.id}_{'A' * 43}"):
        compared.clear()
        keys.find(credential)
        assert compared == [(64, 64), (64, 64)]
