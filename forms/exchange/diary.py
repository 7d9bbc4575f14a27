"""What a diary takes from the visit, and its rules (forms.md §7): every working day, and photos as institutions and people allow."""
from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from forms.catalogues import PUBLISH
from forms.exchange.agenda import places, working
from forms.exchange.sources import at, codes, day, problem, value_of
from forms.kinds import Problem, empty, row_id
from forms.path import AnswerPath
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

PHOTOS = ("photo1", "photo2")
WRITTEN = ("saw", "learned", "at_home", "voice", "contact", *PHOTOS)
"""What a person writes of a day."""
THREE, LONGEST = 3, 400
NOT_HERE = N_("Esta institución no permite fotos.")
NO_PEOPLE = N_("Esta institución permite fotos de espacios y materiales, no de personas.")


def three_questions(facts: Facts) -> Json:
    """The first questions of the delegation, as many as three and as fit."""
    asked = [str(row["question"]) for row in rows_of(value_of(facts, "A3", "learning_questions")) if row.get("question")][:THREE]
    while asked and len("\n".join(asked)) > LONGEST:
        asked.pop()
    return "\n".join(asked) or None


def days(facts: Facts) -> list[Answers]:
    """A row for each working day of the agenda, with what is visited.

    Its id is its place among them: when dates change (R-29) what was written on the second day stays with the second day.
    """
    rows = working(value_of(facts, "A1", "agenda"))
    told = [(date, [str(row["title"]) for row in found if row.get("title")]) for date, found in groupby(rows, lambda row: str(row["date"]))]
    return [{ID: row_id(f"day/{number}"), "date": date, "visited": titles} for number, (date, titles) in enumerate(told, 1)]


def _pictures(facts: Facts) -> Iterator[tuple[AnswerPath, Answers, Answers]]:
    """(path, photo, day) of each photo that was attached; the cover's day says nothing."""
    cover = mapping(facts.answers.get("cover_photo"))
    if cover.get("file"):
        yield at("cover_photo"), cover, {}
    for row in rows_of(facts.answers.get("days")):
        for key in PHOTOS:
            if mapping(row.get(key)).get("file"):
                yield at("days", row[ID], key), mapping(row[key]), row


def policies(facts: Facts, row: Answers) -> set[str]:
    """What the institutions visited on a day say of photos."""
    known = places({"receiving_institutions": value_of(facts, "A1", "receiving_institutions")})
    agenda = working(value_of(facts, "A1", "agenda"))
    visits = [each.get("institution") for each in agenda if row.get("date") and each["date"] == row["date"]]
    return {str(known[str(each)].get("photo_policy")) for each in visits if str(each) in known}


def as_allowed(facts: Facts) -> Iterator[Problem]:
    """R-16: no photo on a day at an institution that allows none, none of people where only spaces may be shown, adults with permission."""
    for path, photo, row in _pictures(facts):
        told = policies(facts, row)
        if "none" in told:
            yield problem(path / "file", NOT_HERE)
        elif photo.get("people") == "adults_consented" and told == {"spaces_only"}:
            yield problem(path / "people", NO_PEOPLE)
        if photo.get("people") == "adults_consented" and photo.get("rights") is not True:
            yield problem(path / "rights", N_("Sin autorización de las personas no se puede usar la foto."))


def _published(facts: Facts) -> Iterator[tuple[AnswerPath, Answers]]:
    """The photos that would be seen by others: those of a day that may be shared, if anything is published."""
    if facts.answers.get("publish_choice") in ("anonymous", "named"):
        yield from ((path, photo) for path, photo, row in _pictures(facts) if not row or row.get("shareable") is True)


def nobody_unwilling(facts: Facts) -> Finding:
    """R-16: nobody who said no to being photographed is in a photo that is published."""
    numbers = {str(row.get(ID)): row.get("no") for row in rows_of(value_of(facts, "A2", "travellers"))}
    seen = [(path, whom) for path, photo in _published(facts) for whom in codes(photo.get("travellers"))]
    said = {whom: facts.dossier.answers("A7", subject=whom).get("consent_photo") for _, whom in seen}
    unwilling = [(path, whom) for path, whom in seen if said[whom] is False]
    found = [problem(path / "travellers", N_("{no} no autoriza fotografías."), no=numbers.get(whom)) for path, whom in unwilling]
    return found or (WAITS if None in said.values() else [])


def sure_of_faces(facts: Facts) -> Iterator[Problem]:
    """R-17: a photo in which somebody might be recognised is not published."""
    for path, photo in _published(facts):
        if photo.get("people") == "not_sure":
            yield problem(path / "people", N_("Revise si se reconoce a alguien."))


def within_consent(facts: Facts) -> Finding:
    """R-18: what may be published is no more than the person's Anexo VII allows."""
    chosen, allowed = facts.answers.get("publish_choice"), _consent(facts)
    if not allowed:
        return WAITS
    if not chosen or PUBLISH.codes.index(str(chosen)) <= PUBLISH.codes.index(allowed):
        return []
    named = allowed == "anonymous"
    message = N_("Su autorización no permite publicar con nombre.") if named else N_("Su autorización no permite publicar.")
    return [problem(at("publish_choice"), message)]


def _consent(facts: Facts) -> str:
    whom = facts.dossier.subject or facts.subject
    return str(facts.dossier.answers("A7", subject=whom).get("consent_log_publication") or "")


def every_day(facts: Facts) -> Finding:
    """R-21: something is written of every working day, and of no other."""
    expected = {row[ID] for row in days(facts)}
    if not expected:
        return WAITS
    rows = rows_of(facts.answers.get("days"))
    blank = [row for row in rows if row.get(ID) in expected and all(empty(row.get(key)) for key in WRITTEN)]
    missing = [problem(at("days", row[ID]), N_("Falta el registro del {d}."), d=day(row.get("date"))) for row in blank]
    return missing + [problem(at("days", row[ID]), N_("Hay un registro de un día que ya no está en la agenda."))
                      for row in rows if row.get(ID) not in expected]


RULES = (
    Rule("R-16", "A6.days", "submit", True, as_allowed),
    Rule("R-16-people", "A6.days", "submit", True, nobody_unwilling),
    Rule("R-17", "A6.days", "submit", True, sure_of_faces),
    Rule("R-18", "A6.publish_choice", "submit", True, within_consent),
    Rule("R-21", "A6.days", "submit", True, every_day),
)
