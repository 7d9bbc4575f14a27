"""The closed lists of forms.md §1, in its order and wording."""
from __future__ import annotations

import re
import unicodedata

from forms.values import C_, N_
from forms.view import Options


def inline(*words: str) -> Options:
    """A list given by its words only: the code is the word in lower case, ASCII, with '_' (forms.md §1). «En parte» → en_parte."""
    return Options("", tuple((_code(word), word) for word in words))


def _code(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


MONTHS = Options("MONTHS", tuple((str(number), str(number)) for number in range(1, 13)))
"""Months 1 to 12 of a plan."""
CALENDAR = Options("CALENDAR", (
    ("1", N_("Enero")), ("2", N_("Febrero")), ("3", N_("Marzo")), ("4", N_("Abril")), ("5", N_("Mayo")), ("6", N_("Junio")),
    ("7", N_("Julio")), ("8", N_("Agosto")), ("9", N_("Septiembre")), ("10", N_("Octubre")), ("11", N_("Noviembre")),
    ("12", N_("Diciembre")),
))
"""Months of a year."""
LANG = Options("LANG", (
    ("es", N_("Español")), ("pt", N_("Portugués")), ("other", N_("Otro")),
))
INST_TYPE = Options("INST_TYPE", (
    ("ministry", N_("Ministerio")), ("governing_body", N_("Ente rector o consejo")), ("subnational_gov", N_("Gobierno subnacional")),
    ("municipality", N_("Municipio")), ("care_centre", N_("Centro o servicio de primera infancia")), ("university", N_("Universidad")),
    ("civil_society", N_("Organización social")), ("international_org", N_("Organismo internacional")), ("other", N_("Otra")),
))
THEME = Options("THEME", (
    ("governance", N_("Gobernanza e intersectorialidad")), ("financing", N_("Financiamiento")), ("standards", N_("Calidad y estándares")),
    ("licensing", N_("Autorización y supervisión de servicios")), ("curriculum", N_("Currículo y juego")),
    ("workforce", N_("Formación de agentes educativos")), ("parenting", N_("Familias y crianza")),
    ("health_nutrition", N_("Salud y nutrición")), ("inclusion", N_("Discapacidad e inclusión")),
    ("interculturality", N_("Interculturalidad")),
    ("data", N_("Medición y datos")), ("transitions", N_("Transiciones")), ("protection", N_("Protección y derechos")),
    ("infrastructure", N_("Espacios e infraestructura")),
))
MODALITY = Options("MODALITY", (
    ("in_person", N_("Presencial")), ("virtual", N_("Virtual")), ("hybrid", N_("Híbrida")),
))
COOP_KIND = Options("COOP_KIND", (
    ("bilateral", N_("Entre dos países")), ("multilateral", N_("Entre varios países")),
))
AGENDA_KIND = Options("AGENDA_KIND", (
    ("welcome", N_("Bienvenida")), ("technical", N_("Reunión técnica")), ("field_visit", N_("Visita en terreno")),
    ("observation", N_("Observación")), ("workshop", N_("Taller")), ("visitor_talk", N_("Presentación de la delegación")),
    ("reflection", N_("Reflexión del día")), ("protocol", N_("Acto protocolar o cultural")), ("transfer", N_("Traslado")),
    ("break", N_("Pausa o comida")), ("closing", N_("Cierre")),
))
AGENDA_STATE = Options("AGENDA_STATE", (
    ("draft", N_("Borrador")), ("shared", N_("Compartida")), ("consolidated", N_("Consolidada tras la referenciación")),
    ("final", N_("Definitiva")),
))
PHOTO_POLICY = Options("PHOTO_POLICY", (
    ("none", N_("No se permiten")), ("spaces_only", N_("Solo espacios y materiales")),
    ("with_permission", N_("Personas adultas con permiso")),
))
PHOTO_PEOPLE = Options("PHOTO_PEOPLE", (
    ("none", N_("Nadie")), ("adults_consented", N_("Personas adultas que autorizaron")), ("not_sure", N_("No estoy seguro/a")),
))
OUTCOME = Options("OUTCOME", (
    ("new_knowledge", N_("Nuevos conocimientos")), ("enhanced_skill", N_("Mejores capacidades")),
    ("improved_consensus", N_("Mayor consenso")),
    ("enhanced_connectivity", N_("Mejores vínculos")), ("improved_actions", N_("Acciones nuevas o mejoradas")),
))
CLOSING_OUTPUT = Options("CLOSING_OUTPUT", (
    ("balance", N_("Balance compartido")), ("joint_actions", N_("Lista de actividades conjuntas")),
    ("transfer_ideas", N_("Ideas de transferencia")), ("contacts", N_("Contactos técnicos")),
    ("next_meeting", N_("Fecha de la próxima reunión")),
))
H_COMMIT = Options("H_COMMIT", (
    ("hc_agenda", N_("Organizar y cumplir la agenda acordada")), ("hc_contacts", N_("Coordinar con las instituciones receptoras")),
    ("hc_staff", N_("Asignar personal técnico durante la visita")), ("hc_info", N_("Entregar documentos de la experiencia")),
    ("hc_safeguard", N_("Aplicar las normas de protección de la niñez en las visitas")), ("hc_closing", N_("Realizar la sesión de cierre")),
    ("hc_followup", N_("Responder consultas durante doce meses")), ("hc_data", N_("Cuidar los datos personales recibidos")),
))
V_COMMIT = Options("V_COMMIT", (
    ("vc_annexes", N_("Entregar a tiempo los anexos II, III, IV y VII")),
    ("vc_delegation", N_("Mantener la delegación seleccionada o avisar los cambios")), ("vc_costs", N_("Cubrir los gastos asumidos")),
    ("vc_attend", N_("Asistir a toda la agenda, incluido el cierre")),
    ("vc_safeguard", N_("Respetar las normas de protección de la niñez")),
    ("vc_evaluate", N_("Completar los anexos V y VI")), ("vc_transfer", N_("Ejecutar el plan de transferencia a doce meses")),
    ("vc_report", N_("Informar a los 3, 6, 9 y 12 meses")),
))
P_COMMIT = Options("P_COMMIT", (
    ("pc_attend", N_("Participar en toda la agenda")), ("pc_log", N_("Llevar mi cuaderno de bitácora")),
    ("pc_eval", N_("Responder la evaluación")), ("pc_share", N_("Compartir lo aprendido en mi institución")),
    ("pc_conduct", N_("Respetar normas y horarios de las instituciones")),
    ("pc_children", N_("No fotografiar ni identificar a niñas y niños")),
    ("pc_confid", N_("Guardar reserva de la información no pública")),
))
CONTRIB_KIND = Options("CONTRIB_KIND", (
    ("in_kind", N_("En especie")), ("cash", N_("En dinero")),
))
AGREEMENT = Options("AGREEMENT", (
    ("agree", N_("Conforme")), ("with_comments", N_("Conforme con observaciones")), ("disagree", N_("No conforme")),
))
SIGN_METHOD = Options("SIGN_METHOD", (
    ("typed", N_("Firma electrónica simple con código")), ("drawn", N_("Firma dibujada en pantalla")),
    ("wet_scan", N_("Firma en papel escaneada")), ("certificate", N_("PDF firmado fuera con certificado")),
))
DOC_TYPE = Options("DOC_TYPE", (
    ("passport", N_("Pasaporte")), ("national_id", N_("Documento nacional")), ("diplomatic", N_("Pasaporte diplomático u oficial")),
))
DEL_FUNCTION = Options("DEL_FUNCTION", (
    ("leader", N_("Jefatura de delegación")), ("deputy", N_("Suplencia de la jefatura")), ("technical", N_("Equipo técnico")),
    ("authority", N_("Autoridad")), ("rapporteur", N_("Relatoría")),
))
DECISION_LEVEL = Options("DECISION_LEVEL", (
    ("political", N_("Decisión política")), ("managerial", C_("nivel", "Dirección")), ("technical", N_("Técnico")),
    ("operational", N_("Atención directa")),
))
PAYER = Options("PAYER", (
    ("oei_host", N_("OEI anfitriona")), ("oei_visiting", N_("OEI visitante")), ("oei_sg", N_("OEI Secretaría General")),
    ("host", N_("País anfitrión")), ("visiting", N_("País visitante")), ("other", N_("Otro")),
))
COST_ITEM = Options("COST_ITEM", (
    ("airfare", N_("Pasajes")), ("lodging", N_("Alojamiento")), ("per_diem", N_("Viáticos")), ("insurance", N_("Seguro")),
    ("local_transport", N_("Transporte local")), ("meals", N_("Alimentación")), ("materials", N_("Materiales e impresión")),
    ("interpretation", N_("Interpretación")), ("other", N_("Otro")),
))
VISA_STATUS = Options("VISA_STATUS", (
    ("not_needed", N_("No requiere")), ("to_apply", N_("Por solicitar")), ("in_process", N_("En trámite")), ("granted", N_("Otorgada")),
    ("denied", N_("Negada")),
))
DIET = Options("DIET", (
    ("none", N_("Ninguna")), ("vegetarian", N_("Vegetariana")), ("vegan", N_("Vegana")), ("gluten_free", N_("Sin gluten")),
    ("lactose_free", N_("Sin lactosa")), ("low_salt", N_("Baja en sal")), ("religious", N_("Por creencia religiosa")),
    ("other", N_("Otra")),
))
JOINT_KIND = Options("JOINT_KIND", (
    ("technical_assistance", N_("Asistencia técnica")), ("virtual_exchange", N_("Intercambio virtual")),
    ("joint_document", N_("Documento conjunto")), ("return_visit", N_("Pasantía de retorno")), ("agreement", N_("Convenio")),
    ("research", N_("Estudio")), ("training", N_("Formación")), ("other", N_("Otra")),
))
ACTION_STATUS = Options("ACTION_STATUS", (
    ("not_started", N_("Sin iniciar")), ("in_progress", N_("En curso")), ("done", N_("Cumplida")), ("delayed", N_("Con retraso")),
    ("rescheduled", N_("Reprogramada")), ("cancelled", N_("Cancelada")),
))
RISK3 = Options("RISK3", (
    ("low", N_("Bajo")), ("medium", N_("Medio")), ("high", N_("Alto")),
))
LIGHT = Options("LIGHT", (
    ("green", N_("Verde")), ("amber", N_("Ámbar")), ("red", N_("Rojo")),
))
ACHIEVED = Options("ACHIEVED", (
    ("full", N_("Logrado")), ("partial", N_("Logrado en parte")), ("not", N_("No logrado")),
))
PUBLISH = Options("PUBLISH", (
    ("no", N_("No publicar")), ("anonymous", N_("Publicar sin mi nombre")), ("named", N_("Publicar con mi nombre")),
))
TA_KIND = Options("TA_KIND", (
    ("support", N_("Apoyo técnico")), ("technical_assistance", N_("Asistencia técnica")), ("facilitation", N_("Conducción o facilitación")),
    ("systematization", N_("Sistematización")), ("monitoring", N_("Monitoreo")), ("verification", N_("Verificación en terreno")),
    ("document_review", N_("Revisión de documento")), ("working_sessions", N_("Sesiones de trabajo")),
    ("presentation", N_("Presentación o difusión")),
))
SESSION_MODE = Options("SESSION_MODE", (
    ("in_person", N_("Presencial")), ("virtual", N_("Virtual")), ("mixed", N_("Mixta")), ("unknown", N_("Sin dato")),
))
CHANNEL = Options("CHANNEL", (
    ("email", N_("Correo")), ("whatsapp", N_("WhatsApp")), ("platform", N_("Plataforma")), ("phone", N_("Teléfono")), ("other", N_("Otro")),
))
FREQUENCY = Options("FREQUENCY", (
    ("weekly", N_("Semanal")), ("biweekly", N_("Quincenal")), ("monthly", N_("Mensual")), ("bimonthly", N_("Bimestral")),
    ("quarterly", N_("Trimestral")), ("as_needed", N_("Cuando haga falta")),
))
