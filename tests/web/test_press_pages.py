"""The bitácora press on pages: choosing, how many sheets it is, watching, taking away, printing, marking."""

import io
import os
import zipfile

import pytest

from app.printing import Printer
from app.store import open_store
from app.workflow import jobs, notebook_marks
from tests.web.site import HOST, Visitor, World, page, site, text
from tests.workflow.pressing import CODE, Press, settings_in, subject


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def press(settings):
    with open_store(settings) as store:
        yield Press(store).written(1, 2)


@pytest.fixture
def coordinator(settings, press):
    return entered(settings, press, press.coordinator)


def entered(settings, press, person):
    visitor = Visitor(site(World(settings)))
    with visitor.client.session_transaction(base_url=HOST) as held:
        held["token"] = press.store.sessions.start(person.id)
    return visitor


def ask(visitor, press, do="estimate", who=(1, 2, 3, 4, 5), **more):
    """What a browser sends: the ticked exchange with its ticked people."""
    typed = {"mode": "blank", "donde": "", "copies": "1", "spare": "0", "language": "", "key": "llave", **more}
    ticked = [("intercambio", press.dossier.id), *(("quien", f"{press.dossier.id}:{subject(number)}") for number in who)]
    return visitor.post("/cuadernos", [*typed.items(), *ticked, ("do", do)])


def made(visitor, press, **more):
    """The address of a run that is done."""
    there = ask(visitor, press, "start", **more).location
    jobs.work_at(press.store.settings, there.rpartition("/")[2])
    return there


def test_exchanges_are_shown_with_what_each_person_has(coordinator):
    seen = page(coordinator.get("/cuadernos"))
    assert CODE in seen.text_content()
    assert len(seen.xpath("//input[@name='quien']")) == 5
    hints = [each.text_content() for each in seen.xpath("//details//div[contains(@class, 'hint')]")]
    assert hints == ["Anexo VII firmado y bitácora escrita."] * 2 + ["No ha firmado el Anexo VII."] * 3
    assert seen.xpath("//select[@name='donde']/option[@value='SLV']")[0].text_content() == "El Salvador (Carta)"


@pytest.mark.parametrize(("query", "there"), [("estado=planning", True), ("pais=BRA", False), ("desde=2027-04-13", False),
                                              ("hasta=2027-04-12", True), ("desde=mal", True)])
def test_filters_narrow_the_list(coordinator, query, there):
    said = text(coordinator.get(f"/cuadernos?{query}"))
    assert (CODE in said) == there
    assert ("Con este filtro no hay ningún intercambio." in said) != there


def test_the_example_batch_is_told_before_it_is_printed(coordinator, press):
    seen = page(ask(coordinator, press, spare="1"))
    assert "Son 18 hojas" in seen.text_content()
    assert "6 cuadernos en papel Carta, 18 hojas" in seen.text_content()
    assert seen.xpath("//input[@name='spare']/@value") == ["1"]
    assert seen.xpath("//input[@name='intercambio']/@checked")
    assert seen.xpath("//button[@value='start']")


def test_who_gets_none_is_named_before_and_what_was_unticked_stays_so(coordinator, press):
    seen = page(ask(coordinator, press, mode="filled", donde="URY", who=(1, 3)))
    assert "Son 3 hojas" in seen.text_content()
    assert ": No ha firmado el Anexo VII." in " ".join(seen.text_content().split())
    assert "en papel A4" in seen.text_content()
    assert len(seen.xpath("//input[@name='quien'][@checked]")) == 2


@pytest.mark.parametrize(("wrong", "said"), [
    ({"who": ()}, "Elija al menos una persona"), ({"copies": "0"}, "Las copias van de 1 a 50."),
    ({"copies": "muchas"}, "Las copias van de 1 a 50."),
    ({"spare": "99"}, "de reserva van de 0 a 50"), ({"mode": "filled", "who": (4,), "do": "start"}, "No hay ningún cuaderno que imprimir"),
])
def test_what_cannot_be_printed_is_told_and_nothing_starts(coordinator, press, wrong, said):
    answer = ask(coordinator, press, **wrong)
    assert answer.status_code == 422
    assert said in text(answer)
    assert press.store.jobs.open() == ()


def test_a_run_is_watched_without_javascript_and_taken_away(coordinator, press):
    there = ask(coordinator, press, "start", spare="1").location
    assert "Preparando 0 de 12 archivos" in text(coordinator.get(there))
    assert page(coordinator.get(there)).xpath("//noscript/meta[@http-equiv='refresh']")
    jobs.work_at(press.store.settings, there.rpartition("/")[2])
    part = page(coordinator.get(there, headers={"HX-Request": "true"}))
    assert "Está listo." in part.text_content()
    assert not part.xpath("//head/title")
    seen = page(coordinator.get(there))
    links = seen.xpath("//main//a[starts-with(@href, '/cuadernos/')]/@href")
    files = {link.rpartition("/")[2]: coordinator.get(link) for link in links if "/archivo/" in link}
    assert {"imprimir_letter_1.pdf", "lista_de_control.pdf", "lista_de_control.xlsx", f"{CODE}_05_lectura.pdf"} <= set(files)
    assert all(each.status_code == 200 for each in files.values())
    with zipfile.ZipFile(io.BytesIO(coordinator.get(f"{there}/zip").data)) as held:
        assert set(files) <= set(held.namelist())
    assert CODE in text(coordinator.get("/cuadernos")).partition("Lo que ya pidió")[2]


def test_a_run_is_stopped_and_goes_on(coordinator, press):
    there = ask(coordinator, press, "start").location
    assert coordinator.post(f"{there}/cancelar").location == there
    assert "Se detuvo." in text(coordinator.get(there))
    assert coordinator.get(f"{there}/zip").status_code == 404
    assert coordinator.post(f"{there}/continuar").location == there
    jobs.work_at(press.store.settings, there.rpartition("/")[2])
    assert "Está listo." in text(coordinator.get(there))


def test_what_could_not_be_made_is_told_beside_the_name(coordinator, press):
    press.photo(2, "cover_photo", b"\xff\xd8\xff nothing more", caption="La foto rota")
    said = text(coordinator.get(made(coordinator, press, mode="filled")))
    assert "Está listo, pero no entero" in said
    assert "La foto «La foto rota» no se puede imprimir" in said
    assert "No ha firmado el Anexo VII." in said


def test_notebooks_are_marked_one_by_one_and_all_together(coordinator, press):
    there = made(coordinator, press)
    mark = {"marca": f"printed:{press.dossier.id}:{subject(2)}:si", "key": "a"}
    assert coordinator.post(f"{there}/marcar", mark).status_code == 302
    assert [each[0] for each in notebook_marks.marks(press.store, press.dossier)] == [subject(2)]
    coordinator.post(f"{there}/marcar", {"marca": "delivered", "key": "b"})
    seen = page(coordinator.get(there))
    assert len(seen.xpath("//button[@name='marca'][contains(., 'Quitar')]")) == 1 + 5
    coordinator.post(f"{there}/marcar", {"marca": f"printed:{press.dossier.id}:{subject(2)}:no", "key": "c"})
    assert {each[2] for each in notebook_marks.marks(press.store, press.dossier)} == {"delivered"}
    assert coordinator.post(f"{there}/marcar", {"marca": "burnt"}).status_code == 404


def test_a_file_is_sent_to_a_printer_of_the_house_once(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lp").write_text(f"#!/bin/sh\necho \"$@\" >> {tmp_path}/told\necho 'request id is cola-7 (1 file(s))'\n")
    (folder / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    settings = settings_in(tmp_path, printers=(Printer("Imprenta", "cola"),))
    with open_store(settings) as store:
        press = Press(store)
        visitor = entered(settings, press, press.coordinator)
        there = made(visitor, press)
        [value] = page(visitor.get(there)).xpath("//button[@name='a']/@value")
        for _ in range(2):
            said = visitor.post(f"{there}/imprimir", {"a": value, "key": "una"})
            assert "Trabajo: cola-7." in text(visitor.get(said.location))
        assert visitor.post(f"{there}/imprimir", {"a": "otra|imprimir_letter_1.pdf"}).status_code == 404
    [told] = (tmp_path / "told").read_text().splitlines()
    assert "-d cola -n 1" in told
    assert "media=Letter" in told


def test_the_trial_sheet_is_there_for_both_papers(coordinator):
    assert all(coordinator.get(f"/cuadernos/hoja-de-prueba/{paper}").data.startswith(b"%PDF") for paper in ("a4", "letter"))
    assert coordinator.get("/cuadernos/hoja-de-prueba/a3").status_code == 404


def test_the_press_is_for_who_prints_and_a_run_for_who_started_it(settings, press, coordinator):
    there = ask(coordinator, press, "start").location
    leader = entered(settings, press, press.walk.one("visiting_leader"))
    assert [leader.get(each).status_code for each in ("/cuadernos", there)] == [403, 403]
    other = press.store.people.add("Otra", "coordinación", email="otra@example.org")
    press.store.grants.give(other.id, "coordinator", "everything")
    assert entered(settings, press, other).get(there).status_code == 404
    assert entered(settings, press, other).get("/cuadernos").status_code == 200


def test_days_that_may_be_published_become_one_volume(coordinator, press):
    there = f"/expedientes/{press.dossier.id}/publicacion"
    assert "Todavía no hay ningún día que se pueda publicar." in text(coordinator.get(there))
    press.moved(press.diary(2), "signed")
    keys = page(coordinator.get(there)).xpath("//input[@name='dia']/@value")
    assert len(keys) == 5
    assert coordinator.post(there).status_code == 422
    made = coordinator.post(there, [("dia", keys[0]), ("dia", keys[1])])
    assert made.data.startswith(b"%PDF-")
    assert coordinator.post(there, {"dia": "nadie:nada"}).status_code == 404


def test_who_prints_finds_the_press_on_the_first_page_and_nobody_else_does(settings, press, coordinator):
    assert page(coordinator.get("/inicio")).xpath("//main//a[@href='/cuadernos']")
    leader = entered(settings, press, press.walk.one("visiting_leader"))
    assert not page(leader.get("/inicio")).xpath("//a[@href='/cuadernos']")
