"""What is restricted never reaches the disk in clear, and what is forgotten is gone from it."""

import pytest

from app.errors import Damaged
from app.store import init, open_store
from app.store.keys import Keys, opened, seal
from tests.store.stores import furnished

CANARY = "CANARIO-7f3a9c-P1234567"


def bytes_kept(settings):
    """Everything on the disk, write-ahead log included."""
    return b"".join(path.read_bytes() for root in (settings.instance, settings.generated) for path in root.rglob("*") if path.is_file())


def test_a_restricted_value_is_in_no_byte_of_database_or_log(settings):
    with open_store(settings) as store:
        made = furnished(store)
        for number in range(20):
            changes = {"document": f"{CANARY}-{number}", "open": "en claro y visible"}
            store.revisions.append(made.document.id, number, made.person.id, "reserved", changes, secret={"document": made.person.id})
        assert store.revisions.leaves(made.document.id)["document"] == f"{CANARY}-19"
        assert b"en claro y visible" in bytes_kept(settings)
        assert CANARY.encode() not in bytes_kept(settings)
        store.sweep()
        assert CANARY.encode() not in bytes_kept(settings)
    assert CANARY.encode() not in bytes_kept(settings)


def test_a_destroyed_key_is_in_no_byte_of_database_or_log(settings):
    with open_store(settings) as store:
        made = furnished(store)
        store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": CANARY}, secret={"x": made.person.id})
        wrapped = store.db.one("SELECT wrapped FROM person_keys")["wrapped"]
        assert wrapped in bytes_kept(settings)
        store.people.forget_key(made.person.id)
        assert wrapped not in bytes_kept(settings)


def test_a_reader_in_the_way_delays_the_emptying_of_the_log_and_the_sweep_makes_up_for_it(settings):
    with open_store(settings) as store, open_store(settings) as reader:
        made = furnished(store)
        store.db.run("PRAGMA busy_timeout = 10")
        store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": CANARY}, secret={"x": made.person.id})
        wrapped = store.db.one("SELECT wrapped FROM person_keys")["wrapped"]
        with reader.snapshot():
            reader.people.all()
            store.people.forget_key(made.person.id)
            assert store.revisions.leaves(made.document.id) == {"x": None}
    with open_store(settings) as store:
        store.sweep()
        assert wrapped not in bytes_kept(settings)


def test_another_installations_key_opens_nothing(settings, tmp_path):
    with open_store(settings) as store:
        made = furnished(store)
        store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": CANARY}, secret={"x": made.person.id})
    (settings.instance / "encryption.key").unlink()
    kept = settings.database.rename(tmp_path / "kept.db")
    init(settings)
    settings.database.unlink()
    kept.rename(settings.database)
    with open_store(settings) as store:
        with pytest.raises(Damaged):
            store.revisions.leaves(made.document.id)
        assert store.revisions.wrong() == [(made.document.id, 1)]


def test_the_same_value_is_sealed_differently_each_time():
    key = bytes(32)
    first, second = (seal(key, b"igual", "lugar") for _ in range(2))
    assert first != second
    assert opened(key, first, "lugar") == opened(key, second, "lugar") == b"igual"


@pytest.mark.parametrize("harm", ["place", "key", "byte", "cut", "empty"])
def test_a_sealed_value_opens_only_unchanged_in_its_place(harm):
    key, sealed = bytes(32), seal(bytes(32), b"valor", "lugar")
    place = "otro" if harm == "place" else "lugar"
    key = bytes([1]) * 32 if harm == "key" else key
    sealed = {"byte": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:-1], "empty": b""}.get(harm, sealed)
    with pytest.raises(Damaged):
        opened(key, sealed, place)


def test_a_persons_key_cannot_be_given_to_another():
    keys = Keys(bytes(32))
    key, wrapped = keys.fresh("ana")
    assert keys.unwrapped("ana", wrapped) == key
    with pytest.raises(Damaged):
        keys.unwrapped("eva", wrapped)


def test_settings_and_stores_do_not_show_their_keys(settings):
    assert repr(settings.encryption_key) not in repr(settings)
    assert "key" not in repr(settings)
