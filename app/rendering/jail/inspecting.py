"""What is in a PDF somebody sends: pages, and what a document for reading does not need."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from forms.values import Json

ACTIONS = {"/JavaScript": "javascript", "/Launch": "launch", "/SubmitForm": "submit_form", "/ImportData": "submit_form"}


def inspect(data: bytes) -> Json:
    """Pages, whether it is encrypted or damaged, form fields and signatures, and `active`: what in it acts or hides.

    `active` is of: javascript, launch, submit_form, embedded_files, xfa, open_action, additional_actions.
    Raises pikepdf's errors for what is no PDF. A file that asks for a password has no more to tell.
    """
    try:
        opened = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return {"encrypted": True}
    with opened as pdf:
        every = list(_dictionaries(pdf))
        kinds = [str(each.get("/FT")) for each in every if "/FT" in each]
        return {
            "encrypted": pdf.is_encrypted,
            "version": pdf.pdf_version,
            "pages": len(pdf.pages),
            "damaged": bool(pdf.get_warnings()),
            "fields": len(kinds),
            "signatures": kinds.count("/Sig"),
            "active": sorted({found for each in every for found in _active(each)}),
        }


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those inside others too, each once."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield each
            waiting += [kid for _, kid in each.items() if not _elsewhere(kid)]
        elif isinstance(each, pikepdf.Array):
            waiting += [kid for kid in each.as_list() if not _elsewhere(kid)]


def _elsewhere(kid: Any) -> bool:
    """Plain values have nothing inside; what is indirect has its own turn."""
    return not isinstance(kid, pikepdf.Dictionary | pikepdf.Array) or bool(kid.is_indirect)


def _active(each: Any) -> Iterator[str]:
    if "/JS" in each:
        yield "javascript"
    if (action := str(each.get("/S", ""))) in ACTIONS:
        yield ACTIONS[action]
    if each.get("/Type") == pikepdf.Name.EmbeddedFile or "/EF" in each:
        yield "embedded_files"
    for key, found in (("/XFA", "xfa"), ("/OpenAction", "open_action"), ("/AA", "additional_actions")):
        if key in each:
            yield found
