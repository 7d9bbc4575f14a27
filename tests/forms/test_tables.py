"""Tables and groups: rows counted, named and asked; what a condition hides; references."""
from forms.blocks import Box, BoxRows, Heading, Picture, Prose, Rows
from forms.catalogues import inline
from forms.kinds import Choices, File, Integer, Paragraph, Ref, Refs, Table, Text, When, YesNo, row_id
from forms.path import AnswerPath
from forms.sets import person
from forms.values import ID
from forms.view import BARE, Facts
from tests.forms.readings import AT, ROWS, reading, refusal

HERE = AnswerPath(("t",))
TWELVE = Table("t", "Grupos", high=12, low=1, required=True, named_by=("name",), summary=("name",), unique=("name",), paper_rows=3, fields=(
    Text("name", "Nombre", most=20, required=True), person("who", "Quién"), Integer("n", "Cuántos"),
    Text("why", "Por qué", required=True, when=When("n", (3,)))))


def rows(count):
    return [{ID: row_id(str(n)), "name": f"Grupo {n}"} for n in range(count)]


def told(problems):
    return [(problem.path.pdf, AT.fmt.words(problem.message, **problem.places)) for problem in problems]


def test_a_thirteenth_row_is_an_error_that_names_it():
    assert told(TWELVE.problems(rows(13), HERE, AT)) == [(f"t.{row_id('12')}", "«Grupos» admite 12 filas; esta es la 13.")]


def test_twelve_rows_are_not_too_many():
    assert told(TWELVE.problems(rows(12), HERE, AT)) == []


def test_every_row_beyond_the_limit_is_named():
    assert [path for path, _ in told(TWELVE.problems(rows(15), HERE, AT))] == [f"t.{row_id(str(n))}" for n in (12, 13, 14)]


def test_a_table_that_must_have_rows_says_so():
    assert told(TWELVE.missing([], HERE, Facts({}, {}, BARE))) == [("t", "Agregue al menos 1 en «Grupos».")]


def test_what_must_not_repeat_names_the_second_row():
    twice = [{ID: row_id("a"), "name": "ISNA"}, {ID: row_id("b"), "name": "isna"}]
    assert told(TWELVE.missing(twice, HERE, Facts({}, {}, BARE))) == [(f"t.{row_id('b')}.name", "«Nombre» ya está en la fila 1.")]


def test_rows_without_their_own_id_are_refused():
    for row in ({}, {ID: 7}, {ID: "short"}, {ID: "oooooooo"}, {ID: ["x"]}):
        assert "identificador" in told(TWELVE.problems([row], HERE, AT))[0][1]
    assert "fila 2" in told(TWELVE.problems([rows(1)[0], rows(1)[0]], HERE, AT))[0][1]


def test_what_is_not_rows_is_refused():
    for value in ("x", 7, {"a": 1}, [1], [None, {}]):
        assert "forma esperada" in told(TWELVE.problems(value, HERE, AT))[0][1]


def test_a_column_nobody_asks_is_refused_by_name():
    assert told(TWELVE.problems([rows(1)[0] | {"more": 1}], HERE, AT))[0][1] == "«Grupos» no tiene ningún campo «more»."


def test_a_condition_reads_its_own_row():
    two = [rows(1)[0] | {"n": 3}, rows(2)[1] | {"n": 4}]
    assert [path for path, _ in told(TWELVE.missing(two, HERE, Facts({}, {"n": 3}, BARE)))] == [f"t.{row_id('0')}.why"]


def test_what_a_condition_hides_is_not_shown_but_stays_while_a_page_is_made():
    hidden = [rows(1)[0] | {"n": 4, "why": "Quedó escrito"}]
    assert "why" not in TWELVE.filled(hidden, Facts({}, {}, BARE))[0]
    assert TWELVE.filled(hidden, Facts({}, {}, BARE, keeping=True))[0]["why"] == "Quedó escrito"


def test_a_group_in_a_table_has_a_column_for_each_of_its_fields():
    (block,) = TWELVE.blocks(HERE, [rows(1)[0] | {"who": {"given_names": "Nombre", "email": "a@example.org"}}], AT)
    assert isinstance(block, Rows)
    assert [(column.key, column.group) for column in block.columns[1:3]] == [("who.given_names", "Quién"), ("who.family_names", "Quién")]
    assert block.rows[0].cells["who.email"].text == "a@example.org"
    assert block.rows[0].cells["who.email"].blocks[0].path.pdf == f"t.{row_id('0')}.who.email"


def test_a_group_in_a_table_prints_as_words_in_word():
    assert TWELVE.text([rows(1)[0] | {"who": {"given_names": "Nombre"}}], AT)[0]["who"]["given_names"] == "Nombre"


def test_the_boxes_of_a_row_lead_through_its_group():
    (asked,) = TWELVE.boxes(HERE, rows(1), AT)
    assert isinstance(asked, BoxRows)
    paths = [box.path.html for box in asked.rows[0].boxes if isinstance(box, Box)]
    assert paths[:2] == [f"t-{row_id('0')}-name", f"t-{row_id('0')}-who-given_names"]
    assert isinstance(asked.rows[0].boxes[1], Heading)
    assert asked.rows[0].summary == ("Grupo 0",)
    assert [column.key for column in asked.summary] == ["name"]


def test_a_condition_on_a_page_looks_beside_the_box_first_then_around_it():
    (asked,) = TWELVE.boxes(HERE, rows(1), AT)
    condition = asked.rows[0].boxes[-1].condition
    assert [path.html for path in condition.paths] == [f"t-{row_id('0')}-n", "t-n", "n"]
    assert condition.values == ("3",)


def test_a_condition_on_yes_or_no_is_said_as_a_browser_sends_it():
    table = Table("t", "T", fields=(YesNo("pays", "¿Paga?"), Text("payer", "¿Quién?", when=When("pays", (False,)))))
    (asked,) = table.boxes(HERE, rows(1)[:1], AT)
    assert asked.rows[0].boxes[1].condition.values == ("no",)


def test_the_blank_form_has_free_rows_with_ids_that_are_always_the_same():
    blank = reading(blank=True, seed="document")
    (first,), (second,) = TWELVE.boxes(HERE, rows(1), blank), TWELVE.boxes(HERE, rows(1), blank)
    assert [row.fresh for row in first.rows] == [False, True, True]
    assert [row.id for row in first.rows] == [row.id for row in second.rows]
    (other,) = TWELVE.boxes(HERE, rows(1), reading(blank=True, seed="another"))
    assert {row.id for row in other.rows if row.fresh}.isdisjoint({row.id for row in first.rows})


def test_a_free_row_never_takes_the_id_of_a_known_one():
    blank = reading(blank=True, seed="document")
    (empty,) = TWELVE.boxes(HERE, [], blank)
    taken = [{ID: row.id, "name": "x"} for row in empty.rows[:2]]
    (asked,) = TWELVE.boxes(HERE, taken, blank)
    assert len({row.id for row in asked.rows}) == 3


def test_a_wide_cell_keeps_paragraphs_and_photos_and_of_a_list_only_what_was_chosen():
    photo = {"sha256": "ab" * 32, "name": "v.jpg", "size": 1, "type": "image/jpeg"}
    table = Table("t", "T", fields=(Paragraph("p", "Qué"), File("f", "Foto", types=("jpg",)), Choices("c", "Cuáles", options=inline("Uno",
        "Dos"))))
    (block,) = table.blocks(HERE, [{ID: row_id("0"), "p": "uno\ndos", "f": photo, "c": ["dos"]}], AT)
    cells = block.rows[0].cells
    assert cells["p"].blocks == (Prose(HERE / row_id("0") / "p", "Qué", ("uno", "dos")),)
    assert isinstance(cells["f"].blocks[0], Picture)
    assert cells["f"].text == "v.jpg"
    assert (cells["c"].text, cells["c"].blocks[0].text) == ("Dos", "Dos")


def test_a_reference_is_settled_when_all_answers_are_in():
    field = Ref("group", "Grupo", to="groups")
    assert field.settled(field.parse(["1 · mesa técnica"], AT), AT) == row_id("one")
    assert field.settled(field.parse([row_id("two")], AT), AT) == row_id("two")
    assert refusal(lambda: field.settled(field.parse(["Otro"], AT), AT)) == "Elija «Grupo» de la lista."


def test_a_reference_to_what_nobody_may_see_has_no_words():
    nobody = reading()
    field = Ref("group", "Grupo", to="groups")
    assert field.text(row_id("gone"), nobody) == ""
    assert field.text(row_id("one"), nobody) == ROWS[row_id("one")]


def test_several_references_are_kept_once_each():
    field = Refs("groups", "Grupos", to="groups", high=2)
    assert field.settled(field.parse([row_id("one"), "1 · Mesa Técnica"], AT), AT) == [row_id("one")]
    assert "como mucho 2" in refusal(field.check, [row_id("a"), row_id("b"), row_id("c")])


def test_a_reference_to_a_form_that_is_not_there_is_kept_in_words():
    at = reading()
    empty = type(at)(at.fmt, lambda table: {}, at.options)
    field = Refs("q", "Preguntas", to="A3.learning_questions")
    said = field.settled(field.parse(["¿Quién autoriza?"], empty), empty)
    assert said == ["¿Quién autoriza?"]
    assert field.text(said, empty) == "¿Quién autoriza?"
