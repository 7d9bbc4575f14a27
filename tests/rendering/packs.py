"""Plans of packets made by hand from the records of the other tests."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import cache

from PIL import Image, ImageDraw

from app.rendering.packet import Attached, Certificate, Chapter, Figure, Missing, Plan, Wording
from app.rendering.record import record
from app.rendering.seal import sealed
from forms.resolved import Resolved
from tests.rendering import samples, seals
from tests.rendering.test_record_forms import IAT, REPORT, resolved

CODE = "PE-2027-URY-SLV-01"
TITLES = ("Anexo I · Identificación de la actividad", "Anexo II · Delegación visitante", "Anexo VII · Uso de imagen")


@cache
def documents(paper: str) -> tuple[tuple[Resolved, bytes, bytes], ...]:
    """Three documents: as given to the renderer, before the seal and after. One has landscape pages, one the other paper."""
    other = "Letter" if paper == "A4" else "A4"
    given = (
        resolved(IAT, REPORT, paper=paper),
        samples.everything(replace(samples.IMPRINT, paper=paper)),
        resolved(IAT, REPORT, paper=other),
    )
    return tuple(_document(number, each) for number, each in enumerate(given, start=1))


def _document(number: int, given: Resolved) -> tuple[Resolved, bytes, bytes]:
    made = replace(given, imprint=replace(seals.sealable(given.imprint), code=f"{CODE}/A{number}"))
    pdf = record(made)
    return made, pdf, sealed(pdf, seals.sealer("P-256"), seals.REASON, seals.HEAD, seals.AT)


@cache
def scan() -> bytes:
    """A page somebody scanned, as JPEG."""
    image = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(image).rectangle((200, 200, 1400, 900), outline="black", width=8)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def plan(paper: str = "A4") -> Plan:
    """Three records, a letter of two pages, something missing and who signed."""
    records = zip(TITLES, documents(paper), strict=True)
    imprint = replace(seals.sealable(samples.IMPRINT), code=f"{CODE}/P1", paper=paper)
    letter = Chapter(
        "Carta oficial de invitación",
        hash=hashlib.sha256(scan()).hexdigest(),
        figures=tuple(Figure(scan(), f"Carta oficial de invitación, página {page} de 2") for page in (1, 2)),
        attached=Attached("carta.jpg", scan(), "image/jpeg", "Carta oficial de invitación"),
    )
    return Plan(
        "Calidad de las salas cuna: pasantía de Uruguay en El Salvador",
        ("El Salvador", "Uruguay"),
        "del 12 al 16 de abril de 2027",
        (("Código", CODE), ("Paquete", "P1 · Preparación"), ("Última firma", "18 de marzo de 2027")),
        "es",
        imprint,
        (*(chapter(title, *made) for title, made in records), letter),
        (Missing("Anexo VI · Cuaderno de Bitácora", "Todavía es un borrador."),),
        tuple(
            Certificate(title, "cd" * 32, (("Jefatura", "Jefatura de la delegación", "18/03/2027", "Con código", "cd" * 8),))
            for title in TITLES
        ),
        Wording(told="Documentos: 4 · faltan: 1", promise=("Cada persona firmó la huella del documento.",)),
    )


def chapter(title: str, made: Resolved, pdf: bytes, done: bytes) -> Chapter:
    """A record as the workflow hands it over."""
    name = f"{made.imprint.code.replace('/', '_')}.pdf"
    attached = Attached(name, done, "application/pdf", title)
    return Chapter(title, made.imprint.code, "v1", "12/03/2027", hashlib.sha256(done).hexdigest(), record=pdf, attached=attached)
