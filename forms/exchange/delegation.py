"""Who travels: numbers that stay, totals of the delegation, and the rules of Anexo II (forms.md §4, §7)."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from forms.exchange.notice import CURRENT
from forms.exchange.sources import active, at, codes, problem, text, value_of
from forms.kinds.base import Problem
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

LEADING = ("political", "managerial")
"""Levels at which what was learned can be decided."""
RAPPORTEUR = 4
"""Travellers from which one should take notes for all."""


def number(facts: Facts) -> Json:
    """'01', '02'… What a row was called when it was sent stays; another has its place in the list, or comes last if that is taken."""
    if facts.row.get("no"):
        return facts.row["no"]
    rows = rows_of(facts.answers.get("travellers"))
    taken = {int(str(row["no"])) for row in rows if str(row.get("no") or "").isdecimal()}
    for place, row in enumerate(rows, 1):
        if not row.get("no"):
            own = place if place not in taken else max(taken) + 1
            if row.get(ID) == facts.row.get(ID):
                return f"{own:02}"
            taken.add(own)
    return f"{max(taken, default=0) + 1:02}"


def header(facts: Facts) -> Json:
    """Which exchange: its code, title, dates and countries."""
    said = {key: value_of(facts, "A1", key) or facts.dossier.facts.get(known) for key, known in HEAD.items()}
    return {"code": facts.dossier.code or None} | said if any(said.values()) else None


HEAD = {"activity_title": "title", "visit_period": "visit_period", "host_country": "host_country", "visiting_country": "visiting_country"}
"""Keys of Anexo I, and of the facts they come from."""


def count(facts: Facts) -> Json:
    """How many go."""
    return len(active(facts.answers.get("travellers")))


def composition(facts: Facts) -> Json:
    """Those who go by function, level and institution, the most frequent first."""
    rows = active(facts.answers.get("travellers"))
    return {f"by_{key}": _frequent(rows, column) for key, column in
            (("function", "function"), ("level", "decision_level"), ("institution", "institution"))}


def _frequent(rows: list[Answers], column: str) -> Json:
    return dict(Counter(str(row[column]) for row in rows if row.get(column)).most_common())


def _of(row: Answers, column: str, message: str, **places: object) -> Problem:
    return problem(at("travellers", row.get(ID), column), message, no=row.get("no"), **places)


def someone_travels(facts: Facts) -> Iterator[Problem]:
    """A delegation has somebody in it."""
    if not rows_of(facts.answers.get("travellers")):
        yield problem(at("travellers"), N_("La delegación está vacía: agregue en el Anexo II a cada persona que viaja."))


def as_many_as_agreed(facts: Facts) -> Finding:
    """R-07: as many go as Anexo I says."""
    size, rows = value_of(facts, "A1", "delegation_size"), active(facts.answers.get("travellers"))
    if not isinstance(size, int):
        return WAITS
    message = N_("El Anexo I dice {n} personas y el II tiene {m}: corrija el número del Anexo I, o las personas titulares del II.")
    return [] if size == len(rows) else [problem(at("travellers"), message, n=size, m=len(rows))]


def one_leader(facts: Facts) -> Iterator[Problem]:
    """Exactly one leads, at most one stands in for the leader."""
    functions = Counter(str(row.get("function") or "") for row in active(facts.answers.get("travellers")))
    if functions and functions["leader"] != 1:
        message = N_("La delegación lleva una jefatura, y hay {n}: revise la función de cada persona.")
        yield problem(at("travellers"), message, n=functions["leader"])
    if functions["deputy"] > 1:
        message = N_("La delegación lleva como mucho una suplencia de la jefatura, y hay {n}: revise la función de cada persona.")
        yield problem(at("travellers"), message, n=functions["deputy"])


def a_rapporteur(facts: Facts) -> Iterator[Problem]:
    """Four or more need somebody who takes notes."""
    rows = active(facts.answers.get("travellers"))
    if len(rows) >= RAPPORTEUR and not any(row.get("function") == "rapporteur" for row in rows):
        yield problem(at("travellers"), N_("Nadie lleva la relatoría: con cuatro personas o más, conviene que alguien la tenga."))


def someone_decides(facts: Facts) -> Iterator[Problem]:
    """Somebody can decide about what was learned."""
    rows = active(facts.answers.get("travellers"))
    if rows and not any(row.get("decision_level") in LEADING for row in rows):
        yield problem(at("travellers"), N_("Nadie tiene nivel de decisión política o de dirección: será difícil decidir lo aprendido."))


def themes_covered(facts: Facts) -> Finding:
    """Somebody is interested in each theme of the visit."""
    return _covered(facts, "themes", "topics", N_("Hay temas del Anexo I que nadie tiene entre los suyos: revise los temas de interés."))


def languages_covered(facts: Facts) -> Finding:
    """Somebody understands each working language."""
    return _covered(facts, "working_languages", "languages", N_("Nadie entiende alguno de los idiomas de trabajo del Anexo I."))


def _covered(facts: Facts, asked: str, column: str, message: str) -> Finding:
    wanted, rows = set(codes(value_of(facts, "A1", asked))), active(facts.answers.get("travellers"))
    if not wanted or not rows:
        return WAITS
    found = {code for row in rows for code in codes(row.get(column))}
    return [] if wanted <= found else [problem(at("travellers"), message)]


def own_mail(facts: Facts) -> Iterator[Problem]:
    """Each enters with an address of their own."""
    seen: dict[str, Json] = {}
    for row in rows_of(facts.answers.get("travellers")):
        mail = text(row.get("email"))
        if mail and seen.setdefault(mail, row.get("no")) != row.get("no"):
            yield _of(row, "email", N_("{no} y {other} tienen el mismo correo: cada persona entra con el suyo."), other=seen[mail])


def authority_stays(facts: Facts) -> Iterator[Problem]:
    """Who sends does not travel."""
    mail = text(mapping(facts.answers.get("sending_authority")).get("email"))
    if mail and any(text(row.get("email")) == mail for row in active(facts.answers.get("travellers"))):
        yield problem(at("sending_authority", "email"), N_("La autoridad que autoriza el viaje también viaja: revise si es lo correcto."))


def notices_signed(facts: Facts) -> Finding:
    """R-12: who goes has signed the notice in force."""
    rows, signed = active(facts.answers.get("travellers")), dict(facts.dossier.all("A7"))
    if not rows or not signed:
        return WAITS
    message = N_("{no} no ha firmado el Anexo VII vigente: pídale que lo lea, lo responda y lo firme.")
    return [_of(row, "no", message) for row in rows if not _signed(facts, str(row.get(ID)), signed.get(str(row.get(ID)), {}))]


def _signed(facts: Facts, subject: str, answers: Answers) -> bool:
    return facts.dossier.state("A7", subject) == "signed" and answers.get("notice_version") == CURRENT.version


def _rule(code: str, check: Callable[[Facts], Finding], blocks: bool = True, key: str = "travellers") -> Rule:
    return Rule(code, f"A2.{key}", "submit", blocks, check)


RULES: tuple[Rule, ...] = (
    _rule("R-07", as_many_as_agreed),
    Rule("R-12", "A2.travellers", "ready", True, notices_signed),
    _rule("A2-someone", someone_travels),
    _rule("A2-leader", one_leader),
    _rule("A2-mail", own_mail),
    _rule("A2-rapporteur", a_rapporteur, False),
    _rule("A2-level", someone_decides, False),
    _rule("A2-topics", themes_covered, False),
    _rule("A2-languages", languages_covered, False),
    _rule("A2-authority", authority_stays, False, "sending_authority"),
)
