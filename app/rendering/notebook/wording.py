"""What a notebook says of itself, as msgids; the caller turns them into words of one language once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from forms.values import N_


@dataclass(frozen=True)
class Wording:
    """The printed words (forms.md §9). As it stands it holds the msgids, which are Spanish; see `worded`."""

    book: str = N_("Cuaderno de Bitácora")
    number: str = N_("N.º {number}")
    number_of: str = N_("N.º {number} de {of}")
    drawing: str = N_("Una foto o un dibujo")
    mine: str = N_("Este cuaderno es de")
    name: str = N_("Nombre")
    position: str = N_("Cargo")
    institution: str = N_("Institución")
    lost: str = N_("Si lo encuentra, avise a")
    use: str = N_("Cómo usarlo")
    use_before: str = N_("Antes de salir, anote lo que espera y sus tres preguntas.")
    use_day: str = N_("Cada día tiene su página. Escriba primero lo que vio; después, lo que piensa.")
    use_voice: str = N_("Guarde una frase y un contacto: es lo primero que se olvida.")
    use_notes: str = N_("Si falta espacio, siga en Notas y apunte la página.")
    use_after: str = N_("Al volver, pase lo principal a su bitácora en línea.")
    children: str = N_("Niñas y niños")
    children_rule: str = N_(
        "No fotografíe ni nombre a niñas ni niños, y no anote nada que permita reconocerlos. Si una foto muestra a alguno, no se usa."
    )
    readers: str = N_("Quién lo leerá")
    readers_rule: str = N_(
        "El cuaderno es suyo. Lo que pase a la bitácora en línea lo leen su punto focal y la coordinación; "
        "se publica solo lo que usted permita."
    )
    verification: str = N_("Código de verificación")
    before: str = N_("Antes de salir")
    agenda: str = N_("Agenda")
    no_agenda: str = N_("La agenda se escribe cuando esté acordada.")
    expectations: str = N_("Lo que espero")
    questions: str = N_("Mis tres preguntas")
    starting_point: str = N_("Cómo se hace hoy en mi institución")
    day: str = N_("Día {number}")
    place: str = N_("Lugar")
    saw: str = N_("Lo que vi")
    saw_help: str = N_("Hechos, sin opinar")
    learned: str = N_("Lo que aprendí o me sorprendió")
    at_home: str = N_("¿Cómo lo haríamos en mi institución?")
    voice: str = N_("Una frase")
    voice_help: str = N_("Sin nombres de niñas ni niños")
    contact: str = N_("Un contacto")
    photo: str = N_("Foto o dibujo")
    caption: str = N_("Pie de foto")
    no_photos: str = N_("Sin fotos")
    draw: str = N_("Aquí no se permiten fotos. Dibuje.")
    notes: str = N_("Notas")
    takeaways: str = N_("Lo que me llevo")
    learnings: str = N_("Mis tres aprendizajes")
    highlight: str = N_("Lo más reseñable")
    highlight_help: str = N_("Si solo se leyera una cosa")
    first_step: str = N_("Lo primero que haré al volver")
    transfer: str = N_("Línea de transferencia en la que participo")
    keepsakes: str = N_("Fotos y contactos")
    photos: str = N_("Fotos")
    contacts: str = N_("Contactos")
    email: str = N_("Correo")
    thanks: str = N_("Gracias a quienes nos recibieron")
    publish: str = N_("¿Se puede publicar?")
    publish_no: str = N_("No publicar")
    publish_anonymous: str = N_("Publicar sin mi nombre")
    publish_named: str = N_("Publicar con mi nombre")
    publish_online: str = N_("Vale lo que firme en línea.")
    page: str = N_("pág. {page}")
    goes_on: str = N_("sigue en la pág. {page}")
    comes_from: str = N_("viene de la pág. {page}")
    comes_from_blank: str = N_("viene de la pág. ____")
    contents: str = N_("Contenido")


def worded(words: Callable[[str], str]) -> Wording:
    """The wording in one language: `worded(formatter("pt").words)`. Named places stay for the pages to fill."""
    return Wording(**{each.name: words(str(each.default)) for each in fields(Wording)})
