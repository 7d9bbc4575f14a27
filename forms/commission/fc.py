"""FC · Ficha de comisión y punto focal: who leads a commitment's commission, how it communicates and works, its agenda (forms.md §5)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms.blocks import Cards
from forms.catalogues import ACTION_STATUS, CHANNEL, FREQUENCY, MODALITY, inline
from forms.catalogues.metas import METAS
from forms.commission import rules
from forms.kinds import (
    Calc,
    Choice,
    Choices,
    Date,
    Email,
    Integer,
    Kind,
    Paragraph,
    Phone,
    Prefill,
    Ref,
    Signature,
    Table,
    Text,
    When,
    YesNo,
)
from forms.sets import person
from forms.spec import Form, Part, Section
from forms.values import N_
from forms.view import Options

Catalogue = Mapping[str, tuple[str, ...]]
SCOPE = inline(N_("Nacional"), N_("Estatal"))
DUTIES = inline(
    N_("Liderar la comisión a nivel nacional"), N_("Dar seguimiento a acuerdos y planes"), N_("Apoyar decisiones rápidas"),
    N_("Procurar el consenso"), N_("Promover y asegurar la cocreación"))
DEPUTY = When("has_deputy", (True,))
def opened_for(key: str) -> Prefill:
    """What the sheet was opened for."""
    return Prefill(N_("la apertura de la ficha"), lambda facts: facts.dossier.facts.get(key))


STARTING = Prefill(N_("el inicio de la comisión"), lambda facts: "not_started")


EDITIONS = Options("", tuple((edition, edition) for edition in METAS))
"""The editions the house knows."""


def identification(catalogue: Catalogue) -> Section:
    """Which commitment of which edition, and where."""
    editions = Options("", tuple((edition, edition) for edition in catalogue))
    statements = Options("", tuple((rules.code_of(edition, number), words) for edition, every in catalogue.items()
                                   for number, words in enumerate(every, 1)))
    return Section("head", N_("Identificación de la meta"), (
        Choice("pact_edition", N_("Edición del catálogo"), options=editions, required=True, prefill=opened_for("pact_edition"),
               help=N_("2019 = 10 compromisos"), span=4),
        Ref("assembly", N_("Asamblea"), to="PA.number", span=8),
        Integer("meta_no", N_("Número de la meta"), low=1, high=max(map(len, catalogue.values())), required=True,
                prefill=opened_for("meta_no"), span=4),
        Calc("meta_statement", N_("Enunciado de la meta"), help=N_("Sale del catálogo"), of=rules.statement(catalogue),
             like=Choice("meta_statement", N_("Enunciado de la meta"), options=statements, span=12)),
        Text("meta_emphasis", N_("Énfasis de la comisión"), most=300, help=N_("Si trabaja una parte")),
        Choice("scope", N_("Ámbito"), options=SCOPE, required=True, span=4),
        Text("scope_entity", N_("Entidad"), most=80, required=True, when=When("scope", ("estatal",)), span=8),
    ))


def phone(key: str, label: str, when: When | None = None) -> Kind:
    """A mobile; the phone of the person's group is the institution's."""
    return Phone(key, label, required=True, sensitivity="personal", when=when, span=6)


LEADING = Section("leading", N_("Punto focal y suplencia"), (
    person("focal", N_("Punto focal"), required=True, sensitivity="personal", prefill=opened_for("focal"),
           help=N_("Nombre, cargo, institución, contacto")),
    replace(phone("focal_mobile", N_("Celular del punto focal")), help=N_("El otro teléfono es el de la institución")),
    Choices("focal_duties", N_("Atribuciones aceptadas"), options=DUTIES, every=True, required=True,
            help=N_("Son las cinco de la asamblea")),
    YesNo("has_deputy", N_("¿Hay suplente?"), required=True),
    person("deputy", N_("Suplente"), required=True, sensitivity="personal", when=DEPUTY),
    phone("deputy_mobile", N_("Celular de la suplencia"), DEPUTY),
))
WORKING = Section("working", N_("Comunicación y trabajo"), (
    Choices("comm_channels", N_("Mecanismo de comunicación"), options=CHANNEL, low=1, high=3, required=True),
    Paragraph("comm_rules", N_("Reglas de comunicación"), most=500, required=True,
              help=N_("Canal principal, horarios, plazos de respuesta, temas")),
    Choice("comm_frequency", N_("Periodicidad de las comunicaciones"), options=FREQUENCY, required=True),
    Choice("meet_frequency", N_("¿Cada cuándo se reunirán?"), options=FREQUENCY, required=True),
    Text("work_platforms", N_("¿Qué mecanismos o plataformas usarán para revisar, comentar y elaborar documentos?"), most=250,
         required=True),
    Choice("meet_mode", N_("¿Las reuniones serán presenciales o virtuales?"), options=MODALITY, required=True, span=12),
    Text("minutes_by", N_("¿Quién tomará y mandará los acuerdos y por qué medio?"), most=200, required=True, sensitivity="personal"),
    Text("venue_rule", N_("¿Cómo se designarán las sedes?"), most=200, required=True, when=When("meet_mode", ("in_person", "hybrid"))),
    Paragraph("other_rules", N_("Otras reglas de trabajo"), most=400),
))
MEMBERS = Section("members", N_("Integrantes y agenda de la comisión"), (
    Table("members", N_("Integrantes"), required=True, low=2, high=60, paper_rows=10, sensitivity="personal", named_by=("organisation",),
          unique=("organisation",), summary=("organisation", "representative"), fields=(
              Text("organisation", N_("Organización"), least=2, required=True, span=4),
              Text("representative", N_("Representante"), most=120, required=True, sensitivity="personal", span=4),
              Email("email", N_("Correo"), required=True, sensitivity="personal", span=4),
              YesNo("attended", N_("¿Asistió?"), required=True, span=2),
          )),
    Table("commission_agenda", N_("Agenda de la comisión"), required=True, low=1, high=15, summary=("objective", "due"),
          view=Cards(title=("objective",)), fields=(
              Text("objective", N_("Objetivo de incidencia"), most=200, required=True),
              Text("action", N_("Acción"), most=200, required=True),
              Text("responsible", N_("Responsable"), most=120, required=True, sensitivity="personal", span=6),
              Date("due", N_("Fecha"), required=True),
              Text("product", N_("Producto"), required=True),
              Choice("status", N_("Estado"), options=ACTION_STATUS, required=True, prefill=STARTING, span=3),
          )),
    Signature("focal_signature", N_("Firma del punto focal"), required=True, sensitivity="personal", signer="commission_focal"),
    Signature("deputy_signature", N_("Firma de la suplencia"), required=True, sensitivity="personal", signer="commission_deputy",
              when=DEPUTY),
    Signature("pact_signature", N_("Visto bueno de la Coordinación"), required=True, sensitivity="personal", signer="pact_coordination"),
))


def sheet(catalogue: Catalogue) -> Form:
    """The form over the commitments of some editions."""
    return Form("FC", "2026-1", N_("Ficha de comisión y punto focal"), N_("Pacto por la Primera Infancia"), (
        Part("sheet", N_("Ficha"), (identification(catalogue), LEADING, WORKING, MEMBERS), filler="commission_focal",
             reviewer="pact_coordination"),
    ), rules=rules.of(catalogue))


FC = sheet(METAS)
