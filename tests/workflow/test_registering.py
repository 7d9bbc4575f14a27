"""Units and offices are registered once, under names that reports can print."""

import pytest

from app.errors import Invalid
from app.workflow import registering


@pytest.mark.parametrize(("code", "name", "country"), [
    ("CONNA", "Unidad", "SLV"), ("SLV-CONNA-DPI", "Otra", "SLV"), ("SLV-NUEVA", "", "SLV"), ("SLV-NUEVA", "Unidad", "URY"),
    ("QQQ-NUEVA", "Unidad", "QQQ"), ("SLV-NUEVA", "Unidad 漢", "SLV"), ("SLV-NUEVA", "x" * 161, "SLV"),
])
def test_a_unit_that_cannot_be_is_refused(house, code, name, country):
    with pytest.raises(Invalid):
        registering.add_unit(house.store, code, name, "Institución de ejemplo", country)


def test_a_unit_is_added_once_with_its_printed_code(house):
    assert registering.add_unit(house.store, "slv-nueva", "Unidad nueva", "Institución de ejemplo", "slv").code == "SLV-NUEVA"


@pytest.mark.parametrize(("name", "country"), [("Oficina de ejemplo", "SLV"), ("", "SLV"), ("Oficina nueva", "QQQ")])
def test_an_office_that_cannot_be_is_refused(house, name, country):
    with pytest.raises(Invalid):
        registering.add_office(house.store, name, country)


def test_an_office_is_added_for_its_country(house):
    made = registering.add_office(house.store, " Oficina nueva ", "ury")
    assert (made.name, made.country) == ("Oficina nueva", "URY")
    assert made in house.store.offices.all()


def test_a_unit_belongs_to_the_office_of_its_country_if_there_is_one(house):
    office = registering.add_office(house.store, "Oficina nueva", "URY")
    units = [registering.add_unit(house.store, f"{country}-NUEVA", "Unidad", "Institución", country) for country in ("URY", "CHL")]
    assert [unit.office_id for unit in units] == [office.id, None]
