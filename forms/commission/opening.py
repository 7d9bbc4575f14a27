"""What the Pact's coordination opens a commission's sheet with, as a form of its own."""
from __future__ import annotations

from forms.catalogues.metas import METAS
from forms.commission.fc import EDITIONS
from forms.kinds import Choice, Integer
from forms.sets import person
from forms.spec import Form, Part, Section
from forms.values import N_

OPENING = Form("PC", "2026-1", N_("Comisión"), N_("Pacto por la Primera Infancia"), (
    Part("opening", N_("Apertura"), (
        Section("head", N_("La comisión"), (
            Choice("pact_edition", N_("Edición del catálogo"), options=EDITIONS, required=True),
            Integer("meta_no", N_("Número de la meta"), low=1, high=max(map(len, METAS.values())), required=True),
        )),
        Section("people", N_("Las personas"), (
            person("commission_focal", N_("Punto focal"), required=True),
            person("commission_deputy", N_("Suplente")),
        )),
    ), filler="pact_coordination"),
))
