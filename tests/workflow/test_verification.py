"""The code on paper, typed by anybody."""

import pytest

from app.workflow import verification
from app.workflow.verification import CROCKFORD


def test_codes_are_sixteen_characters_and_never_the_same():
    codes = {verification.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 16 and set(code) <= set(CROCKFORD) and verification.parse(code) == code for code in codes)


def test_a_code_is_printed_in_four_groups_and_read_back():
    code = verification.new_code()
    assert [len(group) for group in verification.grouped(code).split("-")] == [4, 4, 4, 4]
    assert verification.parse(verification.grouped(code)) == code


def test_the_check_character_of_a_known_code():
    assert verification.check_character("0" * 15) == "0"
    assert verification.parse("0000 0000 0000 001Y") == "000000000000001Y"


def test_what_people_confuse_is_forgiven():
    code = "01" * 7 + "0"
    whole = code + verification.check_character(code)
    typed = whole.replace("0", "o").replace("1", "l").lower()
    assert verification.parse(f"  {typed[:4]} {typed[4:8]} – {typed[8:]} ") == whole


@pytest.mark.parametrize("place", range(16))
def test_every_single_wrong_character_is_found(place):
    code = verification.new_code()
    wrong = [code[:place] + other + code[place + 1 :] for other in CROCKFORD if other != code[place]]
    assert [each for each in wrong if verification.parse(each)] == []


@pytest.mark.parametrize("text", ["", "   ", "K7Q2", "U" * 16, "ñ" * 16, "0" * 17, "\x00" * 16, "😀" * 16, "0" * 15, "\ud800" * 16])
def test_what_is_no_code_is_none(text):
    assert verification.parse(text) is None


def test_anybody_may_look_up_a_paper_and_learns_no_answer(house):
    document = house.real()
    found = verification.look_up(house.store, verification.grouped(document.verification).lower())
    assert vars(found) == {
        "title": "Informe semestral de asistencia técnica",
        "code": "IAT-SLV-CONNA-DPI-2021-1",
        "version": "v1",
        "state": "Borrador",
        "standing": "draft",
        "superseded_by": "",
        "signed_on": None,
        "signatures": (),
        "hash": "",
        "packet": "",
    }


def test_an_unknown_code_and_a_misspelled_one_are_the_same(house):
    house.real()
    assert verification.look_up(house.store, verification.new_code()) is verification.look_up(house.store, "no") is None
