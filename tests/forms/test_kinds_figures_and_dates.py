"""Numbers, money, days, contacts, files."""
import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from forms.blocks import Line, Picture, SignatureBox
from forms.catalogues import ALPHA_2, EXPONENTS, LETTER, MEMBERS, paper
from forms.kinds import Country, Date, DateRange, DateTime, Decimal, Email, File, Integer, Money, Phone, Signature, Time, Url, Year
from tests.forms.readings import AT, HERE, reading, refusal

MONEY = Money("m", "Monto")
PDF = {"sha256": "ab" * 32, "name": "memoria.pdf", "size": 10, "type": "application/pdf"}


@pytest.mark.parametrize("said", ["1.5", "1,5", "mil", "٣", "1e3", "0x1", "1 000", "99999999999999"])
def test_what_is_no_whole_number_is_refused(said):
    assert "número entero" in refusal(Integer("n", "Sesiones").parse, [said], AT)


def test_zero_sessions_are_refused_because_empty_is_not_zero():
    assert refusal(Integer("n", "Sesiones", low=1, high=999).parse, ["0"], AT) == "«Sesiones» va de 1 a 999."


def test_a_year_is_never_grouped():
    assert Year("y", "Año").text(2027, AT) == "2027"
    assert Integer("n", "N").text(2027, AT) == "2,027"
    assert Integer("n", "N").text(2027, reading("es", "URY")) == "2.027"


def test_a_decimal_is_typed_in_the_way_of_its_country():
    field = Decimal("d", "Costo")
    assert field.parse(["1,234.50"], AT) == "1234.5"
    assert field.parse(["1.234,50"], reading("es", "URY")) == "1234.5"
    assert "como 1,234.5" in refusal(field.parse, ["1,5"], AT)


def test_a_decimal_is_never_rounded():
    assert Decimal("d", "D", decimals=4).text("0.1234", AT) == "0.1234"
    assert "admite 2 decimales" in refusal(Decimal("d", "D", decimals=2).check, "0.123")


@pytest.mark.parametrize("value", ["01", "1.0", "-0", "1e5", " 1", "+1", "NaN", "Infinity", 1, True])
def test_only_the_canonical_spelling_of_a_decimal_is_stored(value):
    assert "es un número" in refusal(Decimal("d", "D").check, value)


def test_money_is_kept_in_the_minor_unit_of_its_currency():
    assert MONEY.parse(["1,234.50", "USD"], AT) == {"amount": 123450, "currency": "USD"}
    assert MONEY.parse(["1.500", "PYG"], reading("es", "PRY")) == {"amount": 1500, "currency": "PYG"}
    assert "admite 0 decimales" in refusal(MONEY.parse, ["1,5", "PYG"], reading("es", "PRY"))
    assert "moneda" in refusal(MONEY.parse, ["1", "ZZZ"], AT)


def test_money_is_printed_with_the_decimals_of_its_currency():
    assert MONEY.text({"amount": 123450, "currency": "USD"}, AT) == "$1,234.50"
    assert MONEY.text({"amount": 1500, "currency": "CLP"}, reading("es", "CHL")).replace("\xa0", "") == "$1.500"


def test_the_minor_units_agree_with_the_locale_data():
    assert {code: get_currency_precision(code) for code in EXPONENTS} == EXPONENTS


@pytest.mark.parametrize(("said", "day"), [("12/04/2027", "2027-04-12"), ("2-4-2027", "2027-04-02"), ("2027-04-12", "2027-04-12"),
    ("1.2.2027", "2027-02-01")])
def test_a_day_is_read_as_it_is_written(said, day):
    assert Date("d", "Fecha").parse([said], AT) == day


@pytest.mark.parametrize("said", ["31/02/2027", "2027-4-1", "12/04/27", "mañana", "0001-01-01", "20270412", "2027-W15-1"])
def test_what_is_no_day_is_refused_with_an_example(said):
    assert "12/04/2027" in refusal(Date("d", "Fecha").parse, [said], AT)


def test_a_day_is_written_out_where_it_is_read():
    assert Date("d", "Fecha").text("2027-04-12", AT) == "12 de abril de 2027"
    assert Date("d", "Fecha").text("2027-04-12", reading("pt", "BRA")) == "12 de abril de 2027"


def test_a_range_does_not_end_before_it_starts_nor_last_too_long():
    field = DateRange("r", "Visita", most=15)
    assert field.parse(["12/04/2027", "16/04/2027"], AT) == {"start": "2027-04-12", "end": "2027-04-16"}
    assert "anterior" in refusal(field.parse, ["16/04/2027", "12/04/2027"], AT)
    assert "admite 15 días; hay 16" in refusal(field.parse, ["01/04/2027", "16/04/2027"], AT)
    assert "dos fechas" in refusal(field.parse, ["01/04/2027"], AT)


def test_a_semester_is_worded_in_each_language():
    field = DateRange("p", "Período", months=True)
    semester = {"start": "2021-01-01", "end": "2021-06-30"}
    assert field.text(semester, AT) == "enero–junio de 2021"
    assert field.text(semester, reading("pt", "BRA")) == "janeiro–junho de 2021"


def test_hours_are_read_with_dots_and_letters_too():
    assert [Time("t", "Hora").parse([said], AT) for said in ("9:30", "9.30", "09:30 h")] == ["09:30"] * 3
    assert "09:30" in refusal(Time("t", "Hora").parse, ["25:00"], AT)


def test_a_moment_is_typed_in_two_boxes():
    assert DateTime("m", "Prueba").parse(["12/04/2027", "9:30"], AT) == "2027-04-12T09:30"
    assert "el día y la hora" in refusal(DateTime("m", "Prueba").parse, ["12/04/2027", ""], AT)
    assert DateTime("m", "Prueba").text("2027-04-12T09:30", AT) == "12 de abril de 2027, 09:30"


def test_an_email_is_checked_without_asking_anybody():
    assert Email("e", "Correo").parse([" enlace@example.org "], AT) == "enlace@example.org"
    for wrong in ("enlace", "a@b", "a b@example.org", "a@@example.org"):
        assert "es un correo" in refusal(Email("e", "Correo").parse, [wrong], AT)


@pytest.mark.parametrize("said", ["+503 2222-3333", "00503 2222 3333", "+503.2222.3333", "+(503)22223333"])
def test_a_phone_is_kept_as_e164(said):
    assert Phone("p", "Teléfono").parse([said], AT) == "+50322223333"


def test_a_phone_without_its_country_is_refused():
    assert "código del país" in refusal(Phone("p", "Teléfono").parse, ["2222 3333"], AT)


@pytest.mark.parametrize("said", ["http://example.org", "javascript:alert(1)", "https://user:pw@example.org", "https://",
    "https://example", "https://a b.org", "file:///etc/passwd", "https://example.org:99999/"])
def test_only_https_addresses_are_taken(said):
    assert "https://" in refusal(Url("u", "Enlace").check, said)


def test_an_address_without_scheme_is_https():
    assert Url("u", "Enlace").parse(["example.org/a?b=1#c"], AT) == "https://example.org/a?b=1#c"


def test_countries_are_the_members_by_name_sorted_as_people_sort():
    options = Country("c", "País").boxes(HERE, "SLV", AT)[0].options
    assert [name for _, name in options[:4]] == ["Andorra", "Argentina", "Bolivia", "Brasil"]
    assert set(dict(options)) == set(MEMBERS)
    assert Country("c", "País").parse(["el salvador"], AT) == "SLV"
    assert Country("c", "País", world=True).check("JPN") == "JPN"
    assert "Elija" in refusal(Country("c", "País").check, "JPN")


def test_every_country_has_one_code_of_two_letters():
    assert len(ALPHA_2) == len(set(ALPHA_2.values())) == 249


def test_paper_follows_the_country():
    assert {paper(country) for country in LETTER} == {"Letter"}
    assert [paper(country) for country in ("URY", "BRA", "ESP", "")] == ["A4"] * 4


@pytest.mark.parametrize(("change", "word"), [
    ({"type": "image/png"}, "pdf"), ({"size": 11 * 1024 * 1024}, "10 MB"), ({"size": 0}, "10 MB"), ({"sha256": "../../etc"}, "otra vez"),
    ({"name": "a/b.pdf"}, "nombre"), ({"name": ""}, "nombre"), ({"more": 1}, "otra vez"), ({"size": True}, "otra vez"),
])
def test_a_file_of_the_wrong_shape_type_or_size_is_refused(change, word):
    assert word in refusal(File("f", "Respaldo", types=("pdf",), mb=10).check, PDF | change)


def test_a_photo_reads_as_a_picture_a_document_as_its_name():
    photo = PDF | {"name": "visita.jpg", "type": "image/jpeg"}
    assert File("f", "Foto", types=("jpg",)).blocks(HERE, photo, AT) == (Picture(HERE, "Foto", "ab" * 32, "Foto: visita.jpg"),)
    assert File("f", "Acta").blocks(HERE, PDF, AT) == (Line(HERE, "Acta", "memoria.pdf"),)


def test_a_signature_is_a_place_until_somebody_signs_it():
    field = Signature("s", "Revisó y aprobó", signer="unit_head")
    assert field.blocks(HERE, None, AT) == (SignatureBox(HERE, "Revisó y aprobó"),)
    signed = {"name": "Jefatura de unidad", "position": "Jefatura", "signed_at": "2027-04-12T15:00:00+00:00"}
    (box,) = field.blocks(HERE, signed, AT)
    assert (box.name, box.note) == ("Jefatura de unidad", "12 de abril de 2027, 09:00 (hora de El Salvador)")
    assert "se firma" in refusal(field.check, signed)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-10**9, max_value=10**9), st.sampled_from(["SLV", "URY",
    "ESP", "MEX", "BRA"]))
def test_a_decimal_survives_its_box_in_every_locale(number, country):
    at = reading("pt" if country == "BRA" else "es", country)
    field = Decimal("d", "D", decimals=3)
    value = f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
    value = "0" if value == "-0" else value
    assert field.parse(field.raw(value, at), at) == value
