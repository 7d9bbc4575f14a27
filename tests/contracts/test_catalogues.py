"""Every wording stands in Portuguese and in English, with the same places in braces."""

import pytest

from tools import catalogues


@pytest.mark.parametrize("domain", catalogues.SOURCES)
@pytest.mark.parametrize("locale", catalogues.LOCALES)
def test_the_catalogue_is_complete(locale, domain):
    assert [str(fault) for fault in catalogues.faults(locale, domain)] == []


@pytest.mark.parametrize(
    ("translation", "reason"),
    [("", "not translated"), ("Falta o campo", "places differ"), ("Falta {field} ", "blanks at the edges")],
)
def test_a_bad_translation_is_named(translation, reason):
    catalog = catalogues.Catalog()
    message = catalog.add("Falta {field}", translation)
    assert reason in (catalogues.fault_of(message, message) or "")


def test_a_fuzzy_translation_is_named():
    catalog = catalogues.Catalog()
    message = catalog.add("Sí", "Sim", flags=["fuzzy"])
    assert catalogues.fault_of(message, message) == "marked fuzzy"


def test_interface_and_forms_both_have_wording_to_translate():
    assert all(len(list(catalogues.wording(catalogues.extracted(domain)))) > 50 for domain in catalogues.SOURCES)
