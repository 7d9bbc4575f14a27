"""Dossiers, documents and their revisions, for any database."""

from contextlib import suppress
from datetime import timedelta

import pytest

from app.errors import AlreadyThere, Invalid, NotFound, NotSaved, Stale
from app.store import NotAccepted
from tests.store.stores import AT, CODE


def test_ids_are_random_and_fit_an_address(store, made):
    ids = {made.person.id, made.unit.id, made.dossier.id, made.document.id}
    assert len(ids) == 4
    assert all(len(each) == 26 and each.isalnum() and each.isascii() for each in ids)


def test_a_dossier_is_found_by_id_code_and_unit(store, made):
    assert store.dossiers.get(made.dossier.id) == store.dossiers.by_code(CODE) == store.dossiers.of_unit(made.unit.id)[0]
    assert store.dossiers.by_code("IAT-SLV-CONNA-DPI-2021-2") is None
    with pytest.raises(NotFound):
        store.dossiers.get("nada")


def test_a_taken_code_leads_to_the_dossier_that_has_it(store, made):
    with pytest.raises(AlreadyThere) as told:
        store.dossiers.add(CODE, "assistance", "Otro", "SLV", "es_SV", actor_id=made.person.id)
    assert (told.value.dossier_id, told.value.code) == (made.dossier.id, CODE)
    assert CODE in str(told.value)


def test_changed_facts_keep_the_others_and_their_event_names_them_without_values(store, made):
    store.dossiers.set_facts(made.dossier.id, {"year": 2021, "title": "Con acentos: ñ"}, made.person.id)
    store.dossiers.set_facts(made.dossier.id, {"year": 2021, "semester": 1}, made.person.id)
    assert store.dossiers.get(made.dossier.id).facts == {"year": 2021, "title": "Con acentos: ñ", "semester": 1}
    told = [event.payload for event in store.events.of(made.dossier.id) if event.kind == "facts_changed"]
    assert told == [{"facts": ["title", "year"]}, {"facts": ["semester"]}]


def test_a_document_is_found_by_id_code_verification_code_and_dossier(store, made):
    kept = store.documents.get(made.document.id)
    assert kept == made.document == store.documents.by_code(f"{CODE}/v1") == store.documents.by_verification("0123456789ABCDEF")
    assert store.documents.of(made.dossier.id) == (kept,)
    assert (kept.state, kept.state_at, kept.revision) == ("draft", AT, 0)


@pytest.mark.parametrize("taken", ["code", "verification", "address"])
def test_a_document_takes_nothing_another_has(store, made, taken):
    code = f"{CODE}/v1" if taken == "code" else "otro"
    verification = "0123456789ABCDEF" if taken == "verification" else "otro"
    version = 1 if taken == "address" else 2
    with pytest.raises(NotAccepted):
        store.documents.add(made.dossier.id, "IAT", "1", code, verification, actor_id=made.person.id, version=version)


def test_a_document_moves_from_the_state_it_is_in_only(store, made):
    moved = store.documents.move(made.document.id, "submitted", "draft", "submitted", made.person.id, at=AT + timedelta(days=1))
    assert (moved.state, moved.state_at) == ("submitted", AT + timedelta(days=1))
    with pytest.raises(Stale):
        store.documents.move(made.document.id, "submitted", "draft", "submitted", made.person.id)
    assert [event.kind for event in store.events.of(made.dossier.id)] == ["dossier_opened", "document_opened", "submitted"]


@pytest.mark.parametrize("text", ["\ud800", "\x00", "ñ" * 100_000, "' OR 1=1 --", "%"])
def test_whatever_is_looked_up_is_not_there_or_no_text_at_all(store, made, text):
    documents = store.documents
    for look_up in (documents.get, documents.by_code, documents.by_verification, store.dossiers.by_code, store.people.by_email):
        with suppress(NotFound, Invalid):
            assert look_up(text) is None


def test_people_are_assigned_and_unassigned_by_role(store, made):
    store.documents.assign(made.document.id, "filler", made.person.id, made.person.id)
    store.documents.assign(made.document.id, "reviewer", made.person.id, made.person.id)
    store.documents.unassign(made.document.id, "filler", made.person.id, made.person.id)
    assert store.documents.assigned(made.document.id) == (("reviewer", made.person.id),)


def save(store, made, expected, changes, **more):
    return store.revisions.append(made.document.id, expected, made.person.id, "a", changes, **more)


def test_a_revision_keeps_what_changed_and_the_leaves_are_the_latest_of_each(store, made):
    assert save(store, made, 0, {"title": "uno", "entries.K7Q2M9XB._order": 0}) == 1
    assert save(store, made, 1, {"title": "dos", "money": {"amount": 1250, "currency": "USD"}, "none": None}) == 2
    assert store.revisions.leaves(made.document.id) == {
        "title": "dos", "entries.K7Q2M9XB._order": 0, "money": {"amount": 1250, "currency": "USD"}, "none": None,
    }
    assert store.revisions.leaves(made.document.id, 1) == {"title": "uno", "entries.K7Q2M9XB._order": 0}
    assert store.revisions.leaves(made.document.id, 0) == {}
    assert store.documents.get(made.document.id).revision == 2


VALUES = ["", "ñ → ẽ ☒ 😀", "\x00", " \n\t ", True, False, 0, -1, 2**53, [], {}, ["a", None], {"a": {"b": [1]}}, None]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_comes_back_as_it_went(store, made, value):
    save(store, made, 0, {"x": value})
    assert store.revisions.leaves(made.document.id) == {"x": value}


def test_text_that_is_no_unicode_is_refused_and_nothing_is_kept(store, made):
    with pytest.raises(Invalid):
        save(store, made, 0, {"good": "sí", "bad": "\ud800"})
    assert store.revisions.leaves(made.document.id) == {}
    assert store.documents.get(made.document.id).revision == 0


def test_revisions_are_read_in_order_with_who_when_and_from_where(store, made):
    for number in range(3):
        save(store, made, number, {"x": number}, at=AT + timedelta(minutes=number), base=max(0, number - 1))
    later = store.revisions.since(made.document.id, 1)
    assert [(each.number, each.base, each.changes, each.at) for each in later] == [
        (2, 0, {"x": 1}, AT + timedelta(minutes=1)), (3, 1, {"x": 2}, AT + timedelta(minutes=2)),
    ]
    assert {(each.person_id, each.section) for each in later} == {(made.person.id, "a")}
    assert store.revisions.last(made.document.id) == store.revisions.get(made.document.id, 3) == later[-1]


def test_a_document_nobody_saved_has_no_revision(store, made):
    assert store.revisions.last(made.document.id) is None
    assert store.revisions.since(made.document.id) == ()
    with pytest.raises(NotFound):
        store.revisions.get(made.document.id, 1)


def test_a_save_from_an_old_revision_is_stale_and_writes_nothing(store, made):
    save(store, made, 0, {"x": "primera"})
    with pytest.raises(Stale) as told:
        save(store, made, 0, {"x": "tarde"})
    assert told.value.places == {"expected": 0, "current": 1}
    assert store.revisions.leaves(made.document.id) == {"x": "primera"}
    assert len(store.revisions.since(made.document.id)) == 1


def test_a_save_of_nothing_is_no_revision(store, made):
    assert save(store, made, 0, {}) == 0
    assert store.revisions.last(made.document.id) is None


def test_a_save_into_no_document_is_not_found(store, made):
    with pytest.raises(NotFound):
        store.revisions.append("nada", 0, made.person.id, "a", {"x": 1})


def test_each_save_tells_its_event_with_paths_and_mark_but_no_value(store, made):
    save(store, made, 0, {"y": "valor secreto", "x": "otro valor"}, kind="answers_restored")
    event, revision = store.events.of(made.dossier.id)[-1], store.revisions.last(made.document.id)
    assert (event.kind, event.actor_id, event.at) == ("answers_restored", made.person.id, revision.at)
    assert event.payload == {
        "document": made.document.id, "section": "a", "revision": 1, "base": 0, "paths": ["x", "y"], "hmac": revision.hmac,
    }


def test_what_fails_inside_atomic_leaves_nothing_behind(store, made):
    def fails():
        with store.atomic():
            save(store, made, 0, {"x": 1})
            store.documents.move(made.document.id, "submitted", "draft", "submitted", made.person.id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert store.documents.get(made.document.id) == made.document
    assert store.revisions.leaves(made.document.id) == {}
    assert len(store.events.of(made.dossier.id)) == 2
    assert store.events.broken() == []


def test_a_failed_part_inside_atomic_can_be_survived(store, made):
    with store.atomic():
        save(store, made, 0, {"x": "queda"})
        with pytest.raises(Stale):
            save(store, made, 0, {"x": "no queda"})
    assert store.revisions.leaves(made.document.id) == {"x": "queda"}


def test_another_connection_sees_what_was_saved_and_only_that(another, made):
    first, second = another(), another()
    with first.atomic():
        save(first, made, 0, {"x": 1})
        assert second.revisions.leaves(made.document.id) == {}
    assert second.revisions.leaves(made.document.id) == {"x": 1}


def test_a_snapshot_is_for_reading_only(store, made):
    with store.snapshot():
        with pytest.raises(NotSaved):
            save(store, made, 0, {"x": 1})
        with pytest.raises(NotSaved):
            store.people.set_locale(made.person.id, "en")
    assert store.people.get(made.person.id).locale == "es"
    assert save(store, made, 0, {"x": 1}) == 1


def test_a_snapshot_does_not_move_while_others_write(another, made):
    reader, writer = another(), another()
    with reader.snapshot():
        assert reader.revisions.leaves(made.document.id) == {}
        save(writer, made, 0, {"x": 1})
        assert reader.revisions.leaves(made.document.id) == {}
    assert reader.revisions.leaves(made.document.id) == {"x": 1}
