"""The notice of Anexo VII (forms.md §10): its items, how long data are kept, and which law protects each country's people."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256

import forms
from forms.exchange.law import LAWS, NAMES, STATUS, answer_days, law
from forms.exchange.sources import PROGRAMME, calc, value_of, worked_out
from forms.kinds import Calc, Choice, Country, Group, Integer, Kind, Static, Table, Text, Wording, row_id
from forms.kinds import Notice as Leaflet
from forms.kinds.nested import nested_fields
from forms.spec import SECRECY
from forms.values import ID, N_, Json, mapping
from forms.view import Facts, Options

DIGITS = 8
"""Of the text's hash, in the name of a version."""
DATA = Options("DATA", (
    ("personal", N_("Personales")), ("money", N_("De dinero")), ("restricted", N_("Restringidos")), ("health", N_("De salud y apoyos"))))
KEPT = Options("KEPT", (
    ("health", N_("Salud, alimentación, apoyos y contacto de emergencia")),
    ("identity", N_("Documento de identidad, fecha de nacimiento, póliza y visado")),
    ("candidates", N_("Personas que se postularon y no fueron seleccionadas")),
    ("incidents", N_("Incidencias de la visita")),
    ("annexes", N_("Anexos I, II, III y V, plan y seguimientos firmados")),
    ("consents", N_("Este anexo y sus retiros")),
    ("logs", N_("Bitácora")),
))
TERMS = Options("TERMS", (
    ("health", N_("30 días desde el fin de la visita")),
    ("identity", N_("90 días desde el fin de la visita")),
    ("candidates", N_("12 meses desde el acta de selección")),
    ("incidents", N_("24 meses desde el fin de la visita")),
    ("annexes", N_("10 años, en el archivo")),
    ("consents", N_("Mientras dure algún uso, y 5 años más")),
    ("logs", N_("Usted puede borrarla antes de publicar; lo publicado sigue su licencia, y su imagen, el plazo que usted elija")),
))
"""How long each of KEPT is kept."""


@dataclass(frozen=True)
class Item:
    """One required block of the notice: a title, its paragraphs, and what is read from the exchange under them."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    further: tuple[Kind, ...] = ()

    @property
    def group(self) -> Leaflet:
        """The item as part of a form."""
        return Leaflet(self.key, self.title, fields=(Static("words", self.title, words=self.paragraphs), *self.further))


@dataclass(frozen=True)
class Notice:
    """The whole text, in force from `date` (ISO). Any change of it is another version, which asks for a new Anexo VII."""

    date: str
    items: tuple[Item, ...]

    @cached_property
    def version(self) -> str:
        """Date and the first digits of the SHA-256 of the text."""
        words = (*(text for item in self.items for text in (item.title, *item.paragraphs)), *_listed())
        return f"{self.date} · {sha256(chr(10).join(words).encode()).hexdigest()[:DIGITS]}"

    @property
    def group(self) -> Leaflet:
        """The notice as it reads in a form; nobody answers anything in it."""
        return Leaflet("notice", N_("Aviso de protección de datos"), fields=tuple(item.group for item in self.items))


def _listed() -> Iterator[str]:
    """The words of the tables that belong to the text."""
    yield from (words for options in (KEPT, TERMS) for _, words in options.pairs)
    yield from (each.words for laws in LAWS.values() for each in laws)


def kept(facts: Facts) -> Json:
    """What is kept, and for how long."""
    return [{ID: row_id(f"kept/{code}"), "what": code, "term": code} for code in KEPT.codes]


def data(facts: Facts) -> Json:
    """Which data each form of the exchange asks for, by how they are protected."""
    return _data(tuple((form.code, form.edition) for form in forms.FORMS.values() if form.programme == PROGRAMME))


@cache
def _data(known: tuple[tuple[str, str], ...]) -> Json:
    """The same whoever reads it: only the forms, by code and edition, count."""
    named = [forms.FORMS[code] for code, _ in known]
    rows = ((form, code, _asked(form.kinds, code)) for form in named for code in SECRECY if code in DATA)
    return [{ID: row_id(f"data/{form.code}/{code}"), "form": form.title, "kind": code, "labels": labels}
            for form, code, labels in rows if labels]


def _asked(kinds: Sequence[Kind], code: str) -> list[Json]:
    """The labels of what is asked with one sensitivity, once each; a group counts as one."""
    found: dict[str, None] = {}
    for kind in kinds:
        if kind.sensitivity == code:
            found[kind.label] = None
        elif kind.sensitivity == "none":
            found |= dict.fromkeys(map(str, _asked(nested_fields(kind), code)))
    return list(found)


def controllers(facts: Facts) -> Json:
    """Who decides about the data of this exchange."""
    named = {key: mapping(value_of(facts, "A1", key) or facts.dossier.facts.get(key)).get("name") for key in INSTITUTIONS}
    countries = {key: value_of(facts, "A1", key) or facts.dossier.facts.get(key) for key in ("host_country", "visiting_country")}
    return {"secretariat": SECRETARIAT} | countries | named


INSTITUTIONS = ("host_institution", "visiting_institution")
SECRETARIAT = N_("Organización de Estados Iberoamericanos (OEI), en Madrid")
CONTROLLERS = Group("controllers", N_("Responsables del tratamiento"), fields=(
    Wording("secretariat", N_("Secretaría General")),
    Country("host_country", N_("Oficina de la OEI del país anfitrión"), span=6),
    Country("visiting_country", N_("Oficina de la OEI del país visitante"), span=6),
    Text("host_institution", N_("Institución anfitriona, por lo que recibe"), span=6),
    Text("visiting_institution", N_("Institución visitante, por lo que recibe"), span=6),
))


def contact(facts: Facts) -> Json:
    """The address for questions about data: that of the visiting office's focal point."""
    focal = mapping(value_of(facts, "A1", "visiting_focal")) or mapping(facts.dossier.people.get("focal_visiting"))
    return focal.get("email")


def _table(key: str, label: str, of: Callable[[Facts], Json], *columns: Kind) -> Calc:
    return Calc(key, label, of=of, like=Table(key, label, fields=columns, high=200), fixed=True)


CURRENT = Notice("2026-11-20", (
    Item("who", N_("Quién decide"), (
        N_("La Secretaría General de la OEI y sus oficinas del país anfitrión y del país visitante deciden juntas cómo se usan sus datos. "
           "La institución anfitriona y la visitante responden, cada una, por lo que reciben."),
        N_("Puede preguntar lo que quiera al contacto de protección de datos, que está al principio de este anexo."),
    )),
    Item("purposes", N_("Para qué"), (
        N_("Para organizar el viaje y las visitas; para su seguridad y las emergencias; para las firmas y los documentos del intercambio; "
           "para la evaluación y el seguimiento de doce meses; para estadísticas sin nombres."),
        N_("Para publicaciones, solo con su permiso."),
    )),
    Item("basis", N_("Con qué base"), (
        N_("Usted participa en una actividad pública de cooperación, y los documentos de viaje los exige la ley."),
        N_("Su consentimiento se pide solo para salud, imagen, voz, publicación e invitaciones de la Red, y se puede retirar."),
    )),
    Item("data", N_("Qué datos"), (N_("Cada formulario pide solo lo que está en esta lista."),), (
        _table("list", N_("Datos por formulario"), data,
               Wording("form", N_("Formulario"), span=3), Choice("kind", N_("Datos"), options=DATA, span=2),
               Wording("labels", N_("Cuáles"), span=7)),
    )),
    Item("seers", N_("Quién los ve"), (
        N_("Las dos jefaturas y los dos puntos focales de la OEI ven los formularios sin datos restringidos ni de salud. "
           "La hoja reservada la ven usted y los puntos focales, y cada vez queda anotada. "
           "La secretaría técnica ve los documentos del intercambio; la coordinación de publicaciones, la bitácora y los nombres."),
        N_("Aerolíneas, hotel, aseguradora y consulado reciben solo lo que necesitan."),
    )),
    Item("where", N_("A dónde viajan"), (
        N_("Al país visitante y al país anfitrión, a España, donde está la Secretaría General de la OEI, "
           "y al proveedor que aloja el sistema."),
        N_("Garantías: conexión cifrada, datos restringidos y de salud cifrados uno por uno, acceso según la función de cada persona, "
           "registro de cada consulta y acuerdos escritos con quienes los reciben."),
    )),
    Item("term", N_("Cuánto tiempo"), (N_("Pasado el plazo, los datos se borran; solo queda anotado que se borraron."),), (
        _table("list", N_("Plazos"), kept,
               Choice("what", N_("Datos"), options=KEPT, span=6), Choice("term", N_("Plazo"), options=TERMS, span=6)),
    )),
    Item("needed", N_("Es obligatorio"), (
        N_("Los datos de identidad, contacto y viaje hacen falta para viajar. "
           "Todo lo demás es voluntario, y decir No no tiene consecuencias."),
        N_("Nadie puede obligarle a dar datos sensibles."),
    )),
    Item("rights", N_("Derechos"), (
        N_("Puede pedir acceso, rectificación, supresión, oposición, limitación y portabilidad, y retirar cualquier permiso, "
           "con el formulario del sistema o por correo."),
    ), (calc("days", N_("Plazo de respuesta, en días hábiles"), answer_days, Integer, fixed=True),)),
    Item("complaint", N_("Reclamar"), (
        N_("Si no queda conforme, puede reclamar ante la autoridad de protección de datos de su país."),
        N_("En todos los países valen, como mínimo, los Estándares de Protección de Datos Personales "
           "para los Estados Iberoamericanos (2017)."),
    ), (worked_out(Group("law", N_("Ley aplicable"), fields=(
        Choice("name", N_("Ley aplicable en su país"), options=NAMES, span=8),
        Choice("status", N_("Situación de la norma"), options=STATUS, span=4),
    )), law, fixed=True),)),
    Item("automatic", N_("Decisiones automáticas"), (
        N_("Ninguna. Los puntajes de cruce y de selección los revisan personas."),
    )),
))
"""The notice in force."""
