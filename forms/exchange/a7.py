"""A7 · Anexo VII: what is done with a person's data, and what that person allows (forms.md §4, §10)."""
from __future__ import annotations

from forms.catalogues import PUBLISH, inline
from forms.exchange import consents, notice
from forms.exchange.sources import PROGRAMME, calc, own, said, worked_out
from forms.kinds import Choice, Country, Email, Ref, Signature, Text, YesNo
from forms.spec import Form, Part, Section
from forms.values import N_

TERM = inline(N_("1 año"), N_("3 años"), N_("5 años"))


def consent(key: str, label: str, help: str = "") -> YesNo:
    """A permission: Sí or No, each as good as the other."""
    return YesNo(key, label, required=True, sensitivity="personal", help=help, span=12)


def promise(key: str, label: str, help: str = "") -> YesNo:
    """What only Sí lets a person take part with."""
    return YesNo(key, label, required=True, agreed=True, help=help, span=12)


ABOUT = Section("about", N_("Persona titular e información"), (
    calc("subject", N_("Titular de los datos"), lambda facts: facts.subject or facts.dossier.subject or None, Ref, to="A2.travellers",
         sensitivity="personal", fixed=True, span=12),
    Country("residence_country", N_("País donde vive"), required=True, sensitivity="personal", prefill=said("A1", "visiting_country"),
            help=N_("Define la ley que le protege"), span=6),
    calc("notice_version", N_("Versión del aviso"), lambda facts: notice.CURRENT.version, Text, most=40, fixed=True, span=6),
    worked_out(notice.CONTROLLERS, notice.controllers, fixed=True),
    calc("privacy_contact", N_("Contacto de protección de datos"), notice.contact, Email, fixed=True, span=12),
    notice.CURRENT.group,
    promise("notice_read", N_("He leído y entendido el aviso"), N_("Puede pedir explicación")),
))
PERMISSIONS = Section("permissions", N_("Autorizaciones (responda cada una; nada viene marcado)"), (
    promise("ack_core", N_("Sé que mis datos de identidad, contacto y viaje son necesarios para participar"),
            N_("No es un permiso: es información")),
    consent("consent_health", N_("Autorizo usar mis datos de salud, alimentación y apoyos solo para cuidarme en el viaje"),
            N_("Puede decir No y participar igual")),
    consent("consent_transfer", N_("Autorizo enviar mis datos al país anfitrión y a la OEI fuera de mi país"), N_("Necesario para viajar")),
    consent("consent_contact_share", N_("Autorizo compartir mi correo y cargo con las y los demás participantes")),
    consent("consent_network", N_("Autorizo que me inviten a otras actividades de la Red")),
    consent("consent_photo", N_("Autorizo que me fotografíen")),
    consent("consent_voice_video", N_("Autorizo grabar mi voz o video")),
    consent("consent_image_print", N_("Autorizo publicar mi imagen en impresos")),
    consent("consent_image_web", N_("Autorizo publicar mi imagen en sitios web institucionales")),
    consent("consent_image_social", N_("Autorizo publicar mi imagen en redes sociales"), N_("Otras personas podrían copiarla")),
    Choice("consent_log_publication", N_("Autorizo publicar fragmentos de mi bitácora"), options=PUBLISH, required=True,
           sensitivity="personal", span=12),
    Choice("image_term", N_("Plazo de la autorización de imagen"), options=TERM,
           help=N_("Solo si autoriza publicar su imagen")),
))
PROMISE = Section("promise", N_("Compromiso sobre terceros, firma y retiro"), (
    promise("ack_children", N_("No tomaré ni difundiré imágenes que identifiquen a niñas o niños")),
    promise("ack_third_parties", N_("Pediré permiso antes de fotografiar a personas adultas")),
    Email("copy_email", N_("Correo para recibir copia"), required=True, sensitivity="personal", prefill=own("email")),
    Text("sign_place", N_("Lugar"), most=80, required=True, span=6),
    Signature("subject_signature", N_("Firma de la persona titular"), required=True, sensitivity="personal", signer="participant"),
))
A7 = Form("A7", "2026-1", N_("Anexo VII — Protección de datos personales y uso de imagen"), PROGRAMME, (
    Part("consents", N_("Aviso y autorizaciones"), (ABOUT, PERMISSIONS, PROMISE), filler="participant", reviewer="focal_visiting"),
), subject="A2.travellers", rules=consents.RULES)
