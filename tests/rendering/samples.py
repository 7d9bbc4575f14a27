"""Resolved documents made by hand: nothing of forms' kinds is needed to try the renderers."""

from __future__ import annotations

from dataclasses import replace

from forms.blocks import (
    Bar,
    Bars,
    Block,
    Cards,
    Cell,
    Column,
    Diary,
    Gantt,
    Heading,
    Line,
    Matrix,
    Note,
    Picture,
    Plain,
    Prose,
    Row,
    Rows,
    SignatureBox,
    Ticks,
    Timetable,
    View,
)
from forms.path import AnswerPath
from forms.resolved import Imprint, Resolved, Shown, ShownSection

IMPRINT = Imprint(
    programme="Programa de cooperación en primera infancia",
    code="IAT-SLV-CONNA-DPI-2021-1",
    version="v1",
    state="Aprobado",
    date="12/07/2021",
    classification="Uso interno",
    verification="4T7K-9QXM-2B6D-HW3E",
    verification_url="https://example.org/v/4T7K9QXM2B6DHW3E",
    subtitle="El Salvador · enero–junio de 2021",
    moment="2021-07-12T15:04:05+00:00",
)
MONTHS = ("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre")
THEMES = (
    "Gobernanza e intersectorialidad",
    "Financiamiento",
    "Calidad y estándares",
    "Currículo y juego",
    "Familias y crianza",
    "Salud y nutrición",
    "Inclusión",
)
LONG = (
    "Se preparó la metodología, se convocó a las instituciones y se condujo el taller de validación con niñas, niños y adolescentes; "
    "quedaron acuerdos escritos, responsables y fechas, y el seguimiento se hizo por correo y por videollamada cada quince días. "
)


def path(key: str) -> AnswerPath:
    return AnswerPath((key,))


def shown(key: str, label: str, *blocks: Block) -> Shown:
    return Shown(path(key), label, None, blocks)


def line(key: str, label: str, text: str, span: int = 12) -> Shown:
    return shown(key, label, Line(path(key), label, text, span))


def document(*sections: ShownSection, imprint: Imprint = IMPRINT, title: str = "Informe semestral de asistencia técnica") -> Resolved:
    return Resolved("IAT", "2027-1", title, "es", imprint, sections, data={"summary": "á"})


def section(key: str, number: str, title: str, *answers: Shown) -> ShownSection:
    return ShownSection(key, number, title, answers)


def minimal(imprint: Imprint = IMPRINT) -> Resolved:
    return document(
        section(
            "head",
            "A",
            "Encabezado",
            line("institution", "Institución", ""),
            shown("summary", "Resumen", Prose(path("summary"), "Resumen", ())),
        ),
        section("entries", "B", "Asistencias", shown("entries", "Asistencias", table("entries", "Asistencias", (), Plain()))),
        imprint=imprint,
    )


def table(key: str, label: str, rows: tuple[Row, ...], view: View, columns: tuple[Column, ...] = ()) -> Rows:
    return Rows(path(key), label, columns, rows, view)


ENTRY = (
    ("no", "N.º"),
    ("kind", "Tipo de asistencia"),
    ("group", "Grupo"),
    ("description", "Qué se hizo"),
    ("product", "Producto"),
    ("sessions", "Número de sesiones"),
    ("mode", "Modalidad"),
    ("quantity", "Otra cantidad"),
    ("institutions", "Instituciones participantes"),
    ("territories", "Territorio"),
    ("result", "Resultado"),
    ("stage", "Situación"),
)


def entries(count: int, most: bool = False) -> Rows:
    """Cards as the semiannual report has them."""
    columns = tuple(Column(key, label, 6, "right" if key == "no" else "left") for key, label in ENTRY)
    return Rows(
        path("entries"), "Asistencias", columns, tuple(entry(n, most) for n in range(1, count + 1)), Cards(("no", "kind"), by="group")
    )


def entry(n: int, most: bool) -> Row:
    told = {
        "no": str(n),
        "kind": ("Apoyo técnico", "Revisión de documento", "Presentación o difusión")[n % 3],
        "group": "G1 · Despacho y Mesa Técnica Intersectorial" if n <= 9 else "G2 · Otras dependencias",
        "description": (LONG * 3)[:700] if most else LONG[: 120 + 9 * (n % 14)],
        "product": ("Documento conceptual y plan de acción; " * 7)[:250] if most else "Estándares de funcionamiento de salas cunas",
        "sessions": "" if n % 3 else str(n),
        "mode": "Sin dato" if n % 3 else "Presencial",
        "quantity": "" if n % 4 else "6 centros verificados",
        "institutions": ", ".join(f"Institución número {i}" for i in range(20)) if most else "MINEDUCYT, MINSAL, ISNA",
        "territories": "Nacional",
        "result": ("Quedó acordado el texto final. " * 10)[:300] if most else "",
        "stage": "Concluida" if n % 5 else "En curso",
    }
    labels = dict(ENTRY)
    prose = {"description", "result"}
    return Row(
        f"ROW{n:05}",
        {
            key: Cell(
                text,
                text,
                (Prose(path(key), labels[key], (text,) if text else ()) if key in prose else Line(path(key), labels[key], text, 6),),
            )
            for key, text in told.items()
        },
    )


def report(count: int = 17, most: bool = False, imprint: Imprint = IMPRINT) -> Resolved:
    """Like the semiannual report."""
    told = shown("entries", "Asistencias", entries(count, most))
    return document(
        section("head", "A", "Encabezado", *heading()),
        section("entries", "B", "Grupos y asistencias", groups(), told),
        section("totals", "C", "Totales y cierre", *totals(), *signatures()),
        imprint=imprint,
    )


def heading() -> list[Shown]:
    return [
        line("institution", "Institución", "Consejo Nacional de la Niñez y de la Adolescencia", 8),
        line("country", "País", "El Salvador", 4),
        line("unit", "Unidad que informa", "Departamento de Primera Infancia", 6),
        line("policy", "Política que se implementa", "Crecer Juntos", 6),
        line("year", "Año", "2021", 2),
        line("semester", "Semestre", "Primero", 2),
        line("period", "Período", "enero–junio de 2021", 4),
        shown("summary", "Resumen del semestre", Prose(path("summary"), "Resumen del semestre", (LONG * 3, LONG * 2))),
    ]


def groups() -> Shown:
    label, names = "Grupos por beneficiario", ("Despacho de la Primera Dama y Mesa Técnica", "Otras dependencias")
    columns = (Column("no", "N.º", 1, "right"), Column("beneficiary", "Asistencia técnica a", 11))
    rows = tuple(Row(f"GROUP{n}", {"no": Cell(n, str(n)), "beneficiary": Cell(text, text)}) for n, text in enumerate(names, 1))
    return shown("groups", label, Rows(path("groups"), label, columns, rows, Plain()))


def totals() -> list[Shown]:
    by_group = (Bar("Despacho de la Primera Dama y Mesa Técnica", 9, "9"), Bar("Otras dependencias", 8, "8"))
    by_kind = (Bar("Apoyo técnico", 8, "8"), Bar("Asistencia técnica", 3, "3"), Bar("Verificación en terreno", 0, "0"))
    return [
        shown("total", "Total de asistencias", Bars(path("total"), "Total de asistencias", by_group)),
        shown("kinds", "Por tipo", Bars(path("kinds"), "Por tipo", by_kind)),
        shown("achievements", "Logros", Prose(path("achievements"), "Logros", (LONG,))),
    ]


def signatures() -> list[Shown]:
    method = "Firma electrónica simple con código · 12/07/2021 09:30"
    signed = SignatureBox(path("editor"), "Elaboró", "Persona de Prueba", "Técnica de primera infancia", method)
    return [shown("editor", "Elaboró", signed), shown("approval", "Revisó y aprobó", SignatureBox(path("approval"), "Revisó y aprobó"))]


def everything(imprint: Imprint = IMPRINT) -> Resolved:
    """Every block and every view."""
    words = (
        shown("note", "Aviso", Note(path("note"), ("Lo que escriba aquí se imprime tal como está. " * 3,))),
        line("name", "Nombre", "Ñandú ỹ ☒ Ωμέγα Ждать é ﬁ", 6),
        line("empty", "Optativo", "", 6),
        shown("themes", "Temas", Ticks(path("themes"), "Temas", tuple((words, n % 2 == 0) for n, words in enumerate(THEMES)))),
        shown("rating", "Valoración", Bars(path("rating"), "Valoración", (Bar("", 4, "4 de 5"),), 5)),
        shown(
            "person",
            "Responsable",
            Heading(path("person"), "Responsable"),
            Line(path("given"), "Nombres", "Persona", 6),
            Line(path("family"), "Apellidos", "De Ejemplo", 6),
        ),
        shown("photo", "Foto", Picture(path("photo"), "Foto", "0" * 64, "Una sala con mesas pequeñas", "Sala de la visita")),
    )
    return document(
        section("words", "A", "Palabras", *words),
        section("agenda", "B", "Agenda", agenda()),
        section("plan", "C", "Plan", plan()),
        section("matrix", "D", "Matriz", meetings()),
        section("diary", "E", "Bitácora", diary()),
        *report(12).sections[1:],
        imprint=imprint,
    )


def agenda() -> Shown:
    days = (("2027-04-12", "lunes 12 de abril de 2027"), ("2027-04-13", "martes 13 de abril de 2027"))
    columns = (
        Column("day", "Día"),
        Column("start", "Empieza"),
        Column("end", "Termina"),
        Column("what", "Actividad", 5),
        Column("kind", "Tipo", 3),
        Column("where", "Lugar", 4),
    )
    rows = tuple(
        Row(
            f"A{n:07}",
            {
                "day": Cell(days[n % 2][0], days[n % 2][1]),
                "start": Cell(f"{8 + n:02}:00", f"{8 + n:02}:00"),
                "end": Cell(f"{9 + n:02}:00", f"{9 + n:02}:00"),
                "what": Cell("x", LONG[: 40 + 12 * n]),
                "kind": Cell("technical", "Reunión técnica"),
                "where": Cell("x", "Centro de primera infancia" if n % 3 else ""),
            },
        )
        for n in (*range(0, 10, 2), *range(1, 10, 2))
    )
    return shown(
        "agenda", "Agenda", Rows(path("agenda"), "Agenda", columns, rows, Timetable("day", "start", "end", "what", ("kind", "where")))
    )


def ticks(along: tuple[str, ...], chosen: set[int]) -> Cell:
    return Cell([str(n + 1) for n in chosen], ", ".join(along[n] for n in sorted(chosen)))


def options(along: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(n), words) for n, words in enumerate(along, 1))


def plan() -> Shown:
    columns = (
        Column("no", "N.º", 1),
        Column("what", "Acción", 6),
        Column("months", "Meses", 3, options=options(MONTHS)),
        Column("who", "Responsable", 3),
    )
    rows = tuple(
        Row(
            f"P{n:07}",
            {
                "no": Cell(n, f"TR-{n:02}"),
                "what": Cell("x", LONG[: 30 + 9 * n]),
                "who": Cell("x", "Unidad técnica"),
                "months": ticks(MONTHS, {n % 12, (n + 1) % 12, (n + 4) % 12}),
            },
        )
        for n in range(1, 12)
    )
    return shown(
        "plan", "Plan de doce meses", Rows(path("plan"), "Plan de doce meses", columns, rows, Gantt(("no", "what"), "months", ("who",)))
    )


def meetings() -> Shown:
    columns = (Column("who", "Institución", 4), Column("themes", "Temas", 3, options=options(THEMES)), Column("note", "Observación", 4))
    rows = tuple(
        Row(
            f"M{n:07}",
            {
                "who": Cell("x", f"Institución {n}"),
                "themes": ticks(THEMES, {n % 7, (3 * n) % 7}),
                "note": Cell(None, "" if n % 2 else LONG[:60]),
            },
        )
        for n in range(8)
    )
    return shown(
        "matrix", "Quién trabaja qué", Rows(path("matrix"), "Quién trabaja qué", columns, rows, Matrix(("who",), "themes", ("note",)))
    )


def diary() -> Shown:
    columns = (
        Column("day", "Día"),
        Column("place", "Ciudad"),
        Column("saw", "Lo que vi"),
        Column("photo", "Foto"),
        Column("photo2", "Foto"),
    )
    rows = tuple(
        Row(
            f"D{n:07}",
            {
                "day": Cell("x", f"{12 + n} de abril de 2027"),
                "place": Cell("x", "San Salvador"),
                "saw": Cell("x", LONG, (Prose(path("saw"), "Lo que vi", (LONG * 2,)),)),
                "photo": Cell(None, "", (Picture(path("photo"), "", "1" * 64, "Un patio con árboles", "El patio"),)),
                "photo2": Cell(None, "", (Picture(path("photo2"), "", "2" * 64, "Una mesa", "La mesa"),)),
            },
        )
        for n in range(3)
    )
    return shown("diary", "Días", Rows(path("diary"), "Días", columns, rows, Diary("day", "place", ("saw",), ("photo", "photo2"))))


def drafted(imprint: Imprint = IMPRINT) -> Imprint:
    return replace(imprint, state="Borrador", draft="BORRADOR")
