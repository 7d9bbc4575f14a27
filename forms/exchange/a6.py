"""A6 · Anexo VI: one diary for each traveller, day by day of the agenda (forms.md §4)."""
from __future__ import annotations

from forms.blocks import Cards, Diary
from forms.catalogues import PUBLISH
from forms.exchange import diary
from forms.exchange.sources import NAMED, PROGRAMME, calc, own
from forms.kinds import Choice, Date, Following, Paragraph, Prefill, Ref, Signature, Table, Tags, Text, When, YesNo
from forms.sets import PHOTO, photo
from forms.spec import Form, Part, Section
from forms.values import N_

PUBLISHED = When("publish_choice", ("anonymous", "named"))
PICTURES = tuple(f"{photo}.{field.key}" for photo in diary.PHOTOS for field in PHOTO)

BEFORE = Section("before", N_("Datos y antes del viaje"), (
    calc("author", N_("Autoría"), lambda facts: facts.dossier.subject or facts.subject or None, Ref, to="A2.travellers",
         sensitivity="personal", fixed=True, span=6),
    Text("display_name", N_("Nombre en la portada"), most=60, required=True, sensitivity="personal", prefill=own("badge_name"), span=6),
    photo("cover_photo", N_("Foto o dibujo de portada"), sensitivity="personal"),
    Paragraph("expectations", N_("Lo que espero"), most=600, required=True, prefill=own("expected_learning")),
    Paragraph("my_questions", N_("Mis tres preguntas"), most=400, prefill=Prefill(NAMED["A3"], diary.three_questions)),
    Paragraph("starting_point", N_("Cómo se hace hoy en mi institución"), most=500),
))
DAYS = Section("days", N_("Registro diario"), (
    Following("days", N_("Días"), of="A1.agenda", rows=diary.days, required=True, low=1, high=15, paper_rows=5, named_by=("date",),
              summary=("date", "visited", "shareable"), help=N_("Una hoja por día"),
              view=Diary("date", "", prose=("visited", "saw", "learned", "at_home", "voice", "contact", "shareable"), pictures=PICTURES),
              fields=(
                  calc("date", N_("Fecha"), lambda facts: facts.row.get("date"), Date, fixed=True, span=4),
                  calc("visited", N_("Qué visité"), lambda facts: facts.row.get("visited"), Tags, most=120, fixed=True, span=8),
                  Paragraph("saw", N_("Lo que vi"), most=700, required=True, help=N_("Hechos, sin opinar")),
                  Paragraph("learned", N_("Lo que aprendí o me sorprendió"), most=700, required=True),
                  Paragraph("at_home", N_("¿Cómo lo haríamos en mi institución?"), most=600, required=True),
                  Text("voice", N_("Una frase que escuché"), most=250, sensitivity="personal", help=N_("Sin nombres de niñas ni niños")),
                  Text("contact", N_("Un contacto para no perder"), sensitivity="personal"),
                  photo("photo1", N_("Foto 1"), sensitivity="personal"),
                  photo("photo2", N_("Foto 2"), sensitivity="personal"),
                  YesNo("shareable", N_("¿Este día se puede compartir?"), required=True),
              )),
))
SYNTHESIS = Section("synthesis", N_("Síntesis, compromiso y publicación"), (
    Table("top_learnings", N_("Mis tres aprendizajes"), required=True, low=3, high=3, paper_rows=3, summary=("text",),
          view=Cards(title=("text",)), fields=(Text("text", N_("Aprendizaje"), most=250, required=True),)),
    Paragraph("highlight", N_("Lo más reseñable de la visita"), most=800, required=True, help=N_("Si solo se leyera una cosa")),
    Text("first_step", N_("Lo primero que haré al volver"), most=250, required=True),
    Ref("transfer_link", N_("Línea de transferencia en la que participo"), to="A5.transfer_outline", span=12),
    Text("thanks", N_("Mensaje para quienes nos recibieron"), most=300),
    Choice("publish_choice", N_("¿Se puede publicar?"), options=PUBLISH, required=True, sensitivity="personal",
           help=N_("Puede cambiar de idea después")),
    Paragraph("publish_excerpt", N_("Fragmento que propongo publicar"), most=1200, required=True, when=PUBLISHED,
              prefill=Prefill(N_("lo más reseñable"), lambda facts: facts.answers.get("highlight"))),
    YesNo("edit_allowed", N_("Acepto correcciones de estilo"), required=True, when=PUBLISHED, help=N_("Se las mostraremos antes")),
    Signature("log_signature", N_("Firma"), required=True, sensitivity="personal", signer="participant"),
))
A6 = Form("A6", "2026-1", N_("Anexo VI — Cuaderno de Bitácora"), PROGRAMME, (
    Part("notebook", N_("Cuaderno de Bitácora"), (BEFORE, DAYS, SYNTHESIS), filler="participant", reviewer="focal_visiting"),
), subject="A2.travellers", rules=diary.RULES, opens="A2.approved")
