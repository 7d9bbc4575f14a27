"""A volume of days of several diaries: only what their authors share, under the name they chose, while the permission stands."""

import pytest

from app.errors import Forbidden, Invalid, NotFound
from app.rendering.readback import text_of_pdf
from app.store import open_store
from app.workflow import publication, withdrawals
from tests.workflow.pressing import Press, settings_in, subject


@pytest.fixture
def press(tmp_path):
    """The second traveller publishes with their name; the third without; the fourth wrote and did not sign."""
    with open_store(settings_in(tmp_path)) as store:
        press = Press(store).written(2, 3, 4)
        press.say(3, publish_choice="anonymous")
        for number in (2, 3):
            press.moved(press.diary(number), "signed")
        yield press


def keys(press, number):
    every = publication.shareable(press.store, press.coordinator, press.dossier)
    return [each.key for each in every if each.key.startswith(subject(number))]


def authors(press):
    return {each.author for each in publication.shareable(press.store, press.coordinator, press.dossier)}


def volume(press, chosen):
    return publication.made(press.store, press.coordinator, press.dossier, chosen, "letter")


def test_days_are_offered_under_the_name_their_author_chose(press):
    assert authors(press) == {"Especialista en estándares, El Salvador", "Participante, El Salvador"}
    assert keys(press, 4) == []


def test_a_day_that_is_not_shared_is_not_offered(press):
    before = keys(press, 2)
    press.say(2, **{f"days.{before[0].partition(':')[2]}.shareable": False})
    assert keys(press, 2) == before[1:]


def test_the_volume_has_contents_and_the_chosen_days_only(press):
    made = volume(press, [keys(press, 2)[1], keys(press, 3)[0]])
    said = " ".join(text_of_pdf(made.data).split())
    assert "Contenido" in said
    assert "Cada sala tiene a la vista su cupo" in said
    assert "Los seis pasos en una pared" not in said
    assert made.data == volume(press, [keys(press, 2)[1], keys(press, 3)[0]]).data


def test_whoever_takes_the_permission_back_is_in_no_further_volume(press):
    taken = keys(press, 2)
    consents = next(each for each in press.walk.documents("A7") if each.subject == subject(2))
    withdrawals.withdraw(press.store, press.walk.secretariat, consents, "consent_log_publication", note="Lo pidió por teléfono el lunes.")
    assert keys(press, 2) == []
    with pytest.raises(NotFound):
        volume(press, taken[:1])


def test_none_chosen_and_who_may_not_print_are_refused(press):
    with pytest.raises(Invalid, match="al menos un día"):
        volume(press, [])
    with pytest.raises(Forbidden):
        publication.shareable(press.store, press.walk.one("visiting_leader"), press.dossier)
