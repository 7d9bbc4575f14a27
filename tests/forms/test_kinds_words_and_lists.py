"""Texts, tags, choices, yes and no, ratings."""
import pytest

from forms.blocks import Bars, Line, Prose, Ticks
from forms.catalogues import DIVISIONS, MEMBERS, P_COMMIT, TA_KIND, THEME, inline
from forms.kinds import Choice, Choices, Paragraph, Rating5, Rating10, Tags, Text, When, YesNo
from forms.view import BARE, Facts, From, Options
from tests.forms.readings import AT, HERE, reading, refusal

NOBODY = Facts({}, {}, BARE)
TERRITORY = Choices("territories", "Territorio", options=From("divisions", by="country"), alone=("nacional",), low=1, high=3, required=True)


def missing(kind, value):
    return [AT.fmt.words(problem.message, **problem.places) for problem in kind.missing(value, HERE, NOBODY)]


def test_a_text_that_is_too_long_is_refused_with_its_count_and_never_cut():
    assert refusal(Text("t", "Título", most=5).check, "seis06") == "«Título» admite 5 caracteres; hay 6."


def test_a_short_draft_is_saved_but_cannot_be_sent():
    field = Paragraph("p", "Qué se hizo", required=True)
    assert field.check("Corto") == "Corto"
    assert missing(field, "Corto") == ["Escriba al menos 20 caracteres en «Qué se hizo»; hay 5."]
    assert missing(field, "Esto ya tiene los veinte.") == []


def test_an_optional_paragraph_may_be_short():
    assert missing(Paragraph("p", "Logros"), "Corto") == []


def test_a_paragraph_reads_as_paragraphs():
    assert Paragraph("p", "Qué").blocks(HERE, "uno\n\ndos", AT) == (Prose(HERE, "Qué", ("uno", "dos")),)


def test_tags_are_split_by_line_or_semicolon_and_none_is_kept_twice():
    assert Tags("i", "Instituciones").parse(["ISNA; MINSAL\nisna", "CONNA"], AT) == ["ISNA", "MINSAL", "CONNA"]


def test_one_tag_too_many_is_refused():
    assert "admite 2; hay 3" in refusal(Tags("i", "I", high=2).check, ["a", "b", "c"])


def test_a_choice_takes_its_codes_and_what_paper_says():
    field = Choice("kind", "Tipo", options=TA_KIND)
    assert field.settled(field.parse(["support"], AT), AT) == "support"
    assert "Elija «Tipo»" in refusal(field.parse, ["apoyo"], AT)
    opened = Choice("kind", "Tipo", options=From("divisions"))
    assert opened.settled(opened.parse(["cabañas"], AT), AT) == "CA"


def test_an_open_list_takes_other_words_and_leaves_them_untranslated():
    field = Choice("c", "Cuál", options=Options("", (("no", "No"),), closed=False))
    assert field.settled(field.parse(["Otra cosa"], AT), AT) == "Otra cosa"
    assert field.text("Sí", reading("pt", "BRA")) == "Sí"


def test_a_list_of_the_dossier_is_checked_when_all_answers_are_in():
    assert TERRITORY.settled(TERRITORY.parse(["SA", "CA"], AT), AT) == ["CA", "SA"]
    assert "Elija «Territorio»" in refusal(lambda: TERRITORY.settled(TERRITORY.parse(["Marte"], AT), AT))


def test_where_no_list_is_shipped_territories_are_written_freely():
    at = reading("es", "PER")
    box = TERRITORY.boxes(HERE, ["Cusco"], at)[0]
    assert (box.type, box.options) == ("tags", (("nacional", "Nacional"),))
    assert TERRITORY.settled(TERRITORY.parse(["Cusco; Nacional"], at)[:1], at) == ["Cusco"]
    assert TERRITORY.settled(["nacional"], at) == ["nacional"]


def test_nationwide_excludes_every_other_territory():
    assert refusal(lambda: TERRITORY.settled(["nacional", "SA"], AT)) == "En «Territorio», «Nacional» se elige solo."


def test_the_fourth_of_three_is_refused():
    assert "como mucho 3" in refusal(Choices("t", "Temas", options=THEME, high=3).check, list(THEME.codes[:4]))


def test_every_commitment_must_be_ticked_to_send():
    field = Choices("c", "Me comprometo a", options=P_COMMIT, every=True, required=True)
    assert missing(field, ["pc_log"]) == ["Marque todas las opciones de «Me comprometo a»."]
    assert missing(field, list(P_COMMIT.codes)) == []


def test_a_short_list_is_printed_whole_with_ticks_a_long_one_as_words():
    short, long = Choices("a", "A", options=inline("Uno", "Dos")), Choices("b", "B", options=THEME)
    assert short.blocks(HERE, ["dos"], AT) == (Ticks(HERE, "A", (("Uno", False), ("Dos", True))),)
    assert long.blocks(HERE, ["data"], AT) == (Line(HERE, "B", "Medición y datos"),)


def test_yes_or_no_is_never_assumed():
    field = YesNo("y", "¿Confirmada?", required=True)
    assert field.raw(None, AT) == ()
    assert missing(field, None) == ["Falta «¿Confirmada?»."]
    assert missing(field, False) == []


def test_an_agreement_needs_a_yes():
    assert missing(YesNo("y", "He leído", agreed=True), False) == ["Para enviar hace falta responder Sí a «He leído»."]


def test_ratings_are_bars_with_the_number_beside_them():
    (bars,) = Rating5("r", "Utilidad").blocks(HERE, 4, AT)
    assert isinstance(bars, Bars)
    assert (bars.most, bars.bars[0].value, bars.bars[0].text) == (5, 4, "4 de 5")
    assert Rating5("r", "Utilidad").text("na", AT) == "No aplica"
    assert Rating10("r", "Nota").parse(["0"], AT) == 0


@pytest.mark.parametrize("value", [0, 6, True, "NA", 1.5, None])
def test_a_rating_outside_its_scale_is_refused(value):
    assert "va de 1 a 5" in refusal(Rating5("r", "Utilidad").check, value)


def test_what_is_not_wanted_is_not_missing():
    field = Text("unit", "De qué", required=True, when=When("quantity"))
    assert list(field.missing(None, HERE, Facts({"quantity": None}, {}, BARE))) == []
    assert len(list(field.missing(None, HERE, Facts({"quantity": 3}, {}, BARE)))) == 1


def test_the_shipped_divisions_are_complete_with_nationwide_first():
    assert {country: len(options.pairs) - 1 for country, options in DIVISIONS.items()} == {"SLV": 14, "URY": 19}
    assert all(options.codes[0] == "nacional" for options in DIVISIONS.values())


def test_inline_lists_have_codes_made_of_their_words():
    assert inline("Sí", "No", "En parte", "centros verificados", "Mujer/Hombre").codes == ("si", "no", "en_parte", "centros_verificados",
        "mujer_hombre")


def test_the_members_are_the_twenty_three():
    assert len(MEMBERS) == 23
