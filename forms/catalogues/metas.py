"""The Pact's commitments by edition (forms.md §11.3). An edition is never changed: a new assembly adds one."""
from __future__ import annotations

from collections.abc import Mapping

from forms.values import N_

METAS: Mapping[str, tuple[str, ...]] = {
    "2019": (
        N_("Disminuir la pobreza de la primera infancia."),
        N_("Reducir la desnutrición crónica y la anemia, y detener el aumento de la obesidad y el sobrepeso infantil."),
        N_("Incrementar la lactancia en la primera hora de vida y la exclusiva durante los primeros 6 meses."),
        N_("Incrementar la cobertura completa de vacunación para la primera infancia."),
        N_("Detectar de manera oportuna la discapacidad e incrementar la cobertura de educación y salud para la primera infancia "
           "con discapacidad."),
        N_("Favorecer el nivel adecuado de desarrollo infantil y su evaluación."),
        N_("Incrementar los programas de desarrollo infantil temprano y la cobertura de educación preescolar."),
        N_("Incrementar los programas de habilidades parentales y prácticas de crianza."),
        N_("Lograr el registro oportuno del 90% de los niños y niñas."),
        N_("Avanzar en la erradicación de todas las formas de violencia y maltrato contra la primera infancia."),
    ),
}
"""Edition → what each commitment says; its number is its place, from 1."""
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "2019": (
        N_("Plan Nacional de Desarrollo"), N_("Política de desarrollo integral"), N_("Información y monitoreo de indicadores"),
        N_("Adecuación legal y presupuesto"), N_("Informe anual de gobierno"),
    ),
}
"""Edition → the institutional conditions, a catalogue of their own."""
