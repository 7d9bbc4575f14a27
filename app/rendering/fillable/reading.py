"""A filled form as a browser would have sent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import N_, BadFile
from app.rendering import jail
from forms.values import Json, mapping

ABOUT = ("form", "edition", "document", "revision")
"""Read-only fields, each behind a low line, that say what was filled."""
ROWS = "_rows"
"""Last step of the fields that name the rows of a table."""
REASONS = {
    "encrypted": N_("El PDF está protegido con contraseña. Guárdelo sin protección y súbalo de nuevo."),
    "javascript": N_("El PDF contiene programas (JavaScript) y no lo abrimos. Descargue el formulario otra vez y llénelo."),
    "launch": N_("El PDF quiere abrir otros programas y no lo abrimos. Descargue el formulario otra vez y llénelo sin agregar nada."),
    "submit_form": N_("El PDF envía sus datos a otro lugar y no lo abrimos. Descargue el formulario otra vez y llénelo sin agregar nada."),
    "xfa": N_("El PDF es de un tipo (XFA) que no leemos. Llene el formulario que se descarga aquí."),
    "open_action": N_("El PDF hace algo por su cuenta al abrirse y no lo abrimos. Descargue el formulario otra vez y llénelo."),
    "embedded_files": N_("El PDF lleva otros archivos dentro y no lo abrimos. Adjúntelos en línea y suba el formulario solo."),
    "too_many": N_("El PDF tiene demasiados campos: {count}. Suba el formulario que se descarga aquí."),
    "no_form": N_("Este PDF no tiene campos para llenar. Suba el formulario rellenable, no una copia impresa o escaneada."),
}


@dataclass(frozen=True)
class Sent:
    """What was filled. `fields` are by AcroForm name, as a browser posts them: nothing written or chosen is ('',)."""

    about: Mapping[str, str]
    """Of ABOUT what the file says."""
    fields: Mapping[str, tuple[str, ...]]
    """`<table>._rows` gives the ids of the rows the form has."""
    differing: tuple[str, ...] = ()
    """Names of the fields whose drawing says something else than their value."""


def read(pdf: bytes) -> Sent:
    """What stands in a filled form of ours, or in another's. Raises BadFile with the sentence to tell; the bytes are opened in the jail."""
    told = mapping(jail.run("harvest", pdf))
    if refused := told.get("refused"):
        raise BadFile(REASONS[str(refused)], count=told.get("count", 0))
    fields = {name: _strings(said) for name, said in mapping(told["fields"]).items()}
    about = {name: fields.pop(f"_{name}")[0] for name in ABOUT if f"_{name}" in fields}
    rows = {name: tuple(said[0].split()) for name, said in fields.items() if name.endswith(f".{ROWS}")}
    return Sent(about, fields | rows, _strings(told["differing"]))


def _strings(value: Json) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
