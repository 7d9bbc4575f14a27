"""Notebooks of an exchange: what they say, which photos they show, how many sheets they are, and printing them whatever happens."""

import io
import zipfile

import pytest

from app.errors import Forbidden, Invalid, NotFound
from app.rendering.notebook import BadPhoto
from app.rendering.readback import text_of_pdf
from app.store import open_store
from app.workflow import jobs, notebook_marks, notebook_orders, notebook_photos, notebook_runs, notebooks, withdrawals
from app.workflow.notebook_orders import Order
from tests.workflow.pressing import CODE, Press, picture, settings_in, subject

SECOND_DAY = "0GGZ1BXE"
"""Where the second traveller writes of the thirteenth of April: a centre that lets only spaces be photographed."""
THIRD_DAY = "NGRPN56E"
"""The fourteenth: a centre that allows no photos."""


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def press(settings):
    with open_store(settings) as store:
        yield Press(store)


def owner(press, number):
    return next(each for each in notebooks.owners(press.store, press.dossier) if each.subject == subject(number))


def book(press, number, mode="filled"):
    visit = notebooks.visit_of(press.store, press.dossier, "es", "letter")
    return notebooks.notebook(press.store, press.dossier, visit, owner(press, number), mode)


def ordered(press, mode="blank", **more):
    return Order({press.dossier.id: more.pop("who", ())}, mode, **more)


def ran(press, order, key=""):
    run = notebook_runs.start(press.store, press.coordinator, order, key)
    jobs.work_at(press.store.settings, run.id)
    return notebook_runs.result(press.store, press.coordinator, run.id)


def data(press, found, name):
    return notebook_runs.file(press.store, press.coordinator, found.run.id, name).data


def text(pdf):
    return " ".join(text_of_pdf(pdf).split())


# ── what they say ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_visit_is_told_as_its_annexes_tell_it(press):
    visit = notebooks.visit_of(press.store, press.dossier, "es", "letter")
    assert (visit.code, visit.countries, visit.of) == (CODE, ("Uruguay", "El Salvador"), "05")
    assert visit.days[0].date == "lunes 12 de abril"
    assert [day.city for day in visit.days] == ["Montevideo", "Montevideo", "Canelones", "Montevideo", "Montevideo"]
    assert [day.photos for day in visit.days] == [True, True, False, True, True]
    assert [row.title for row in visit.agenda][:2] == ["Bienvenida y acuerdos de trabajo", "Marco normativo y pasos de la habilitación"]
    assert visit.institutions[0] == "OEI"


def test_a_visit_without_an_agenda_has_a_page_for_each_weekday(settings):
    with open_store(settings) as store:
        walk = Press(store).walk
        fresh = walk.documents("A1")[0]
        rows = [path for path in store.revisions.leaves(fresh.id) if path.startswith("agenda.") and path.endswith("._order")]
        store.revisions.append(fresh.id, store.documents.get(fresh.id).revision, walk.secretariat.id, "", dict.fromkeys(rows))
        visit = notebooks.visit_of(store, store.dossiers.get(walk.dossier.id), "pt", "a4")
    assert (len(visit.days), visit.agenda, visit.days[0].hosts) == (5, (), ())
    assert visit.days[0].date == "segunda-feira, 12 de abril"


def test_a_blank_one_has_the_name_and_the_code_of_the_diary_and_nothing_written(press):
    press.written(2)
    made = book(press, 2, "blank")
    assert (made.name, made.number) == ("Especialista en estándares", "02")
    assert made.institution == "Ente rector de primera infancia de El Salvador"
    assert made.verification.replace("-", "") == press.diary(2).verification
    assert made.verification_url.endswith(f"/v/{press.diary(2).verification}")
    assert made.shown.days == ()


def test_a_filled_one_says_what_the_person_wrote_day_by_day(press):
    press.written(2)
    diary = book(press, 2).shown
    assert diary.days[1].saw.startswith("Cada sala tiene a la vista")
    assert diary.days[1].voice == "«La lista es para acompañar, no para sorprender»"
    assert len(diary.learnings) == 3
    assert diary.publish == "named"


def test_a_filled_one_names_the_line_of_transfer_as_anexo_v_does(press):
    press.written(2)
    code = f"{CODE}/A5/v1"
    press.store.documents.add(press.dossier.id, "A5", "2026-1", code, "A5A5A5A5A5A5A5A5", actor_id=press.walk.secretariat.id)
    press.walk.fill(press.walk.documents("A5")[0])
    assert book(press, 2).shown.transfer.startswith("TR-01")


def test_a_mixed_one_says_only_what_was_written_before_the_trip(press):
    press.written(2)
    shown = book(press, 2, "mixed").shown
    assert shown.expectations
    assert (shown.days, shown.highlight) == ((), "")


def test_the_publication_box_never_says_more_than_the_permission_that_still_counts(press):
    press.written(2)
    consents = next(each for each in press.walk.documents("A7") if each.subject == subject(2))
    withdrawals.withdraw(press.store, press.walk.secretariat, consents, "consent_log_publication", note="Lo pidió por teléfono el lunes.")
    assert book(press, 2).shown.publish == "no"


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_allowed_photo_is_printed_small_and_upright_without_what_it_carried(press):
    press.written(2)
    press.photo(2, f"days.{SECOND_DAY}.photo1", picture(4000, 3000))
    [photo] = book(press, 2).shown.days[1].photos
    assert photo.caption == "Una sala"
    assert photo.read().startswith(b"\xff\xd8\xff")
    assert b"Exif" not in photo.read()
    assert len(photo.read()) < 200_000


@pytest.mark.parametrize(
    ("place", "about"),
    [
        (f"days.{SECOND_DAY}.photo1", {"rights": False}),
        (f"days.{SECOND_DAY}.photo1", {"people": "not_sure"}),
        (f"days.{SECOND_DAY}.photo2", {"people": "adults_consented", "travellers": [subject(3)]}),
        (f"days.{THIRD_DAY}.photo1", {}),
        ("cover_photo", {"rights": False}),
    ],
    ids=["no rights", "somebody might be recognised", "people where only spaces may be shown", "a place without photos", "the cover"],
)
def test_a_photo_that_may_not_be_shown_is_left_out_and_counted(press, place, about):
    press.written(2)
    press.photo(2, place, **about)
    made = book(press, 2)
    assert not [photo for day in made.shown.days for photo in day.photos]
    assert made.cover is None
    assert notebooks.left_out(press.store, press.dossier, owner(press, 2)) == 1


def test_nobody_who_said_no_to_photos_is_on_one(press):
    press.written(2)
    press.consented(3, consent_photo=False)
    press.photo(2, "cover_photo", people="adults_consented", travellers=[subject(3)])
    assert book(press, 2).cover is None
    press.consented(1)
    press.say(2, cover_photo__travellers=[subject(1)])
    assert book(press, 2).cover is not None


@pytest.mark.parametrize(
    ("pixels", "kind", "mode"), [((7300, 5500), "JPEG", "RGB"), ((1300, 1300), "PNG", "RGBA"), ((1300, 1300), "JPEG", "L")]
)
def test_photos_of_any_size_and_colour_are_printed(press, pixels, kind, mode):
    press.written(2)
    press.photo(2, "cover_photo", picture(*pixels, kind, mode))
    assert len(book(press, 2).cover.read()) < 400_000


def test_a_broken_photo_is_refused_by_its_caption(press):
    press.written(2)
    press.photo(2, "cover_photo", picture()[:3000], caption="La foto rota")
    with pytest.raises(BadPhoto, match="La foto rota"):
        book(press, 2)


def test_photos_for_a_publication_need_the_permission_to_be_printed(press):
    press.written(2)
    press.consented(3, consent_photo=True, consent_image_print=False)
    press.photo(2, "cover_photo", people="adults_consented", travellers=[subject(3)])
    view = notebooks.view_of(press.store, press.dossier)
    assert notebook_photos.of(press.store, view, subject(2)).cover
    assert notebook_photos.of(press.store, view, subject(2), printed=True).cover is None


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_example_batch_is_eighteen_sheets(press):
    found = notebook_orders.estimate(press.store, press.coordinator, ordered(press, spare=1))
    assert (found.sheets, found.count) == (18, 6)
    [line] = found.lines
    assert (line.paper, {each.pages for each in line.books}) == ("letter", {12})


def test_copies_of_some_are_counted_and_spare_ones_once(press):
    order = ordered(press, who=(subject(1), subject(4)), copies=3, spare=2, paper="a4")
    found = notebook_orders.estimate(press.store, press.coordinator, order)
    assert (found.sheets, found.count, found.lines[0].paper) == ((2 * 3 + 2) * 3, 8, "a4")


def test_who_gets_no_filled_one_is_named_with_the_reason(press):
    press.written(1)
    press.consented(2)
    found = notebook_orders.estimate(press.store, press.coordinator, ordered(press, "filled"))
    told = {each.owner.number: each.reason for _, each in found.skipped}
    assert told == {"02": notebooks.NOTHING_WRITTEN, "03": notebooks.NOT_SIGNED, "04": notebooks.NOT_SIGNED, "05": notebooks.NOT_SIGNED}
    assert found.count == 1


@pytest.mark.parametrize("wrong", [{"mode": "other"}, {"copies": 0}, {"copies": 51}, {"spare": -1}, {"paper": "a3"}, {"language": "en"}])
def test_what_makes_no_sense_is_refused(press, wrong):
    with pytest.raises(Invalid):
        notebook_orders.estimate(press.store, press.coordinator, ordered(press, **wrong))


def test_nothing_to_print_is_refused_before_it_starts(press):
    with pytest.raises(Invalid, match="No hay ningún cuaderno"):
        notebook_runs.start(press.store, press.coordinator, ordered(press, "filled"))


def test_only_who_prints_may_ask(press):
    leader = press.walk.one("visiting_leader")
    with pytest.raises(Forbidden):
        notebook_orders.estimate(press.store, leader, ordered(press))
    assert notebook_orders.choices(press.store, leader) == ()
    with pytest.raises(NotFound):
        notebook_orders.estimate(press.store, press.coordinator, ordered(press, who=("nobody",)))


def test_exchanges_are_found_by_state_country_and_first_day(press):
    def found(**filters):
        return [each.dossier.code for each in notebook_orders.choices(press.store, press.coordinator, **filters)]

    assert found() == found(state="planning") == found(country="SLV") == found(since="2027-04-12", until="2027-04-12") == [CODE]
    assert found(state="ready") == found(country="BRA") == found(since="2027-04-13") == found(until="2027-04-11") == []


# ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_run_gives_each_their_notebook_imposed_and_for_reading_and_all_joined(press):
    press.written(1, 2)
    found = ran(press, ordered(press, "blank", spare=1, copies=2))
    assert (found.run.state, found.run.failed) == ("done", ())
    assert [each.name for each in found.joined] == ["imprimir_letter_1.pdf"]
    assert found.joined[0].pages == (5 * 2 + 1) * 3 * 2
    reading = text(data(press, found, f"{CODE}_02_lectura.pdf"))
    assert "Especialista en estándares" in reading
    assert "N.º 02 de 05" in reading
    assert text(data(press, found, f"{CODE}_02.pdf")).count("N.º 02 de 05") == 1


def test_the_control_list_counts_sheets_and_names_who_has_none(press):
    press.written(1, 2)
    press.photo(2, "cover_photo", rights=False)
    found = ran(press, ordered(press, "filled"))
    said = text(data(press, found, "lista_de_control.pdf"))
    assert "01 Jefatura de delegación visitante" in said
    for words in ("No ha firmado el Anexo VII.", "Fotos que no se imprimen", "imprimir_letter_1.pdf", "☐"):
        assert words in said
    with zipfile.ZipFile(io.BytesIO(data(press, found, "lista_de_control.xlsx"))) as book:
        texts, sheet = (book.read(name).decode() for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"))
    assert all(f">{words}<" in texts for words in ("N.º", "Nombre", "Hojas", "01", "Jefatura de delegación visitante"))
    assert sheet.count("<row ") == 1 + 5


def test_the_zip_holds_everything_and_is_the_same_each_time(press):
    found = ran(press, ordered(press, spare=1))
    with zipfile.ZipFile(io.BytesIO(jobs.result(press.store, press.coordinator, found.run.id).data)) as held:
        names = held.namelist()
        assert held.testzip() is None
    assert {each.name for each in notebook_runs.files(press.store, press.coordinator, found.run.id)} | {"MANIFEST.csv"} == set(names)
    assert len(names) == len(set(names)) == 1 + 2 + 5 * 2 + 1 + 1


def test_a_joined_file_is_cut_between_notebooks_where_it_grows_too_large(press, monkeypatch):
    monkeypatch.setattr(notebook_runs, "PART_SHEETS", 7)
    found = ran(press, ordered(press))
    assert [(each.name, each.pages) for each in found.joined] == [
        ("imprimir_letter_1.pdf", 12), ("imprimir_letter_2.pdf", 12), ("imprimir_letter_3.pdf", 6)
    ]  # fmt: skip


def test_a_poisoned_notebook_is_named_and_the_others_are_delivered(press):
    press.written(1, 2)
    press.photo(2, "cover_photo", picture()[:3000], caption="La foto rota")
    found = ran(press, ordered(press, "filled"))
    assert found.run.state == "done"
    assert set(found.run.failed) == {f"{CODE}_02.pdf", f"{CODE}_02_lectura.pdf"}
    assert "La foto rota" in found.run.problems[f"{CODE}_02.pdf"]
    assert "Jefatura de delegación visitante" in text(data(press, found, "imprimir_letter_1.pdf"))
    assert "La foto rota" in text(data(press, found, "lista_de_control.pdf"))


def test_what_failed_is_made_after_it_was_mended_and_what_was_made_stays(press):
    press.written(1, 2)
    press.photo(2, "cover_photo", picture()[:3000])
    found = ran(press, ordered(press, "filled"))
    before = {each.number: each.result for each in press.store.jobs.items(found.run.id) if each.number <= 2}
    press.photo(2, "cover_photo")
    jobs.resume(press.store, press.coordinator, found.run.id)
    jobs.work_at(press.store.settings, found.run.id)
    after = notebook_runs.result(press.store, press.coordinator, found.run.id)
    assert (after.run.state, after.run.failed) == ("done", ())
    assert {each.number: each.result for each in press.store.jobs.items(found.run.id) if each.number <= 2} == before


def test_a_stopped_run_goes_on_where_it_was(press):
    run = notebook_runs.start(press.store, press.coordinator, ordered(press))
    steps = jobs.working(press.store, run.id)
    next(steps)
    next(steps)
    steps.close()
    assert jobs.cancel(press.store, press.coordinator, run.id).state == "cancelled"
    jobs.work_at(press.store.settings, run.id)
    assert jobs.progress(press.store, press.coordinator, run.id).done == 2
    jobs.resume(press.store, press.coordinator, run.id)
    jobs.work_at(press.store.settings, run.id)
    assert jobs.progress(press.store, press.coordinator, run.id).state == "done"


def test_the_same_button_pressed_twice_is_one_run_and_runs_are_their_owners_only(press):
    order = ordered(press)
    first, second = (notebook_runs.start(press.store, press.coordinator, order, "llave") for _ in range(2))
    assert first.id == second.id
    with pytest.raises(NotFound):
        notebook_runs.result(press.store, press.walk.secretariat, first.id)
    assert [each.run.id for each in notebook_runs.mine(press.store, press.coordinator)] == [first.id]


# ── printed and handed over ──────────────────────────────────────────────────────────────────────────────────────────


def test_printed_and_delivered_are_marked_for_each_person_and_taken_back(press):
    about = press.store, press.coordinator, press.dossier, subject(2), "blank"
    notebook_marks.mark(*about, "printed")
    notebook_marks.mark(*about, "delivered")
    notebook_marks.mark(*about, "delivered", done=False)
    assert list(notebook_marks.marks(press.store, press.dossier)) == [(subject(2), "blank", "printed")]
    with pytest.raises(Forbidden):
        notebook_marks.mark(press.store, press.walk.one("visiting_leader"), *about[2:], "printed")
    with pytest.raises(NotFound):
        notebook_marks.mark(*about[:3], "nobody", "blank", "printed")


def test_all_of_a_run_are_marked_at_once_and_once(press):
    found = ran(press, ordered(press))
    for _ in range(2):
        notebook_marks.mark_all(press.store, press.coordinator, found, "printed", "llave")
    assert len(notebook_marks.marks(press.store, press.dossier)) == 5
    assert len(press.store.events.told(press.dossier.id, "notebook_printed")) == 5
