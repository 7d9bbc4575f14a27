"""What happened, in plain sentences: a person's saves of one section within fifteen minutes are told once, with the fields they changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from app import clock
from app.errors import N_, NotFound
from app.store import Document, Dossier, Event, Person, Store
from app.workflow import access, dossiers, seeing
from app.workflow.grouping import grouped
from app.workflow.naming import label_of, place_of
from app.workflow.saving import REDONE, UNDONE
from forms import FORMS
from forms.changes import leaves
from forms.path import AnswerPath
from forms.values import ORDER, Answers
from forms.view import Formatter

SOMEBODY: Final = N_("Una persona")
ONE_CHANGED, CHANGED = N_("{who} cambió una respuesta en «{section}»."), N_("{who} cambió {count} respuestas en «{section}».")
SENTENCES: Final = {
    "answers_saved": (ONE_CHANGED, CHANGED),
    UNDONE: (
        N_("{who} deshizo su último cambio en «{section}»."),
        N_("{who} deshizo sus últimos cambios en «{section}»: {count} respuestas."),
    ),
    REDONE: (N_("{who} rehízo un cambio en «{section}»."), N_("{who} rehízo cambios en «{section}»: {count} respuestas.")),
    "answers_imported": (
        N_("{who} tomó una respuesta de un PDF llenado sin conexión."),
        N_("{who} tomó {count} respuestas de un PDF llenado sin conexión."),
    ),
    "dossier_opened": (N_("{who} abrió el informe {code}."),) * 2,
    "document_opened": (N_("{who} abrió la versión {version} de «{title}»."),) * 2,
    "submitted": (N_("{who} envió «{title}» a revisión."),) * 2,
    "comment_added": (N_("{who} escribió una observación."), N_("{who} escribió {count} observaciones.")),
    "comment_removed": (N_("{who} retiró una observación."), N_("{who} retiró {count} observaciones.")),
    "comment_answered": (N_("{who} respondió una observación."), N_("{who} respondió {count} observaciones.")),
    "returned": (N_("{who} devolvió «{title}» con observaciones."),) * 2,
    "approved": (N_("{who} aprobó «{title}»."),) * 2,
    "signers_called": (N_("«{title}» pasó a firma."),) * 2,
    "signed": (N_("{who} firmó «{title}»."),) * 2,
    "refused": (N_("{who} no firmó «{title}» y dijo por qué; las firmas anteriores ya no valen."),) * 2,
    "sealed": (N_("«{title}», versión {version}, quedó firmado y sellado."),) * 2,
    "superseded": (N_("La versión {version} de «{title}» quedó sustituida por la {by}."),) * 2,
    "packet_bound": (N_("{who} preparó un paquete de {code}."), N_("{who} preparó {count} paquetes de {code}.")),
    "voided": (N_("{who} anuló «{title}», versión {version}, y dijo por qué."),) * 2,
    "signature_carried": (
        N_("Una firma de la versión anterior de «{title}» sigue valiendo."),
        N_("{count} firmas de la versión anterior de «{title}» siguen valiendo."),
    ),
    "agenda_shared": (N_("{who} compartió la agenda."), N_("{who} compartió la agenda {count} veces.")),
    "agenda_consolidated": (N_("{who} registró la sesión de referenciación."),) * 2,
    "agenda_final": (N_("La agenda quedó definitiva."),) * 2,
    "consent_withdrawn": (N_("{who} retiró un permiso de «{title}»."), N_("{who} retiró {count} permisos de «{title}».")),
    "health_erased": (N_("Se borraron los datos de salud de una persona."), N_("Se borraron los datos de salud de {count} personas.")),
    "travellers_listed": (N_("{who} anotó a quienes viajan."),) * 2,
    "traveller_replaced": (N_("{who} reemplazó a una persona de la delegación y dijo por qué."),) * 2,
    "traveller_withdrawn": (N_("{who} retiró a una persona de la delegación y dijo por qué."),) * 2,
    "reopened": (N_("{who} abrió otra vez una parte de «{title}»."), N_("{who} abrió otra vez {count} partes de «{title}».")),
    "answers_renewed": (N_("{who} volvió a leer los datos de origen de «{title}»."),) * 2,
    "facts_changed": (N_("{who} cambió los datos del intercambio."),) * 2,
    "people_changed": (N_("{who} cambió quién tiene una función en el intercambio."),) * 2,
    "exchange_referenced": (N_("{who} dio el intercambio por referenciado."),) * 2,
    "exchange_ready": (N_("{who} dio el intercambio por listo."),) * 2,
    "exchange_started": (N_("El intercambio comenzó."),) * 2,
    "exchange_closed": (N_("{who} dio el intercambio por realizado."),) * 2,
    "exchange_evaluated": (N_("{who} dio el intercambio por evaluado."),) * 2,
    "exchange_followed": (N_("{who} empezó el seguimiento."),) * 2,
    "exchange_finished": (N_("{who} dio el intercambio por finalizado."),) * 2,
    "exchange_cancelled": (N_("{who} canceló el intercambio y dijo por qué."),) * 2,
    "exchange_postponed": (N_("{who} aplazó el intercambio y dijo por qué."),) * 2,
    "exchange_resumed": (N_("{who} retomó el intercambio."),) * 2,
    "notebook_printed": (N_("{who} dio por impreso un cuaderno."), N_("{who} dio por impresos {count} cuadernos.")),
    "notebook_delivered": (N_("{who} dio por entregado un cuaderno."), N_("{who} dio por entregados {count} cuadernos.")),
    "notebook_unmarked": (N_("{who} quitó una marca de un cuaderno."), N_("{who} quitó {count} marcas de cuadernos.")),
    "health_viewed": (N_("{who} abrió una hoja reservada y dijo por qué."), N_("{who} abrió {count} hojas reservadas y dijo por qué.")),
}
"""Event → what to say of one answer and of several. Events that are not here are the house's own and are not told."""
WHOLE: Final = N_("todo el informe")
Reads: TypeAlias = Callable[[AnswerPath], bool]
"""Whether somebody reads the answer at a path."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened, worded for the reader; `details` are the fields it was about, by their labels."""

    sentence: str
    who: str
    at: datetime
    details: tuple[str, ...] = ()


def of(store: Store, person: Person, dossier: Dossier, fmt: Formatter) -> tuple[Entry, ...]:
    """What happened with what the person sees of the dossier, newest first. Raises NotFound for what they do not see."""
    access.require(store, person, "view", dossier)
    documents = {each.id: each for each in store.documents.of(dossier.id)}
    reads = {each.id: seeing.readable(store, person, each) for each in documents.values() if access.can(store, person, "view", each)}
    teller = _Teller(store, dossier, documents, fmt, reads)
    worth = (event for event in store.events.of(dossier.id) if event.kind in SENTENCES and _worth(event))
    told = [event for event in worth if _theirs(event, documents, reads)]
    groups = grouped(
        told,
        lambda event: (event.kind, event.actor_id, event.payload.get("document"), event.payload.get("section")),
        lambda event: clock.written(event.at),
    )
    return tuple(teller.entry(group) for group in reversed(groups))


def _theirs(event: Event, documents: Mapping[str, Document], reads: Mapping[str, Reads]) -> bool:
    """Whether an event is about something the person sees; what is about no answer is about the whole document."""
    document = str(event.payload.get("document", ""))
    if document not in documents:
        return True
    paths = [AnswerPath.read(str(path)) for path in _paths(event)]
    return document in reads and (not paths or any(map(reads[document], paths)))


def _worth(event: Event) -> bool:
    """A save that changed nothing, and the first version, which comes with its dossier, are not worth a sentence."""
    if event.kind == "document_opened":
        return event.payload.get("version") != 1
    return event.kind != "answers_saved" or bool(event.payload.get("paths"))


class _Teller:
    """Names people, sections and fields; remembers what it named once."""

    def __init__(
        self, store: Store, dossier: Dossier, documents: dict[str, Document], fmt: Formatter, reads: Mapping[str, Reads]
    ) -> None:
        self._store, self._dossier, self._documents, self._fmt, self._reads = store, dossier, documents, fmt, reads
        self._names: dict[str, str] = {}
        self._answers: dict[str, Answers] = {}

    def entry(self, group: Sequence[Event]) -> Entry:
        first, last = group[0], group[-1]
        document = self._documents.get(str(first.payload.get("document", "")))
        details = tuple(dict.fromkeys(self._details(document, group))) if document else ()
        one, several = SENTENCES[first.kind]
        who = self._name(first.actor_id)
        count = len(details) if first.payload.get("paths") else len(group)
        places = {
            "who": who,
            "code": self._dossier.code,
            "count": count,
            "section": self._section(document, first),
            "title": self._fmt.words(FORMS[document.form].title) if document else self._dossier.code,
            "version": f"v{document.version}" if document else "",
            "by": f"v{first.payload.get('version')}",
        }
        return Entry(self._fmt.words(one if count == 1 else several, **places), who, last.at, details)

    def _name(self, person_id: str) -> str:
        if person_id not in self._names:
            try:
                self._names[person_id] = self._store.people.get(person_id).name
            except NotFound:
                self._names[person_id] = ""
        return self._names[person_id] or self._fmt.words(SOMEBODY)

    def _section(self, document: Document | None, event: Event) -> str:
        key = str(event.payload.get("section") or "")
        return self._fmt.words(FORMS[document.form].section(key).title if document and key else WHOLE)

    def _details(self, document: Document, group: Sequence[Event]) -> Iterator[str]:
        """The labels of what was changed, once each, in the form's order; then rows that only moved or were taken out."""
        form, answers = FORMS[document.form], self._known(document)
        read = (AnswerPath.read(str(path)) for event in group for path in _paths(event))
        reads = self._reads[document.id]
        paths = [path for path in dict.fromkeys(read) if place_of(form, path) is not None and reads(path)]
        order = {path: place for place, path in enumerate(leaves(form, answers))}
        told = sorted((path for path in paths if path.steps[-1] != ORDER), key=lambda path: order.get(path, -1))
        filled = {path.steps[:2] for path in told}
        rows = [path for path in paths if path.steps[-1] == ORDER and path.steps[:-1] not in filled]
        yield from (label_of(form, path, answers, self._fmt) for path in (*told, *rows))

    def _known(self, document: Document) -> Answers:
        if document.id not in self._answers:
            self._answers[document.id] = dossiers.filled(self._store, document)
        return self._answers[document.id]


def _paths(event: Event) -> tuple[object, ...]:
    """The answers an event is about: those it changed, or the one it is pinned to."""
    paths = event.payload.get("paths")
    return tuple(paths) if isinstance(paths, list | tuple) else tuple(filter(None, [event.payload.get("path")]))
