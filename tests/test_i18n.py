"""Words and figures of each locale."""
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from app import i18n
from app.i18n import formatter, words
from forms.catalogues import ALPHA_2, MEMBERS, SPANISH
from forms.values import C_


@pytest.fixture
def catalogues(tmp_path, monkeypatch):
    """Two small catalogues in Portuguese, read instead of ours."""
    for domain, entries in {"forms": {"Año": "Ano", "Fecha": "Data (papel)"}, "messages": {"Falta «{label}».": "Falta «{label}»!",
        "Fecha": "Data"}}.items():
        catalogue = Catalog(locale="pt_BR")
        for message, translation in entries.items():
            catalogue.add(message, translation)
        catalogue.add("Dudoso", "Duvidoso", flags={"fuzzy"})
        catalogue.add("Dirección", "Endereço")
        catalogue.add("Dirección", "Direção", context="nivel")
        path = tmp_path / "pt_BR" / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue)
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    caches = (i18n._catalogue, i18n._messages, i18n.formatter, i18n.words)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_a_message_is_translated_with_the_label_in_it(catalogues):
    assert words("pt")("Falta «{label}».", label="Año") == "Falta «Ano»!"
    assert words("es")("Falta «{label}».", label="Año") == "Falta «Año»."


def test_paper_reads_the_official_wording_first_and_the_page_its_own(catalogues):
    assert formatter("pt", "BRA").words("Fecha") == "Data (papel)"
    assert words("pt")("Fecha") == "Data"


def test_what_is_not_translated_stays_in_spanish_and_doubtful_wording_is_left_out(catalogues):
    assert words("pt")("Sin traducir") == "Sin traducir"
    assert words("pt")("Dudoso") == "Dudoso"


def test_two_senses_of_one_spelling_have_their_own_translations_and_the_sense_is_never_shown(catalogues):
    level = C_("nivel", "Dirección")
    assert [words("pt")(each) for each in ("Dirección", level)] == ["Endereço", "Direção"]
    assert words("es")(level) == words("en")(level) == formatter("es", "URY").words(level) == "Dirección"
    assert words("es")("Falta «{label}».", label=level) == "Falta «Dirección»."


def test_a_persons_own_text_is_never_translated_nor_read_as_a_pattern(catalogues):
    assert words("pt")("Escribió «{said}»", said="Año {label}") == "Escribió «Año {label}»"


@pytest.mark.parametrize(("language", "country", "decimal", "integer"), [
    ("es", "SLV", "1,234.5", "12,345"), ("es", "MEX", "1,234.5", "12,345"), ("es", "CHL", "1.234,5", "12.345"), ("es", "URY", "1.234,5",
    "12.345"),
    ("pt", "BRA", "1.234,5", "12.345"), ("en", "", "1,234.5", "12,345"),
])
def test_figures_follow_the_country(language, country, decimal, integer):
    fmt = formatter(language, country)
    assert (fmt.decimal("1234.5"), fmt.integer(12345), fmt.decimal_of(decimal)) == (decimal, integer, "1234.5")


@pytest.mark.parametrize("country", MEMBERS)
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_member_has_a_locale_in_every_language_and_never_one_without_country(language, country):
    fmt = formatter(language, country)
    assert fmt.language == language
    assert str(fmt.locale) != "es_419"
    assert fmt.country(country) != country
    assert fmt.decimal_of(fmt.decimal("9876.54")) == "9876.54"


def test_the_spanish_of_each_member_is_its_own():
    assert {str(formatter("es", country).locale) for country in SPANISH} == {f"es_{ALPHA_2[country]}" for country in SPANISH}


def test_days_are_written_out_where_read_and_short_in_tables():
    fmt = formatter("es", "SLV")
    assert (fmt.date("2027-04-12"), fmt.date_short("2027-04-12"), fmt.weekday("2027-04-12")) == ("12 de abril de 2027", "12/04/2027",
        "lunes 12 de abril")
    assert formatter("pt", "BRA").weekday("2027-04-12") == "segunda-feira, 12 de abril"
    assert formatter("en").date_short("2027-04-12") == "12/04/2027"


def test_a_moment_with_a_zone_says_it_is_utc():
    assert formatter("es").moment("2027-04-12T09:30:00-06:00") == "12 de abril de 2027, 15:30 UTC"
    assert formatter("es").moment("2027-04-12T09:30") == "12 de abril de 2027, 09:30"


def test_months_lists_and_countries_are_words():
    fmt = formatter("es", "SLV")
    assert (fmt.month(1), fmt.listed(["a", "b", "c"]), fmt.listed([]), fmt.country("SLV"), fmt.country("ZZZ")) == ("enero", "a, b y c",
        "", "El Salvador", "ZZZ")


def test_what_is_no_number_of_the_country_is_refused():
    for text in ("1.234.5", "abc", "", "1,5"):
        with pytest.raises(ValueError):
            formatter("es", "SLV").decimal_of(text)
