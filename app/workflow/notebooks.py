"""What the notebooks of an exchange say (forms.md §9): the visit its people share, and what each of them wrote that may be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app import i18n
from app.errors import N_
from app.rendering.notebook import AgendaRow, Day, DayEntry, Diary, Host, Mode, Notebook, Paper, Photo, Publish, Visit, worded
from app.store import Document, Dossier, Store
from app.workflow import notebook_photos, packet_content, resolving, surroundings, verification
from forms import FORMS
from forms.catalogues import PUBLISH
from forms.exchange import agenda
from forms.exchange.diary import WRITTEN
from forms.exchange.sources import active
from forms.kinds import empty
from forms.values import ID, Answers, mapping, rows_of
from forms.view import DossierView, Formatter

DIARY: Final = "A6"
CONSENTS: Final = "A7"
OWN: Final = ("highlight", "first_step", "thanks", "starting_point")
"""What a person writes beside their days."""
TEXTS: Final = ("expectations", "my_questions", *OWN)
NOT_SIGNED: Final = N_("No ha firmado el Anexo VII.")
NOTHING_WRITTEN: Final = N_("Todavía no escribió nada en su bitácora.")
NO_DIARY: Final = N_("Su bitácora todavía no está abierta.")
PHOTOS_OUT: Final = N_("Fotos que no se imprimen, sin autorización o en un lugar que no las permite: {count}.")
OFFICE: Final = "OEI"


@dataclass(frozen=True)
class Owner:
    """Somebody a notebook is for. `diary` is their Anexo VI, None before it is open; `number` is that of their row: '03'."""

    subject: str
    number: str
    name: str
    diary: Document | None
    consented: bool
    """Whether their Anexo VII is signed."""
    written: bool


def view_of(store: Store, dossier: Dossier) -> DossierView:
    """The exchange as its documents read it: nothing restricted, no health, permissions as they count now."""
    read = surroundings.of(store, dossier)
    return replace(surroundings.bare(dossier), facts=read.facts, documents=read.documents, states=read.states)


def owners(store: Store, dossier: Dossier) -> tuple[Owner, ...]:
    """Everybody who travels, by number."""
    view = view_of(store, dossier)
    diaries = {each.subject: each for each in surroundings.current(store, dossier) if each.form == DIARY and each.state != "void"}
    found = (_owner(view, row, diaries.get(str(row.get(ID)))) for row in active(view.answers("A2").get("travellers")))
    return tuple(sorted(found, key=lambda each: each.number))


def _owner(view: DossierView, row: Answers, diary: Document | None) -> Owner:
    subject = str(row.get(ID))
    said = view.answers(DIARY, subject=subject)
    whole = " ".join(str(row[key]) for key in ("given_names", "family_names") if row.get(key))
    name = str(said.get("display_name") or row.get("badge_name") or whole)
    return Owner(subject, str(row.get("no") or ""), name, diary, view.state(CONSENTS, subject) == "signed", _written(said))


def _written(said: Answers) -> bool:
    days = (row.get(key) for row in rows_of(said.get("days")) for key in WRITTEN)
    learned = (row.get("text") for row in rows_of(said.get("top_learnings")))
    return not all(empty(value) for value in (*days, *learned, *(said.get(key) for key in OWN)))


def refused(owner: Owner, mode: Mode) -> str:
    """Why a person gets no notebook in a mode (msgid); '' if they do."""
    if mode == "blank":
        return ""
    if owner.diary is None:
        return NO_DIARY
    if mode == "mixed":
        return ""
    return "" if owner.consented and owner.written else NOTHING_WRITTEN if owner.consented else NOT_SIGNED


def visit_of(store: Store, dossier: Dossier, language: str, paper: Paper) -> Visit:
    """What the notebooks of an exchange share, in 'es' or 'pt', for the paper of the country of printing."""
    view, fmt = view_of(store, dossier), i18n.formatter(language, dossier.country)
    title, countries, dates = packet_content.about(dossier, view, fmt)
    first = view.answers("A1")
    return Visit(
        title=title,
        countries=countries,
        dates=dates,
        code=dossier.code,
        days=tuple(_day(day, view, fmt) for day in days(view)),
        words=worded(fmt.words),
        language=language,
        agenda=tuple(_line(row, fmt) for row in agenda.rows(first.get("agenda")) if row.get("kind") != "break"),
        paper=paper,
        programme=fmt.words(FORMS[DIARY].programme),
        of=f"{len(active(view.answers('A2').get('travellers'))):02}",
        contact=_contact(store, dossier),
        institutions=(OFFICE, *_institutions(first)),
    )


def days(view: DossierView) -> list[str]:
    """The days a notebook has a page for, ISO: working days of the agenda, and the weekdays of the visit it says nothing of yet."""
    first = view.answers("A1")
    period = agenda.days(first.get("visit_period") or view.facts.get("visit_period"))
    weekdays = [day for day in period if not agenda.weekend(day)]
    planned = {str(row["date"]) for row in agenda.working(first.get("agenda"))}
    return sorted({*planned, *weekdays}) or period


def _day(day: str, view: DossierView, fmt: Formatter) -> Day:
    first = view.answers("A1")
    visited = (agenda.institution(row, first) for row in agenda.working(first.get("agenda")) if row["date"] == day)
    places = list({str(place[ID]): place for place in visited if place.get("name")}.values())
    cities = dict.fromkeys(str(place["city"]) for place in places if place.get("city"))
    hosts = tuple(Host(str(place["name"]), place.get("photo_policy") != "none") for place in places)
    return Day(fmt.weekday(day), " / ".join(cities), hosts)


def _line(row: Answers, fmt: Formatter) -> AgendaRow:
    return AgendaRow(fmt.date_short(str(row["date"]))[:5], f"{row['start']}–{row['end']}", str(row.get("title") or ""))


def _contact(store: Store, dossier: Dossier) -> tuple[str, ...]:
    """The organisation's offices, never a person."""
    offices = [store.offices.get(each).name for each in (dossier.visiting_office_id, dossier.host_office_id) if each]
    return tuple(offices) or (OFFICE,)


def _institutions(first: Answers) -> Iterator[str]:
    for key in ("host_institution", "visiting_institution"):
        if name := mapping(first.get(key)).get("name"):
            yield str(name)


def notebook(store: Store, dossier: Dossier, visit: Visit, owner: Owner | None, mode: Mode, pictures: bool = True) -> Notebook:
    """One person's notebook; without an owner a spare one. Raises BadPhoto for a photo that cannot be opened.

    Without `pictures` photos stand there but hold nothing, which is enough to count pages.
    """
    if owner is None:
        return Notebook(visit)
    view = view_of(store, dossier)
    row = next((each for each in active(view.answers("A2").get("travellers")) if each.get(ID) == owner.subject), {})
    position, institution = (str(row.get(key) or "") for key in ("position", "institution"))
    code, address = _codes(store, owner)
    book = Notebook(visit, owner.name, owner.number, position, institution, code, address, mode)
    if mode == "blank":
        return book
    photos = notebook_photos.of(store, view, owner.subject, pictures=pictures and mode == "filled")
    return replace(book, diary=_diary(view, owner.subject, visit, photos), cover=photos.cover if mode == "filled" else None)


def left_out(store: Store, dossier: Dossier, owner: Owner) -> int:
    """How many of a person's photos are not printed."""
    return notebook_photos.of(store, view_of(store, dossier), owner.subject, pictures=False).left_out


def _codes(store: Store, owner: Owner) -> tuple[str, str]:
    """The verification code of the diary and where it leads; nothing before there is one."""
    code = owner.diary.verification if owner.diary else ""
    return (verification.grouped(code), f"{store.settings.base_url}/v/{code}") if code else ("", "")


def _diary(view: DossierView, subject: str, visit: Visit, photos: notebook_photos.Photos) -> Diary:
    said = view.answers(DIARY, subject=subject)
    written = {str(row.get("date")): row for row in rows_of(said.get("days"))}
    text = {key: str(value or "") for key, value in said.items() if key in TEXTS}
    return Diary(
        expectations=text.get("expectations", ""),
        questions=text.get("my_questions", ""),
        starting_point=text.get("starting_point", ""),
        days=tuple(_entry(written.get(day, {}), photos.days.get(day, ())) for day in days(view)),
        learnings=tuple(str(row["text"]) for row in rows_of(said.get("top_learnings")) if row.get("text")),
        transfer=_transfer(view, said, visit.language),
        highlight=text.get("highlight", ""),
        first_step=text.get("first_step", ""),
        thanks=text.get("thanks", ""),
        publish=published(view, subject),
    )


def _entry(row: Answers, photos: Sequence[Photo]) -> DayEntry:
    return DayEntry(**{key: str(row.get(key) or "") for key in ("saw", "learned", "at_home", "voice", "contact")}, photos=tuple(photos))


def _transfer(view: DossierView, said: Answers, language: str) -> str:
    """The line of transfer as it is called in Anexo V."""
    names = resolving.reading(FORMS[DIARY], said, view, i18n.formatter(language, view.country)).names("A5.transfer_outline")
    return names.get(str(said.get("transfer_link") or ""), "")


def published(view: DossierView, subject: str) -> Publish:
    """What a person lets be published: their choice, never more than their Anexo VII allows by now (R-18)."""
    chosen = str(view.answers(DIARY, subject=subject).get("publish_choice") or "")
    allowed = str(view.answers(CONSENTS, subject=subject).get("consent_log_publication") or "no")
    if chosen not in PUBLISH.codes:
        return ""
    return CHOICES[PUBLISH.codes[min(PUBLISH.codes.index(chosen), PUBLISH.codes.index(allowed))]]


CHOICES: Final[Mapping[str, Publish]] = {"no": "no", "anonymous": "anonymous", "named": "named"}


