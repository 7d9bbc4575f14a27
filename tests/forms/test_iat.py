"""The semiannual report: its fields, its totals, its rules, and the real report of January to June 2021."""
import json
from pathlib import Path

import pytest

from app.i18n import formatter
from app.workflow.resolving import OWN, asked, faults, filled, lacking, reading, resolve
from forms import FORMS
from forms.blocks import Bars, Cards, Heading, Line, Rows
from forms.kinds import row_id
from forms.resolved import Imprint
from forms.rules import checked
from forms.values import ID, rows_of
from forms.view import BARE, DossierView, Facts, From

IAT = FORMS["IAT"]
FMT = formatter("es", "SLV")
REPORT = json.loads((Path(__file__).parents[2] / "app" / "demo" / "iat_slv_2021_1.json").read_text(encoding="utf-8"))
FACTS = {"unit_code": "SLV-CONNA-DPI", "year": 2021, "semester": "1"}
DOSSIER = DossierView(code="IAT-SLV-CONNA-DPI-2021-1", country="SLV", today="2026-11-20", facts=FACTS)
IMPRINT = Imprint("Programa", "IAT-SLV-CONNA-DPI-2021-1", "v1", "Borrador", "20/11/2026", "Uso interno", "", "")
G, H = row_id("g"), row_id("h")
DOMAIN = """report_code institution unit country policy year semester period summary
groups groups.no groups.beneficiary
entries entries.no entries.group entries.kind entries.description entries.product entries.sessions entries.session_mode
entries.other_quantity entries.other_unit entries.institutions entries.coordinated_with entries.requested_by entries.territories
entries.result entries.stage entries.evidence
total_entries total_sessions totals_by_kind total_other distinct_institutions distinct_territories achievements difficulties next_steps
editor_signature head_signature"""


def totals(answers, dossier=DOSSIER):
    return filled(IAT, answers, dossier)


def entry(name, **more):
    return {ID: row_id(name), **more}


def sentences(problems):
    return {problem.path.pdf: FMT.words(problem.message, **problem.places) for problem in problems}


def findings(answers, dossier=DOSSIER):
    known = filled(IAT, answers, dossier)
    return {each.rule.id: "waits" if each.waits else list(sentences(each.problems).values()) for each in checked(IAT.rules, Facts({},
        known, dossier))}


def test_it_has_exactly_the_forty_fields_of_the_domain():
    inner = {f"{kind.key}.{each.key}" for kind in IAT.kinds for each in getattr(kind, "fields", ())}
    assert {kind.key for kind in IAT.kinds} | inner == set(DOMAIN.split())
    assert IAT.field_rows == len(DOMAIN.split()) == 40


def test_the_real_report_is_complete_and_clean():
    assert faults(IAT, REPORT, DOSSIER, FMT) == []
    assert sentences(lacking(IAT, REPORT, DOSSIER, FMT)) == {}
    assert findings(REPORT) == {"R-35": [], "IAT-1": [], "IAT-2": []}


def test_the_real_report_has_the_totals_of_the_domain():
    known = totals(REPORT)
    first, second = (row[ID] for row in REPORT["groups"])
    assert known["report_code"] == "IAT-SLV-CONNA-DPI-2021-1"
    assert known["total_entries"] == {"all": 17, "by_group": {first: 9, second: 8}}
    assert known["total_sessions"] == {"sum": 45, "rows": 6, "without": 11}
    assert known["total_other"] == {"talleres": 1, "centros_verificados": 6, "visitas": 1, "documentos": 1}
    assert known["distinct_territories"] == {"count": 10, "of": 14, "nationwide": 16}
    assert known["distinct_institutions"]["count"] == 19
    assert sum(known["totals_by_kind"]["by_kind"].values()) == sum(known["totals_by_kind"]["by_mode"].values()) == 17


def test_the_real_report_is_worded_in_spanish_and_in_portuguese():
    for language, country, months in (("es", "SLV", "enero–junio de 2021"), ("pt", "BRA", "janeiro–junho de 2021")):
        texts = resolve(IAT, REPORT, DOSSIER, OWN, formatter(language, country), IMPRINT).texts["iat"]
        assert texts["period"] == months
        assert texts["total_sessions"] == {"sum": "45", "rows": "6", "without": "11"}


def test_rows_are_numbered_through_the_whole_report():
    assert [row["no"] for row in rows_of(totals(REPORT)["entries"])] == list(range(1, 18))


def test_rows_are_numbered_group_after_group_as_they_are_read():
    groups = [{ID: G, "beneficiary": "Mesa"}, {ID: H, "beneficiary": "Otras"}]
    rows = [entry("a", group=H), entry("b", group=G), entry("c"), entry("d", group=H), entry("e", group=G)]
    answers = {"groups": groups, "entries": rows}
    assert [row["no"] for row in totals(answers)["entries"]] == [4, 2, 1, 5, 3]
    shown = [each for section in resolve(IAT, answers, DOSSIER, OWN, FMT, IMPRINT).sections for each in section.answers]
    (table,) = next(each.blocks for each in shown if each.path.pdf == "entries")
    assert [row.cells["no"].value for row in table.rows] == [1, 2, 3, 4, 5]


def test_an_empty_number_of_sessions_is_never_a_zero():
    assert totals({"entries": [entry("a"), entry("b")]})["total_sessions"] == {"sum": None, "rows": 0, "without": 2}
    assert totals({"entries": [entry("a", sessions=3), entry("b")]})["total_sessions"] == {"sum": 3, "rows": 1, "without": 1}


def test_different_units_are_never_summed():
    rows = [entry("a", other_quantity=2, other_unit="visitas"), entry("b", other_quantity=3, other_unit="talleres"), entry("c",
        other_quantity=4, other_unit="visitas")]
    assert totals({"entries": rows})["total_other"] == {"visitas": 6, "talleres": 3}


def test_a_quantity_without_unit_is_not_counted_and_is_missing():
    answers = {"entries": [entry("a", other_quantity=2)]}
    assert totals(answers)["total_other"] == {}
    assert f"entries.{row_id('a')}.other_unit" in sentences(lacking(IAT, answers, DOSSIER, FMT))


def test_a_unit_left_over_without_quantity_is_neither_counted_nor_shown():
    answers = {"entries": [entry("a", other_unit="visitas")]}
    assert totals(answers)["total_other"] == {}
    assert resolve(IAT, answers, DOSSIER, OWN, FMT, IMPRINT).texts["iat"]["entries"][0]["other_unit"] == ""


def test_an_institution_named_twice_is_counted_once():
    rows = [entry("a", institutions=["ISNA", "MINSAL"]), entry("b", institutions=["Isna"])]
    assert totals({"entries": rows})["distinct_institutions"] == {"count": 2, "names": ["ISNA", "MINSAL"]}


def test_nationwide_is_counted_apart_from_the_territories():
    rows = [entry("a", territories=["nacional"]), entry("b", territories=["SA", "SM"]), entry("c", territories=["SA"])]
    assert totals({"country": "SLV", "entries": rows})["distinct_territories"] == {"count": 2, "of": 14, "nationwide": 1}
    assert totals({"country": "PER", "entries": rows})["distinct_territories"] == {"count": 2, "of": None, "nationwide": 1}


def test_a_blank_report_has_totals_and_no_code():
    known = totals({}, BARE)
    assert (known["report_code"], known["period"]) == (None, None)
    assert known["total_entries"] == {"all": 0, "by_group": {}}


def test_the_second_semester_runs_from_july_to_december():
    assert totals({"year": 2021, "semester": "2"})["period"] == {"start": "2021-07-01", "end": "2021-12-31"}


def test_year_semester_and_the_last_report_are_read_through():
    previous = {"institution": "CONNA", "unit": "DPI", "country": "SLV", "policy": "Crecer Juntos", "groups": [{ID: G,
        "beneficiary": "Mesa", "no": 1}]}
    known = totals({}, DossierView(facts=FACTS, previous=previous))
    assert {key: known[key] for key in ("institution", "unit", "country", "policy", "year", "semester")} == {
        **{key: previous[key] for key in ("institution", "unit", "country", "policy")}, "year": 2021, "semester": "1"}
    assert known["groups"] == [{ID: G, "beneficiary": "Mesa", "no": 1}]


def test_what_was_under_way_passes_to_the_next_report_without_the_figures_of_its_semester():
    known = filled(IAT, {}, DossierView(previous=REPORT))
    assert [row["product"] for row in known["entries"]] == [
        "Retorno seguro de niñas y niños", "Productos CONNA estandarizados", "Indicador propuesto"]
    assert known["total_sessions"] == {"sum": None, "rows": 0, "without": 3}
    assert [row["no"] for row in known["entries"]] == [1, 2, 3]


def boxes(answers, dossier):
    return {box.path.html: box for section in asked(IAT, answers, dossier, FMT) for box in section.boxes}


def test_a_page_says_where_a_value_comes_from_and_that_it_was_changed():
    dossier = DossierView(previous={"institution": "CONNA", "unit": "DPI", "groups": [{ID: G, "beneficiary": "Mesa"}]})
    found = boxes({"unit": "Otra"}, dossier)
    assert (found["institution"].raw, found["institution"].source, found["institution"].changed) == (("CONNA",), "el informe anterior", "")
    assert (found["unit"].raw, found["unit"].source, found["unit"].changed) == (("Otra",), "", "el informe anterior")
    assert (found["groups"].source, found["groups"].changed) == ("el informe anterior", "")


def test_the_other_unit_is_asked_only_with_a_quantity():
    (table,) = [box for box in boxes({"entries": [entry("a")]}, DOSSIER).values() if box.path.html == "entries"]
    unit = next(box for box in table.rows[0].boxes if box.path.steps[-1] == "other_unit")
    assert unit.condition.paths[0].steps[-1] == "other_quantity"


def test_groups_are_offered_by_the_name_they_have_now():
    answers = {"groups": [{ID: G, "beneficiary": "Mesa"}, {ID: H, "beneficiary": "Otras"}], "entries": [entry("a")]}
    (table,) = [box for box in boxes(answers, DOSSIER).values() if box.path.html == "entries"]
    group = next(box for box in table.rows[0].boxes if box.path.steps[-1] == "group")
    assert group.options == ((G, "1 · Mesa"), (H, "2 · Otras"))


def test_territories_are_those_of_the_country():
    at = reading(IAT, {"country": "SLV"}, DOSSIER, FMT)
    assert len(at.options(From("divisions", by="country")).pairs) == 15
    assert not reading(IAT, {"country": "PER"}, DOSSIER, FMT).options(From("divisions", by="country")).closed


def test_institutions_of_earlier_reports_are_suggested():
    dossier = DossierView(siblings=({"entries": [entry("a", institutions=["MINSAL", "ISNA"])]},))
    at = reading(IAT, {"entries": [entry("b", institutions=["CONNA"])]}, dossier, FMT)
    assert at.options(From("earlier", by="entries.institutions")).codes == ("CONNA", "ISNA", "MINSAL")


def test_a_121st_entry_is_an_error_that_names_it():
    answers = {"entries": [entry(str(n), product="P") for n in range(121)]}
    assert sentences(faults(IAT, answers, DOSSIER, FMT)) == {f"entries.{row_id('120')}": "«Asistencias» admite 120 filas; esta es la 121."}


@pytest.mark.parametrize(("answers", "path", "words"), [
    ({"summary": "x" * 1201}, "summary", "admite 1200 caracteres; hay 1201"),
    ({"year": 1999}, "year", "va de 2000"),
    ({"year": "2021"}, "year", "número entero"),
    ({"semester": "3"}, "semester", "de la lista"),
    ({"country": "USA"}, "country", "de la lista"),
    ({"policy": "a\x00b"}, "policy", "U+0000"),
    ({"policy": "\ud800"}, "policy", "U+D800"),
    ({"policy": {"a": 1}}, "policy", "es un texto"),
    ({"entries": "x"}, "entries", "forma esperada"),
    ({"entries": [{ID: G, "sessions": 0}]}, f"entries.{G}.sessions", "va de 1 a 999"),
    ({"entries": [{ID: G, "territories": ["nacional", "SA"]}]}, f"entries.{G}.territories", "se elige solo"),
    ({"entries": [{ID: G, "group": H}]}, f"entries.{G}.group", "de la lista"),
    ({"entries": [{ID: G, "institutions": [f"I{n}" for n in range(21)]}]}, f"entries.{G}.institutions", "admite 20; hay 21"),
])
def test_a_wrong_answer_names_its_field_and_says_what_to_do(answers, path, words):
    found = sentences(faults(IAT, answers, DOSSIER, FMT))
    assert list(found) == [path]
    assert words in found[path]
    found[path].encode()


def test_an_answer_nobody_asks_is_named():
    assert "«nobody»" in FMT.words(*[problem.message for problem in faults(IAT, {"nobody": 1}, DOSSIER, FMT)], key="nobody")


def test_a_second_report_of_the_semester_is_refused():
    same = {key: REPORT[key] for key in ("unit", "policy", "year", "semester")} | {"unit": " departamento de PRIMERA infancia"}
    assert findings(REPORT, DossierView(facts=FACTS, today="2026-11-20",
        siblings=(same,)))["R-35"] == ["Ya existe un informe de ese semestre."]
    assert findings(REPORT, DossierView(facts=FACTS, today="2026-11-20", siblings=(same | {"semester": "2"},)))["R-35"] == []


def test_the_rule_waits_until_the_report_says_what_it_is():
    assert findings({}, BARE)["R-35"] == "waits"


def test_a_report_is_of_the_semester_it_was_opened_for_and_not_of_the_future():
    assert findings(REPORT | {"semester": "2"})["IAT-1"] == ["El informe se abrió para el semestre 1."]
    assert findings({"year": 2027}, DossierView(today="2026-11-20"))["IAT-2"] == ["El año 2027 aún no llega."]


def test_the_entries_read_as_cards_by_group_and_the_totals_as_bars():
    sections = resolve(IAT, REPORT, DOSSIER, OWN, FMT, IMPRINT).sections
    drawn = [block for section in sections for shown in section.answers for block in shown.blocks]
    blocks = {block.path.pdf: block for block in drawn if not isinstance(block, Heading)}
    assert blocks["entries"].view == Cards(title=("no", "product"), by="group")
    assert isinstance(blocks["entries"], Rows)
    groups = blocks["total_entries.by_group"]
    assert isinstance(groups, Bars)
    assert [(bar.label[:4], bar.text) for bar in groups.bars] == [("1 · ", "9"), ("2 · ", "8")]
    assert blocks["totals_by_kind.by_kind"].bars[0].label == "Apoyo técnico"
    assert blocks["total_sessions.sum"] == Line(blocks["total_sessions.sum"].path, "Sesiones", "45", 4)
