"""Notebooks to print in tests: the example exchange of forms.md §11.1, blank and filled, in both languages and on both papers."""

import io
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from PIL import Image

from app.i18n import formatter
from app.rendering.notebook import (
    AgendaRow,
    Contact,
    Day,
    DayEntry,
    Diary,
    Host,
    Notebook,
    Paper,
    Photo,
    Piece,
    Visit,
    Volume,
    worded,
)

DIRECTION = Host("Dirección de habilitación y supervisión")
CENTRE = Host("Centro de primera infancia urbano")
COMMUNITY = Host("Centro comunitario departamental", photos=False)
DATA = Host("Unidad de información social")
PLACES = (
    ("Montevideo", (DIRECTION,)),
    ("Montevideo", (CENTRE, DIRECTION)),
    ("Canelones", (COMMUNITY,)),
    ("Montevideo", (DATA, DIRECTION)),
    ("Montevideo", (DIRECTION,)),
)
AGENDA = (
    (12, "09:00–10:00", "Bienvenida y acuerdos de trabajo"),
    (12, "10:15–12:30", "Marco normativo y pasos de la habilitación"),
    (12, "14:00–16:30", "Estándares: de la norma a la lista de verificación"),
    (12, "16:30–17:00", "Reflexión del día"),
    (13, "09:00–12:00", "Recorrido y conversación con el equipo"),
    (13, "14:00–16:00", "Supervisión: calendario, equipo y medidas"),
    (13, "16:15–16:45", "Reflexión del día"),
    (14, "08:00–09:00", "Traslado a Canelones"),
    (14, "09:00–12:30", "Una visita de supervisión acompañada"),
    (14, "14:30–16:30", "El papel del gobierno departamental"),
    (14, "16:30–17:00", "Reflexión del día"),
    (15, "09:00–11:30", "Registro de centros y datos abiertos"),
    (15, "11:45–12:45", "La experiencia salvadoreña: Crecer Juntos"),
    (15, "14:00–16:30", "Taller: esbozo del plan de transferencia"),
    (15, "16:30–17:00", "Reflexión del día"),
    (16, "09:00–10:30", "Actividades conjuntas"),
    (16, "11:00–13:00", "Sesión de cierre: balance y próximos pasos"),
)
LONG = (
    "Cada sala tiene a la vista su cupo, su responsable y la fecha de la última supervisión. El equipo explica la lista punto por punto, "
    "con ejemplos, y muestra lo que se corrigió desde la visita anterior. "
)


def visit(language: str = "es", paper: Paper = "letter", days: int = 5) -> Visit:
    """The example's visit; with other than five days the places come round again."""
    fmt = formatter(language, "BRA" if language == "pt" else "URY")
    dates = [(date(2027, 4, 12) + timedelta(number)).isoformat() for number in range(days)]
    return Visit(
        title="Autorización y calidad de centros de primera infancia",
        countries=(fmt.country("URY"), fmt.country("SLV")),
        dates={"es": "12 al 16 de abril de 2027", "pt": "12 a 16 de abril de 2027"}[language],
        code="PE-2027-URY-SLV-01",
        days=tuple(Day(fmt.weekday(iso), *PLACES[number % 5]) for number, iso in enumerate(dates)),
        words=worded(fmt.words),
        language=language,
        agenda=tuple(AgendaRow(f"{day:02}/04", hours, title) for day, hours, title in AGENDA),
        paper=paper,
        programme="Puntos de encuentro · Pasantías Sur-Sur",
        of="05",
        contact=("Oficina de la OEI en El Salvador", "+999 0000 0001", "oficina@example.org"),
        institutions=("OEI", "Ente rector de primera infancia de Uruguay", "Ente rector de primera infancia de El Salvador"),
    )


@cache
def picture(width: int = 600, height: int = 400, shade: int = 150) -> bytes:
    """A JPEG that can be told from others by its shade."""
    image = Image.linear_gradient("L").resize((width, height)).point(lambda level: level * shade // 255)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def diary(days: int = 5) -> Diary:
    """What the second participant wrote, with the third day's photo left out."""
    second = DayEntry(
        saw=LONG,
        learned="La lista no mide todo: distingue lo que se corrige en el día de lo que impide abrir.",
        at_home="Separar en nuestra propuesta los puntos críticos de los de mejora y ponerles plazo.",
        voice="«La lista es para acompañar, no para sorprender»",
        contact="Coordinación técnica del centro, contacto@example.org",
        photos=(
            Photo(picture(), "Tablero de la sala, sin personas"),
            Photo(picture(400, 600, 220), "Patio techado, visto desde la entrada"),
        ),
    )
    full = DayEntry(LONG * 3, LONG * 3, LONG * 2, "«" + LONG[:230] + "»", LONG[:150])
    return Diary(
        expectations="Ver con mis propios ojos cómo se habilita un centro, y traer la lista que usan.",
        questions="1. ¿Quién firma?\n2. ¿Cuánto tarda?\n3. ¿Qué pasa si no cumple?",
        starting_point="En mi institución la habilitación pasa por tres oficinas y nadie ve el expediente completo.",
        days=(full, second, DayEntry(saw=LONG), second, DayEntry())[:days],
        learnings=("La lista acompaña.", "El plazo se escribe en cada punto.", LONG),
        highlight="Una visita de supervisión puede terminar con el equipo agradeciendo.",
        first_step="Sentar a las tres oficinas a mirar un mismo expediente.",
        transfer="TR-01 · Lista de verificación aprobada",
        thanks="A las educadoras que dejaron su mañana para explicarnos todo dos veces.",
        publish="named",
        contacts=(
            Contact("Coordinación técnica", "Centro de primera infancia urbano", "contacto@example.org"),
            Contact("Jefatura de registro"),
        ),
    )


def notebook(of: Visit | None = None, **changes: object) -> Notebook:
    """A participant's notebook of the example, blank unless said otherwise."""
    blank = Notebook(
        of or visit(),
        name="Especialista en estándares",
        number="02",
        position="Especialista",
        institution="Ente rector de primera infancia de El Salvador",
        verification="4T7K-9QXM-2B6D-HW3E",
        verification_url="https://anexa.example.org/v/4T7K9QXM2B6DHW3E",
    )
    return replace(blank, **changes)


def collection(days: int = 4) -> Volume:
    """A small publication of shareable days."""
    fmt = formatter("es", "URY")
    entry = diary().days[1]
    texts = (("Lo que vi", entry.saw), ("Lo que aprendí o me sorprendió", entry.learned), ("", LONG * 9))
    pieces = tuple(
        Piece(f"Día {day} · Centro de primera infancia", f"Participante {day}, El Salvador", fmt.date("2027-04-13"), texts, entry.photos)
        for day in range(1, days + 1)
    )
    title, told = "Autorización y calidad de centros de primera infancia", "Las escribieron quienes viajaron.\nSe publican con su permiso."
    imprint, countries = ("CC BY-NC-ND", "OEI, 2027"), ("Uruguay", "El Salvador")
    return Volume(title, "Cuadernos de una pasantía", worded(fmt.words), "es", pieces, told, imprint, countries)
