"""A document's life on its pages, without JavaScript: sent, returned, answered, approved, signed, sealed, renewed, annulled."""

import pytest

from app.store import open_store
from tests.web.site import Visitor, code_for, completed, page, text

REASON = "El periodo del informe no es el que corresponde."


@pytest.fixture
def head(app, world):
    return Visitor(app).enter(world, "Jefatura")


@pytest.fixture
def secretariat(app, world):
    return Visitor(app).enter(world, "Secretaría")


@pytest.fixture
def document(world):
    """A report with nothing missing."""
    return completed(world)


def press(visitor, address, button, **said):
    """Fill the form of a page that has this button and send it; returns the page it leads to."""
    seen = page(visitor.get(address))
    forms = [form for form in seen.forms if any(words(each).startswith(button) for each in form.xpath(".//button"))]
    assert forms, (button, " ".join(seen.text_content().split())[:2000])
    pressed = next(each for each in forms[0].xpath(".//button") if words(each).startswith(button))
    data = {**dict(forms[0].form_values()), **said} | ({pressed.get("name"): pressed.get("value")} if pressed.get("name") else {})
    answer = visitor.send("POST", forms[0].get("action"), data=data)
    return visitor.get(answer.headers["Location"]) if answer.status_code == 302 else answer


def words(element) -> str:
    return " ".join(element.text_content().split())


def submitted(editor, document):
    press(editor, f"{document}/revisar", "Enviar a revisión")
    return document


def commented(head, document, path="summary", said="Diga cuántas mesas se reunieron."):
    press(head, f"{document}/comentar/{path}", "Comentar", text=said)
    return document


def returned(editor, head, document):
    press(head, f"{commented(head, submitted(editor, document))}/revision", "Devolver solo esto")
    return document


def answered(editor, document):
    editor.form(f"{document}/head").fill(summary="Se reunieron doce mesas en el semestre, con actas.").press("stay")
    return press(editor, f"{document}/observaciones", "Responder", text="Ya dice cuántas.")


def approved(editor, head, document):
    press(head, f"{submitted(editor, document)}/revision", "Aprobar")
    return document


def signed_by(visitor, world, name, document):
    return press(visitor, f"{document}/firma", "Firmar", code=code_for(world, name, document), method="typed")


def signed(editor, head, world, document):
    approved(editor, head, document)
    signed_by(editor, world, "Edición", document)
    assert "El documento está sellado" in text(signed_by(head, world, "Jefatura", document))
    return document


def state(world, document):
    with open_store(world.settings) as store:
        return store.documents.get(document.rpartition("/")[2]).state


def test_what_is_complete_is_sent_and_then_only_read(editor, document):
    before = text(editor.get(f"{document}/revisar"))
    assert "Quien lo revisa: Jefatura De Prueba." in before
    after = text(press(editor, f"{document}/revisar", "Enviar a revisión"))
    assert "Está enviado." in after
    assert "Quien lo revisa: Jefatura De Prueba" in after
    seen = page(editor.get(f"{document}/head"))
    assert seen.xpath("//form[@id='filling']/fieldset/@disabled")
    assert not seen.xpath("//button[@value='next']")
    assert "Jefatura De Prueba" in seen.text_content()


def test_an_open_page_of_what_was_sent_meanwhile_is_told_and_changes_nothing(editor, colleague, document):
    open_page = colleague.form(f"{document}/head").fill(summary="Escrito demasiado tarde para que cuente.")
    submitted(editor, document)
    answer = open_page.press("next")
    assert answer.status_code == 409
    assert "ya no se cambia" in text(answer)
    assert f"{document}/revisar" in page(answer).xpath("//main//a/@href")
    assert "demasiado tarde" not in text(editor.get(f"{document}/revisar"))


def test_a_comment_is_pinned_to_an_answer_or_to_a_cell(editor, head, document):
    submitted(editor, document)
    seen = page(head.get(f"{document}/revision"))
    links = seen.xpath("//a[contains(@class, 'anexa-comment')]/@href")
    cell = next(each for each in links if "/entries-" in each and each.endswith("-product"))
    for address in (cell, f"{document}/comentar/summary"):
        press(head, address, "Comentar", text=f"Revise {address[-7:]}.")
    told = text(head.get(f"{document}/revision"))
    assert "Observaciones de esta revisión: 2" in told
    assert "Revise product." in told
    assert "Revise summary." in told


def test_a_comment_without_words_is_asked_again(editor, head, document):
    submitted(editor, document)
    answer = press(head, f"{document}/comentar/summary", "Comentar", text="   ")
    assert answer.status_code == 422
    assert "Escriba el comentario" in text(answer)


def test_a_comment_can_be_taken_back_before_it_is_returned(editor, head, document):
    commented(head, submitted(editor, document))
    assert "doce" not in text(press(head, f"{document}/revision", "Quitar"))
    assert "escriba antes al menos una observación" in text(head.get(f"{document}/revision"))


def test_with_htmx_only_the_place_of_the_comment_is_drawn_anew(editor, head, document):
    submitted(editor, document)
    asked = head.get(f"{document}/comentar/summary", headers={"HX-Request": "true"})
    assert "<html" not in asked.get_data(as_text=True)
    told = head.post(f"{document}/comentar/summary", {"text": "Falta la fuente."}, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in told
    assert "Falta la fuente." in told
    assert 'hx-swap-oob="true"' in told
    assert "Devolver solo esto" in told


def test_who_fills_sees_no_comment_before_it_is_returned(editor, head, document):
    commented(head, submitted(editor, document))
    assert "cuántas mesas" not in text(editor.get(f"{document}/observaciones"))


def test_a_returned_answer_is_open_and_the_others_are_shown_and_locked(editor, head, document):
    returned(editor, head, document)
    seen = page(editor.get(f"{document}/head"))
    assert seen.xpath("//form[@id='filling']//textarea/@name") == ["summary"]
    assert not seen.xpath("//form[@id='filling']//input[not(@type='hidden')]")
    assert "Diga cuántas mesas se reunieron." in seen.text_content()
    assert "Consejo Nacional de la Niñez" in seen.text_content()


def test_a_locked_answer_that_is_sent_anyway_is_refused(editor, head, document):
    returned(editor, head, document)
    answer = editor.form(f"{document}/head").fill(institution="Otra institución cualquiera").press("stay")
    assert answer.status_code == 409
    assert "Otra institución" not in text(editor.get(f"{document}/revisar"))


def test_a_returned_cell_opens_its_own_box_only(editor, head, document):
    submitted(editor, document)
    links = page(head.get(f"{document}/revision")).xpath("//a[contains(@class, 'anexa-comment')]/@href")
    cell = next(each for each in links if "/entries-" in each and each.endswith("-product"))
    press(head, cell, "Comentar", text="¿Qué producto es?")
    press(head, f"{document}/revision", "Devolver solo esto")
    name = cell.rpartition("/")[2]
    row = page(editor.get(f"{document}/entries/entries/{name.split('-')[1]}"))
    assert row.xpath("//form[@id='filling']//input[not(@type='hidden')]/@name | //form[@id='filling']//textarea/@name") == [name]
    assert "¿Qué producto es?" in row.text_content()
    whole = page(editor.get(f"{document}/entries"))
    assert not whole.xpath("//button[starts-with(@value, 'add:') or starts-with(@value, 'remove:')]")


def test_every_comment_is_answered_before_it_is_sent_again(editor, head, document):
    returned(editor, head, document)
    assert "Observaciones por responder: 1" in text(editor.get(f"{document}/observaciones"))
    refused = editor.post(f"{document}/enviar")
    assert refused.status_code == 409
    assert "Todavía falta algo" in text(refused)
    told = text(answered(editor, document))
    assert "Ya dice cuántas." in told
    assert "Está enviado." in text(press(editor, f"{document}/observaciones", "Volver a enviar"))


def test_the_second_time_the_reviewer_sees_the_words_that_changed(editor, head, document):
    returned(editor, head, document)
    answered(editor, document)
    press(editor, f"{document}/observaciones", "Volver a enviar")
    seen = page(head.get(f"{document}/revision"))
    assert any("doce" in each.text_content() for each in seen.xpath("//ins"))
    assert seen.xpath("//del")
    assert "[agregado:" in seen.xpath("//ins//*[contains(@class, 'visually-hidden')]")[0].text_content()
    assert "Ya dice cuántas." in seen.text_content()


def test_approving_what_changed_meanwhile_is_told(editor, head, document):
    submitted(editor, document)
    answer = head.post(f"{document}/aprobar", {"revision": "1"})
    assert answer.status_code == 409
    assert "Otra persona" in text(answer)


def test_the_second_of_two_reviewers_reads_what_the_first_decided(app, editor, head, world, document):
    with open_store(world.settings) as store:
        store.grants.give(world.people["Nadie"], "unit_head", "unit", world.units["SLV-CONNA-DPI"])
    other = Visitor(app).enter(world, "Nadie")
    commented(head, submitted(editor, document))
    late = page(other.get(f"{document}/revision"))
    revision = late.xpath("//input[@name='revision']/@value")[0]
    press(head, f"{document}/revision", "Devolver solo esto")
    answer = other.post(f"{document}/aprobar", {"revision": revision})
    assert answer.status_code == 409
    assert "Este documento está en otro estado: Observado." in text(answer)
    assert "Jefatura De Prueba devolvió" in text(answer)
    assert f"{document}/revisar" in page(answer).xpath("//main//a/@href")


def test_nobody_approves_what_they_filled(editor, world, document):
    with open_store(world.settings) as store:
        store.grants.give(world.people["Edición"], "unit_head", "unit", world.units["SLV-CONNA-DPI"])
    submitted(editor, document)
    assert "lo aprueba otra persona" in text(editor.get(f"{document}/revision"))
    assert editor.post(f"{document}/aprobar", {"revision": "2"}).status_code == 403


def test_a_role_lost_while_a_page_is_open_ends_in_a_plain_page(editor, head, world, document):
    submitted(editor, document)
    with open_store(world.settings) as store:
        for grant in store.grants.of(world.people["Jefatura"]):
            store.grants.take(grant.id)
    answer = head.post(f"{document}/comentar/summary", {"text": "Tarde"})
    assert answer.status_code == 404
    assert answer.get_data() == head.post(f"/documentos/{'0' * 26}/comentar/summary", {"text": "Tarde"}).get_data()


def test_it_is_signed_in_order_and_the_last_signature_seals(editor, head, world, document):
    approved(editor, head, document)
    assert not page(head.get(f"{document}/firma")).xpath("//form[@id='signature']")
    before = page(editor.get(f"{document}/firma"))
    assert len(before.xpath("//input[@name='hash']/@value")[0]) == 64
    assert editor.get(before.xpath("//ol[contains(@class, 'anexa-sheets')]//img/@src")[0]).mimetype == "image/png"
    signed_by(editor, world, "Edición", document)
    assert "Edición De Prueba firmó" in text(head.get(f"{document}/firma"))
    told = text(signed_by(head, world, "Jefatura", document))
    assert "El documento está sellado" in told
    assert "El certificado es de demostración" in told
    assert editor.get(f"{document}/constancia").data.startswith(b"%PDF-")


def test_a_code_is_sent_by_mail_and_the_page_says_where(editor, head, document):
    approved(editor, head, document)
    assert "a e…@example.org" in text(press(editor, f"{document}/firma", "Enviarme el código"))


def test_a_code_typed_wrong_five_times_serves_no_more(editor, head, world, document):
    approved(editor, head, document)
    code = code_for(world, "Edición", document)
    wrong = "000000" if code != "000000" else "111111"
    said = [press(editor, f"{document}/firma", "Firmar", code=wrong, method="typed") for _ in range(5)]
    assert [each.status_code for each in said] == [422] * 5
    assert "quedan 4 intentos" in text(said[0])
    assert "Pida otro" in text(said[4])
    assert "Pida otro" in text(press(editor, f"{document}/firma", "Firmar", code=code, method="typed"))
    assert state(world, document) == "signing"


def test_a_drawing_that_is_none_is_asked_again(editor, head, world, document):
    approved(editor, head, document)
    code = code_for(world, "Edición", document)
    answer = press(editor, f"{document}/firma", "Firmar", code=code, method="drawn", drawing="data:image/png;base64,AAAA")
    assert answer.status_code == 422
    assert "Dibuje su firma" in text(answer)


def test_another_hash_than_the_documents_is_not_signed(editor, head, world, document):
    approved(editor, head, document)
    answer = press(editor, f"{document}/firma", "Firmar", code=code_for(world, "Edición", document), method="typed", hash="0" * 64)
    assert answer.status_code == 409


def test_who_refuses_says_why_and_the_document_is_open_again(editor, head, document, world):
    approved(editor, head, document)
    assert press(editor, f"{document}/firma", "No firmar y devolver", reason="no").status_code == 422
    press(editor, f"{document}/firma", "No firmar y devolver", reason=REASON)
    assert state(world, document) == "observed"
    assert REASON in text(editor.get(f"{document}/observaciones"))


def test_a_new_version_starts_as_it_was_and_both_are_listed(editor, head, world, document):
    signed(editor, head, world, document)
    told = press(editor, f"{document}/versiones", "Hacer una versión nueva")
    assert "La versión 2 está abierta" in text(told)
    assert state(world, document) == "signed"
    assert {"Versión 1", "Versión 2"} <= {words(each) for each in page(editor.get(f"{document}/versiones")).xpath("//tbody//a")}


def test_the_secretariat_annuls_with_a_reason(editor, secretariat, world, document):
    assert editor.get(f"{document}/anular").status_code == 403
    assert press(secretariat, f"{document}/anular", "Anular el documento", reason="corta").status_code == 422
    assert "anulado" in text(press(secretariat, f"{document}/anular", "Anular el documento", reason=REASON))
    assert state(world, document) == "void"


def test_history_tells_the_life_in_sentences(editor, head, world, document):
    signed(editor, head, world, document)
    told = text(editor.get(f"{document}/historia"))
    for who in ("Edición De Prueba envió", "Jefatura De Prueba aprobó", "Edición De Prueba firmó", "Jefatura De Prueba firmó"):
        assert who in told
