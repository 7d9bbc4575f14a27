"""A report filled over HTTP: what is saved, what is refused and kept on the page, rows, undo, two people at once."""

import io
import re

import pytest

from app.store import open_store
from app.web.filling import PAGE
from app.workflow import dossiers
from forms import FORMS
from tests.web.site import Visitor, page, text

ENTRY = {"description": "Se acompañó la redacción del documento.", "product": "Protocolo de ejemplo"}


@pytest.fixture
def head(world):
    return f"/documentos/{world.document}/head"


@pytest.fixture
def entries(world):
    return f"/documentos/{world.document}/entries"


def answers(world):
    """What is stored of the report."""
    with open_store(world.settings) as store:
        return dossiers.typed(store, store.documents.get(world.document))


def add(visitor, section: str, table: str):
    """Add a row with its button; returns the address one is sent to."""
    answer = visitor.form(section).press(f"add:{table}")
    assert answer.status_code == 302
    return answer.headers["Location"]


def groups(visitor, section: str, *names: str) -> list[str]:
    """Rows of the small table, filled in place; returns their ids."""
    for _ in names:
        add(visitor, section, "groups")
    form = visitor.form(section)
    ids = form.values.getlist("groups-_rows")
    for row, name in zip(ids, names, strict=True):
        form.set(f"groups-{row}-beneficiary", name)
    assert form.press("stay").status_code == 302
    return ids


def test_what_is_typed_is_saved_and_shown_again(editor, head, world):
    answer = editor.form(head).fill(summary="Un semestre\ncon dos párrafos.").press("next")
    assert answer.headers["Location"] == f"/documentos/{world.document}/entries"
    assert answers(world)["summary"] == "Un semestre\ncon dos párrafos."
    assert editor.form(head).values["summary"].strip() == "Un semestre\r\ncon dos párrafos.".replace("\r\n", "\n")


def test_a_page_sent_untouched_changes_nothing(editor, head, world):
    before = answers(world)
    editor.form(head).press("stay")
    assert answers(world) == before


def test_after_the_last_section_comes_the_page_of_all_answers(editor, world):
    answer = editor.form(f"/documentos/{world.document}/totals").fill(achievements="Se cumplió el plan.").press("next")
    assert answer.headers["Location"].endswith("/revisar")


def test_a_wrong_answer_names_its_field_and_keeps_the_text_while_the_rest_is_saved(editor, head, world):
    answer = editor.form(head).fill(year="dos mil", institution="Otra institución").press("next")
    seen = page(answer)
    assert answer.status_code == 422
    assert seen.xpath("//input[@id='year']/@value") == ["dos mil"]
    (link,) = seen.xpath("//*[contains(@class, 'govuk-error-summary')]//a[@href='#year']")
    assert "«Año»" in link.text_content()
    assert seen.xpath("//p[@id='year-error']")
    assert "year-error" in seen.xpath("//input[@id='year']/@aria-describedby")[0].split()
    assert answers(world)["institution"] == "Otra institución"


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("institution", "x" * 161, "160"),
        ("institution", "Con un \x07 timbre", "«Institución»"),
        ("summary", "y" * 1201, "1200"),
        ("institution", "日本語の名前", "«Institución»"),
        ("summary", "Un emoji 🙂 suelto", "«Resumen del semestre»"),
        ("year", "1850", "«Año»"),
        ("semester", "3", "«Semestre»"),
        ("country", "ZZZ", "«País»"),
    ],
)
def test_each_bad_answer_is_told_at_its_field_and_nothing_of_it_is_saved(name, said, told, editor, head, world):
    before = answers(world).get(name)
    answer = editor.form(head).set(name, said).press("next")
    assert answer.status_code == 422
    assert told in page(answer).xpath(f"string(//p[@id='{name}-error'])")
    assert answers(world).get(name) == before


def test_a_lone_surrogate_never_reaches_the_store(editor, head, world):
    form = editor.form(head)
    body = f"csrf_token={editor.token()}&revision={form.values['revision']}&do=next&institution=a%ED%A0%80b"
    answer = editor.send("POST", head, data=body.encode(), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "%ED" not in answers(world).get("institution", "")


@pytest.mark.parametrize("revision", ["", "x", "-1", "999", "1" * 40, "１"])
def test_a_revision_the_document_never_had_is_a_plain_refusal(revision, editor, head):
    assert editor.form(head).set("revision", revision).press("stay").status_code == 400


@pytest.mark.parametrize(
    "do", ["nothing", "add:", "add:-", "add:nada", "remove:entries-XXXXXXXX", "up:head", "restore:../x", "add:entries-K7Q2M9XB"]
)
def test_a_button_that_does_not_exist_is_a_plain_refusal(do, editor, entries):
    assert editor.form(entries).press(do).status_code in (400, 404)


def test_a_page_that_saves_itself_gets_one_line_and_the_new_revision(editor, head, world):
    form = editor.form(head)
    answer = form.fill(summary="Se escribe solo.").autosave()
    assert answer.status_code == 200
    assert re.search(r"Guardado a las \d\d:\d\d", answer.get_data(as_text=True))
    assert int(page(answer).xpath("//input[@id='revision']/@value")[0]) > int(form.values["revision"])
    assert answers(world)["summary"] == "Se escribe solo."


def test_a_page_that_saves_itself_again_and_again_is_saved_each_time(editor, head, world):
    form = editor.form(head)
    for said in ("uno", "dos", "tres"):
        form.set("revision", page(form.fill(summary=said).autosave()).xpath("//input[@id='revision']/@value")[0])
    assert answers(world)["summary"] == "tres"


def test_a_page_that_saves_itself_says_what_to_correct(editor, head):
    answer = editor.form(head).fill(year="dos mil").autosave()
    assert "«Año»" in answer.get_data(as_text=True)


def test_the_same_post_twice_is_done_once(editor, entries, world):
    form = editor.form(entries)
    first, second = form.press("add:groups"), form.press("add:groups")
    assert first.headers["Location"] == second.headers["Location"]
    assert len(answers(world)["groups"]) == 1


def test_undo_goes_back_and_redo_comes_again(editor, head, world):
    editor.form(head).fill(summary="Primer texto.").press("stay")
    editor.form(head).press("undo")
    assert "summary" not in answers(world) or answers(world)["summary"] in (None, "")
    editor.form(head).press("redo")
    assert answers(world)["summary"] == "Primer texto."


def test_undo_with_nothing_to_undo_says_so(editor, world):
    answer = editor.form(f"/documentos/{world.document}/totals").press("undo")
    assert "No hay cambios suyos" in text(editor.get(answer.headers["Location"]))


def test_small_tables_are_filled_in_place_and_rows_move_copy_go_and_come_back(editor, entries, world):
    first, second = groups(editor, entries, "Mesa técnica", "Red de centros")
    editor.form(entries).press(f"up:groups-{second}")
    assert [row["_id"] for row in answers(world)["groups"]] == [second, first]
    gone = editor.form(entries).press(f"remove:groups-{first}").headers["Location"]
    assert [row["_id"] for row in answers(world)["groups"]] == [second]
    assert "Devolver la fila" in text(editor.get(gone))
    editor.form(entries).press(f"bring:groups-{first}")
    assert [row["beneficiary"] for row in answers(world)["groups"]] == ["Red de centros", "Mesa técnica"]
    editor.form(entries).press(f"duplicate:groups-{first}")
    assert [row["beneficiary"] for row in answers(world)["groups"]] == ["Red de centros", "Mesa técnica", "Mesa técnica"]


def test_a_wide_table_is_filled_one_row_to_a_page(editor, entries, world):
    (group,) = groups(editor, entries, "Mesa técnica")
    row = add(editor, entries, "entries")
    form = editor.form(row).fill(**{f"entries-{row[-8:]}-{key}": said for key, said in ENTRY.items()})
    form.set(f"entries-{row[-8:]}-group", group).set(f"entries-{row[-8:]}-territories", ["", "SS", "LI"])
    listed = form.press("list").headers["Location"]
    assert "Protocolo de ejemplo" in text(editor.get(listed))
    (stored,) = answers(world)["entries"]
    assert (stored["product"], stored["group"]) == ("Protocolo de ejemplo", group)
    again = editor.form(row)
    assert again.values.getlist(f"entries-{row[-8:]}-territories") == ["", *stored["territories"]]


def test_from_one_row_to_the_next_and_to_a_new_one(editor, entries, world):
    first, second = add(editor, entries, "entries"), add(editor, entries, "entries")
    assert editor.form(first).press("after").headers["Location"] == second
    third = editor.form(second).press("add").headers["Location"]
    assert third not in (first, second)
    assert [row["_id"] for row in answers(world)["entries"]] == [address[-8:] for address in (first, second, third)]
    assert page(editor.get(second)).xpath("//nav[@aria-label='Filas']//a/@href")[:2] == [first, third]


def test_a_wrong_answer_in_a_row_keeps_the_text(editor, entries):
    row = add(editor, entries, "entries")
    name = f"entries-{row[-8:]}-sessions"
    answer = editor.form(row).set(name, "muchas").press("list")
    assert answer.status_code == 422
    assert page(answer).xpath(f"//input[@id='{name}']/@value") == ["muchas"]


def test_rows_that_were_not_shown_stay_as_they_are(editor, entries, world):
    rows = [add(editor, entries, "entries") for _ in range(PAGE + 2)]
    editor.form(rows[0]).set(f"entries-{rows[0][-8:]}-product", "Solo este").press("list")
    editor.form(entries).press("stay")
    assert len(answers(world)["entries"]) == PAGE + 2
    seen = page(editor.get(entries))
    assert len(seen.xpath("//tbody/tr")) == PAGE
    second = seen.xpath("//nav[contains(@class, 'govuk-pagination')]//a/@href")[-1]
    assert len(page(editor.get(second.partition("#")[0])).xpath("//tbody/tr")) == 2


def test_a_thirteenth_group_is_an_answer_not_a_dropped_row(editor, entries, world):
    high = FORMS["IAT"].field("groups").high
    groups(editor, entries, *(f"Grupo {number}" for number in range(high)))
    assert "add:groups" not in editor.get(entries).get_data(as_text=True)
    answer = editor.form(entries).press("add:groups")
    assert answer.status_code == 422
    assert str(high) in text(answer)
    assert len(answers(world)["groups"]) == high


def test_a_row_too_many_in_the_post_is_named_and_keeps_its_text(editor, entries, world):
    high = FORMS["IAT"].field("groups").high
    groups(editor, entries, *(f"Grupo {number}" for number in range(high)))
    form = editor.form(entries)
    form.values.add("groups-_rows", "ZZZZZZZZ")
    answer = form.set("groups-ZZZZZZZZ-beneficiary", "Uno de más").press("stay")
    assert answer.status_code == 422
    assert f"esta es la {high + 1}" in text(answer)
    assert page(answer).xpath("//input[@id='groups-ZZZZZZZZ-beneficiary']/@value") == ["Uno de más"]
    assert len(answers(world)["groups"]) == high


def test_a_121st_entry_is_refused_with_a_plain_sentence(editor, entries, world):
    high = FORMS["IAT"].field("entries").high
    with open_store(world.settings) as store:
        leaves = {f"entries.{number:08d}._order": number for number in range(high)}
        store.revisions.append(world.document, store.documents.get(world.document).revision, world.people["Edición"], "entries", leaves)
    answer = editor.form(entries).press("add:entries")
    assert (answer.status_code, str(high) in text(answer)) == (422, True)
    assert len(answers(world)["entries"]) == high


@pytest.mark.parametrize("row", ["../../etc", "entries", "<script>", "K7Q2M9X", "k7q2m9xb", "K7Q2M9XBB"])
def test_a_row_id_that_is_none_is_ignored(row, editor, entries, world):
    form = editor.form(entries)
    form.values.add("groups-_rows", row)
    assert form.set(f"groups-{row}-beneficiary", "Inventada").press("stay").status_code == 302
    assert answers(world).get("groups", []) == []


def test_disjoint_changes_of_two_people_are_both_kept(editor, colleague, head, world):
    mine, theirs = editor.form(head), colleague.form(head)
    mine.fill(summary="Mi resumen.").press("stay")
    assert theirs.fill(institution="Institución corregida").press("stay").status_code == 302
    assert (answers(world)["summary"], answers(world)["institution"]) == ("Mi resumen.", "Institución corregida")


def test_the_same_answer_changed_twice_shows_both_texts_and_loses_neither(editor, colleague, head, world):
    mine, theirs = editor.form(head), colleague.form(head)
    theirs.fill(summary="El texto de ella.").press("stay")
    answer = mine.fill(summary="Mi texto.", institution="También cambié esto").press("next")
    assert answer.status_code == 409
    told = text(answer)
    assert "Mi texto." in told
    assert "El texto de ella." in told
    assert "Suplencia" in told
    assert (answers(world)["summary"], answers(world)["institution"]) == ("El texto de ella.", "También cambié esto")


@pytest.mark.parametrize(("which", "stays"), [("mine", "Mi texto."), ("theirs", "El texto de ella.")])
def test_what_is_chosen_of_two_texts_is_what_stays(which, stays, editor, colleague, head, world):
    mine = editor.form(head)
    colleague.form(head).fill(summary="El texto de ella.").press("stay")
    (form,) = page(mine.fill(summary="Mi texto.").press("next")).xpath("//main//form")
    chosen = dict(form.form_values()) | {"keep-summary": which, "do": "settle"}
    assert editor.send("POST", form.get("action"), data=chosen).status_code == 302
    assert answers(world)["summary"] == stays


@pytest.mark.parametrize(("which", "rows"), [("mine", ["Mi texto."]), ("theirs", [])])
def test_a_row_somebody_took_away_while_i_wrote_in_it_is_mine_to_keep(which, rows, editor, colleague, entries, world):
    (row,) = groups(editor, entries, "Mesa técnica")
    mine = editor.form(entries).set(f"groups-{row}-beneficiary", "Mi texto.")
    colleague.form(entries).press(f"remove:groups-{row}")
    answer = mine.press("stay")
    assert answer.status_code == 409
    assert "Fila quitada" in text(answer)
    (form,) = page(answer).xpath("//main//form")
    chosen = dict(form.form_values()) | {f"keep-groups-{row}-beneficiary": which, "do": "settle"}
    assert editor.send("POST", form.get("action"), data=chosen).status_code == 302
    assert [each["beneficiary"] for each in answers(world)["groups"]] == rows


def test_a_page_that_saves_itself_names_what_clashed(editor, colleague, head):
    mine = editor.form(head)
    colleague.form(head).fill(summary="El texto de ella.").press("stay")
    told = mine.fill(summary="Mi texto.").autosave().get_data(as_text=True)
    assert "Otra persona cambió lo mismo" in told
    assert "Resumen del semestre" in told


def test_a_value_read_through_shows_its_source_and_can_be_had_back(editor, head, world):
    editor.form(head).fill(year="2020").press("stay")
    assert page(editor.get(head)).xpath("//button[@value='restore:year']")
    editor.form(head).press("restore:year")
    assert editor.form(head).values["year"] == "2021"
    assert not page(editor.get(head)).xpath("//button[@value='restore:year']")


def pdf(content: bytes = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", name: str = "memoria.pdf", kind: str = "application/pdf"):
    return io.BytesIO(content), name, kind


def attached(visitor, row: str, upload) -> object:
    form = visitor.form(row)
    name = f"entries-{row[-8:]}-evidence"
    fields = dict(form.values.items()) | {"do": "list", name: upload}
    return visitor.send("POST", form.action, data=fields, content_type="multipart/form-data")


def test_a_file_is_attached_handed_back_as_a_download_and_taken_away(editor, entries, world):
    row = add(editor, entries, "entries")
    assert attached(editor, row, pdf()).status_code == 302
    (link,) = page(editor.get(row)).xpath("//a[contains(@href, '/archivo/')]/@href")
    answer = editor.get(link)
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == "attachment; filename=memoria.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    editor.form(row).press(f"detach:entries-{row[-8:]}-evidence")
    assert editor.get(link).status_code == 404


@pytest.mark.parametrize(
    "upload",
    [
        (b"<html>", "a.pdf", "application/pdf"), (b"%PDF-", "a.htm", "text/html"), (b"", "a.pdf", "application/pdf"),
        (b"MZ", "a.exe", "application/exe"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_its_field(upload, editor, entries, world):
    row = add(editor, entries, "entries")
    answer = attached(editor, row, pdf(*upload))
    assert answer.status_code == 422
    assert page(answer).xpath(f"//p[@id='entries-{row[-8:]}-evidence-error']")
    assert not answers(world)["entries"][0].get("evidence")


def test_nobody_names_a_file_that_is_not_theirs(editor, entries, world):
    row = add(editor, entries, "entries")
    name = f"entries-{row[-8:]}-evidence"
    editor.form(row).set(name, ["0" * 64, "robado.pdf", "10", "application/pdf"]).press("list")
    assert not answers(world)["entries"][0].get("evidence")


def test_who_may_only_read_sees_the_answers_and_no_buttons(app, world, head):
    seen = page(Visitor(app).enter(world, "Jefatura").get(head))
    assert seen.xpath("//main//fieldset[@disabled]")
    assert not seen.xpath("//main//button[@value='next' or @value='undo']")
