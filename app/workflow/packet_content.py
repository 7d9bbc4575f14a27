"""What was gathered as the plan a packet is drawn from: titles, dates, signatures and pages, worded in the packet's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app import i18n
from app.errors import N_
from app.rendering.packet import Attached, Certificate, Chapter, Figure, Missing, Plan, Wording, foreign
from app.store import Document, Dossier, Signature, Store
from app.workflow import consents, dossiers, packet_plans, programmes, renditions, resolving, slots, verification
from app.workflow.packet_gathering import Entry, Gathered, moments, signed_dates, title_of
from app.workflow.packet_plans import Variant
from forms import FORMS
from forms.blocks import Cell, Column, Plain, Row, Rows
from forms.catalogues import SIGN_METHOD
from forms.path import AnswerPath
from forms.resolved import Imprint, Resolved, Shown, ShownSection
from forms.spec import CLASSIFICATIONS, Form
from forms.values import mapping, rows_of
from forms.view import DossierView, Formatter

EXTRACT: Final = N_("extracto de {code}")
SEALED: Final = N_("Sellado")
RANGE: Final = N_("del {start} al {end}")
PAGE_OF_FILE: Final = N_("{title}, página {page} de {pages}")
CONSENTS, PERMISSION, CONSENTED = N_("Permisos que dio cada persona"), N_("Permiso"), N_("Según el anexo firmado por cada persona")
FACTS: Final = (N_("Código"), N_("Paquete"), N_("Variante"), N_("Clasificación"), N_("Última firma"))
BOUND: Final = N_("Documentos: {count}")
ABSENT: Final = N_("faltan: {count}")
ACTIVITY: Final = "A1"
"""The form whose answers name the activity; before it, the dossier's facts do."""
DIGITS: Final = 16


@dataclass(frozen=True)
class Edition:
    """A packet as it is about to be drawn: of which dossier, which one, for whom, and its code."""

    dossier: Dossier
    packet: str
    variant: str
    verification: str
    fmt: Formatter

    @property
    def plan(self) -> packet_plans.Plan:
        return packet_plans.PACKETS[self.packet]

    @property
    def audience(self) -> Variant:
        return packet_plans.VARIANTS[self.variant]

    @property
    def code(self) -> str:
        """'PE-2027-URY-SLV-01/P1'"""
        return f"{self.dossier.code}/{self.packet}"


def plan_of(store: Store, edition: Edition, found: Gathered) -> Plan:
    """The plan to draw. Foreign files are opened in the jail. Raises NotFound or Damaged for a record that is not kept."""
    fmt, view = edition.fmt, dossiers.view_of(store, found.documents[0])
    imprint = _imprint(store, edition, found)
    chapters = tuple(_chapter(store, edition, entry, imprint) for entry in found.entries)
    certificates = tuple(_certificate(store, edition, each) for each in found.documents if store.signatures.of(each.id))
    missing = tuple(Missing(str(lack.places["title"]), fmt.words(lack.message, **lack.places)) for lack in found.absent)
    title, names, dates = about(edition.dossier, view, fmt)
    facts, wording = _facts(store, edition, found), _wording(edition, found)
    return Plan(title, names, dates, facts, fmt.language, imprint, chapters, missing, certificates, wording)


def about(dossier: Dossier, view: DossierView, fmt: Formatter) -> tuple[str, tuple[str, ...], str]:
    """Title of the activity, the countries it joins (host first), and its dates."""
    said = {**view.facts, **{key: value for key, value in view.answers(ACTIVITY).items() if value not in (None, "")}}
    countries = [str(said[key]) for key in ("host_country", "visiting_country") if said.get(key)] or [dossier.country]
    period = mapping(said.get("visit_period"))
    dates = fmt.words(RANGE, start=fmt.date(str(period["start"])), end=fmt.date(str(period["end"]))) if period.get("end") else ""
    return str(said.get("activity_title") or said.get("title") or fmt.words(dossier.title)), tuple(map(fmt.country, countries)), dates


def _imprint(store: Store, edition: Edition, found: Gathered) -> Imprint:
    fmt, country, last = edition.fmt, edition.dossier.country, last_signed(store, found)
    return Imprint(
        programme=fmt.words(FORMS[found.documents[0].form].programme),
        code=edition.code,
        version=fmt.words(edition.audience.title),
        state=fmt.words(SEALED),
        date=fmt.date_short(i18n.local(last, country).date().isoformat()),
        classification=fmt.words(_classification(edition)),
        verification=verification.grouped(edition.verification),
        verification_url=f"{store.settings.base_url}/v/{edition.verification}",
        page_of=fmt.words(programmes.PAGE_OF),
        paper=programmes.paper(country),
        seal=fmt.words(programmes.SEAL),
        moment=last.isoformat(),
    )


def _classification(edition: Edition) -> str:
    return CLASSIFICATIONS["internal" if edition.audience.named else "public"]


def last_signed(store: Store, found: Gathered) -> datetime:
    """When the last signature among its documents was given: the date inside the file."""
    return max(at for document in found.documents for at in moments(store, document))


def _facts(store: Store, edition: Edition, found: Gathered) -> tuple[tuple[str, str], ...]:
    fmt, plan = edition.fmt, edition.plan
    last = i18n.local(last_signed(store, found), edition.dossier.country).date().isoformat()
    packet = f"{edition.packet} · {fmt.words(plan.title)}"
    told = (edition.dossier.code, packet, fmt.words(edition.audience.title), fmt.words(_classification(edition)), fmt.date(last))
    return tuple(zip(map(fmt.words, FACTS), told, strict=True))


def _wording(edition: Edition, found: Gathered) -> Wording:
    words = edition.fmt.words
    told = [words(BOUND, count=len(found.entries)), *([words(ABSENT, count=len(found.absent))] if found.absent else [])]
    return Wording(
        cover=words(N_("Carátula")),
        contents=words(N_("Índice y lista de control")),
        told=" · ".join(told),
        columns=_five(words, (N_("Documento"), N_("Versión"), N_("Firmas"), N_("Huella SHA-256"), N_("Página"))),
        missing=words(N_("Lo que falta")),
        reason=words(N_("Por qué")),
        certificate=words(N_("Constancia de firmas")),
        promise=(
            words(N_("Cada persona firmó la huella SHA-256 del documento aprobado, con un código enviado a su correo.")),
            words(N_("El sello electrónico de la organización está al pie de la última página y cubre el paquete entero.")),
        ),
        signers=_five(words, (N_("Quién"), N_("Función"), N_("Fecha"), N_("Cómo firmó"), N_("Huella firmada"))),
        hash=words(N_("Huella del documento: {hash}")),
        folio="{code} · " + words(programmes.PAGE_OF),
        manifest=words(N_("Huellas de los documentos de este paquete")),
    )


def _five(words: Callable[..., str], texts: tuple[str, str, str, str, str]) -> tuple[str, str, str, str, str]:
    one, two, three, four, five = map(words, texts)
    return one, two, three, four, five


# ── chapters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _chapter(store: Store, edition: Edition, entry: Entry, around: Imprint) -> Chapter:
    if entry.letter:
        return _letter(store, edition, entry)
    if entry.item.what == "consents":
        return _consents(store, edition, entry, around)
    [document] = entry.documents
    days = [edition.fmt.date_short(day) for day in signed_dates(store, entry.documents, edition.dossier.country)]
    chapter = Chapter(entry.title, document.code.rpartition("/")[0], f"v{document.version}", " – ".join(dict.fromkeys((days[0], days[-1]))))
    if entry.extract:
        note = edition.fmt.words(EXTRACT, code=document.code)
        return replace(chapter, note=note, record=extract(store, edition, entry, document))
    kept = renditions.record_of(store, document, document.state)
    assert kept is not None  # what has none is lacking
    data = store.files.read(kept.sha256)
    name = renditions.filename(store, document, "record", kept.language)
    return replace(
        chapter, hash=kept.sha256, record=before_seal(store, document), attached=Attached(name, data, "application/pdf", entry.title)
    )


def before_seal(store: Store, document: Document) -> bytes:
    """The signed record as it was before its seal, by the hash its event tells; one nobody signs has none and is as it is."""
    if document.state != "signed":
        kept = renditions.record_of(store, document, document.state)
        assert kept is not None  # what has none is lacking
        return store.files.read(kept.sha256)
    told = (event.payload for event in store.events.told(document.dossier_id, "sealed"))
    return store.files.read(next(str(each["unsealed"]) for each in reversed(list(told)) if each.get("document") == document.id))


def extract(store: Store, edition: Edition, entry: Entry, document: Document) -> bytes:
    """Pages of a signed revision as this packet's readers may see them, and marked as that. Raises Invalid, Damaged."""
    form, view, fmt = FORMS[document.form], dossiers.view_of(store, document), edition.fmt
    answers = dict(slots.signed_into(form, dossiers.typed(store, document), store.signatures.of(document.id)))
    table, column = entry.item.shared
    if table:
        answers[table] = [row for row in rows_of(answers.get(table)) if mapping(row).get(column) is True]
    imprint = dossiers.imprint(store, document, fmt, view)
    imprint = replace(imprint, state=fmt.words(EXTRACT, code=document.code))
    resolved = resolving.resolve(form, answers, view, edition.audience.audience, fmt, imprint)
    kept = entry.item.sections
    shown = tuple(section for section in resolved.sections if not kept or section.key in kept)
    return renditions.drawn(store, replace(resolved, sections=shown))


def _letter(store: Store, edition: Edition, entry: Entry) -> Chapter:
    """A file from outside: its pages as pictures, itself attached."""
    letter = entry.letter
    assert letter is not None  # asked before
    data, title = store.files.read(letter.sha256), edition.fmt.words(letter.label)
    pages = foreign.pages(data)
    figures = (
        Figure(jpeg, edition.fmt.words(PAGE_OF_FILE, title=title, page=number, pages=len(pages)))
        for number, jpeg in enumerate(pages, start=1)
    )
    return Chapter(title, hash=letter.sha256, figures=tuple(figures), attached=Attached(letter.name, data, letter.media_type, title))


def _consents(store: Store, edition: Edition, entry: Entry, around: Imprint) -> Chapter:
    """Who permitted what, instead of what each one signed."""
    fmt, form = edition.fmt, FORMS[entry.item.form]
    title = fmt.words(CONSENTS)
    imprint = replace(around, code=f"{edition.dossier.code}/{form.code}", seal="", subtitle=fmt.words(CONSENTED))
    rows = _permissions(store, edition, entry, form)
    section = ShownSection("permissions", "", fmt.words(form.title), (Shown(AnswerPath(("permissions",)), title, None, (rows,)),))
    resolved = Resolved(form.code, form.edition, title, fmt.language, imprint, (section,))
    days = [fmt.date_short(day) for day in signed_dates(store, entry.documents, edition.dossier.country)]
    return Chapter(title, imprint.code, signed=" – ".join(dict.fromkeys((days[0], days[-1]))), record=renditions.drawn(store, resolved))


def _permissions(store: Store, edition: Edition, entry: Entry, form: Form) -> Rows:
    """A line for each permission, a column for each person."""
    fmt, people = edition.fmt, entry.documents
    fields = [field for section in form.sections if section.key in entry.item.sections for field in section.fields]
    withdrawn = consents.told(store, edition.dossier.id)
    answers = {each.id: consents.effective(dossiers.filled(store, each), withdrawn.get(each.id, ())) for each in people}
    at = {each.id: resolving.reading(form, answers[each.id], dossiers.view_of(store, each), fmt) for each in people}
    columns = [Column("permission", fmt.words(PERMISSION), 3)]
    columns += [Column(each.id, title_of(store, each, fmt).rpartition(" · ")[2]) for each in people]
    rows = []
    for field in fields:
        said = {each.id: field.line(answers[each.id].get(field.key), at[each.id]) for each in people}
        label = fmt.words(field.label)
        rows.append(Row(field.key, {"permission": Cell(None, label), **{key: Cell(None, text) for key, text in said.items()}}))
    return Rows(AnswerPath(("permissions",)), "", tuple(columns), tuple(rows), Plain())


# ── signatures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _certificate(store: Store, edition: Edition, document: Document) -> Certificate:
    made = store.signatures.of(document.id)
    title = f"{title_of(store, document, edition.fmt)} · {document.code}"
    return Certificate(title, max(made, key=lambda each: each.at).hash, tuple(_signed(each, edition) for each in made))


def _signed(signature: Signature, edition: Edition) -> tuple[str, str, str, str, str]:
    """Nobody by name where the packet is public."""
    fmt, named = edition.fmt, edition.audience.named
    role = fmt.words(programmes.ROLES.get(signature.role, signature.role))
    function = " · ".join(filter(None, (role, signature.position if named else "")))
    who = signature.name if named else signature.institution
    method = fmt.words(SIGN_METHOD.words(signature.method))
    return who, function, fmt.moment(signature.at.isoformat()), method, signature.hash[:DIGITS]
