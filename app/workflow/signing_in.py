"""Entering: a link by mail that lets its person in once, and sessions that can be ended. Who is not known is answered the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app import clock
from app.errors import N_, Told
from app.store import Link, Message, Person, Session, Store
from app.workflow import mailing

KIND: Final = "enter"
LASTS: Final = timedelta(minutes=15)
WINDOW: Final = 15 * 60
ASKED_BY_ADDRESS, ASKED_FOR_EMAIL, TRIED = 20, 5, 60
"""In a quarter of an hour: links asked from one address, links to one e-mail, links opened from one address."""
LONGEST_EMAIL: Final = 254


class SpentLink(Told):
    """A link that lets nobody in; why is in the sentence."""

    status = 410
    exit_code = 3
    message = N_("Este enlace no sirve: no es de aquí o ya no existe.")


USED: Final = N_("Este enlace ya se usó: cada uno sirve una sola vez.")
EXPIRED: Final = N_("Este enlace caducó.")


def ask(store: Store, email: str, origin: str, target: str = "") -> None:
    """Send a link to whoever has this e-mail; for anybody else nothing happens, in the same time. Raises TooMany.

    `target` is the address of this site where the person wanted to go. Who it is for is looked up when the mail is written.
    """
    email = email.strip().lower()[:LONGEST_EMAIL]
    store.limits.hit("ask", origin, ASKED_BY_ADDRESS, WINDOW)
    store.limits.hit("ask for", email, ASKED_FOR_EMAIL, WINDOW)
    mailing.post(store, KIND, None, {"email": email, "target": target}, lasts=LASTS)


def look(store: Store, token: str, origin: str) -> Person:
    """Whose link this is, without using it. Raises SpentLink, TooMany."""
    store.limits.hit("link", origin, TRIED, WINDOW)
    return _owner(store, store.links.find(token))


def enter(store: Store, token: str, origin: str, browser: str = "") -> tuple[str, Person, str]:
    """Use a link: the token of a new session, who it is, and where they wanted to go. Raises SpentLink, TooMany."""
    person = look(store, token, origin)
    with store.atomic():
        if not store.links.use(token):
            _owner(store, store.links.find(token))
            raise SpentLink
        found = store.links.find(token)
        session = store.sessions.start(person.id, person.locale, browser=browser)
    return session, person, found.target if found else ""


def visitor(store: Store, token: str) -> Person | None:
    """Who a session belongs to; None if it ended or its person is shut out."""
    session = store.sessions.find(token)
    person = store.people.get(session.person_id) if session else None
    return person if person and person.disabled_at is None else None


def sessions(store: Store, person: Person) -> tuple[Session, ...]:
    """The person's open sessions, last seen first."""
    return store.sessions.of(person.id)


def end(store: Store, person: Person, session_id: str) -> None:
    """End one of the person's sessions. Raises NotFound for one that is not theirs."""
    store.sessions.revoke_one(person.id, session_id)


def end_others(store: Store, person: Person, token: str) -> None:
    """End all the person's sessions but the one of `token`, and the links they have not used."""
    current = store.sessions.find(token)
    with store.atomic():
        store.sessions.revoke_all(person.id, but=current.token_hash if current else "")
        store.links.void(person.id)


def link(store: Store, person: Person, lasts: timedelta, target: str = "") -> str:
    """A new address that lets a person in once; made while a mail is written, and nowhere else."""
    return f"{store.settings.base_url}/entrar/{store.links.make(person.id, lasts, target)}"


@mailing.letter(KIND)
def _written(store: Store, message: Message) -> mailing.Draft | None:
    person = store.people.by_email(str(message.payload["email"]))
    if person is None or not mailing.reachable(person):
        return None
    say = mailing.words_of(person)
    paragraphs = (
        say(N_("Con este enlace entra en Anexa. Sirve una sola vez y durante {minutes} minutos:"), minutes=_minutes(LASTS)),
        link(store, person, LASTS, str(message.payload["target"])),
        say(N_("Si no lo pidió, no haga nada: sin el enlace no entra nadie.")),
    )
    return mailing.Draft(person, say(N_("Su enlace para entrar en Anexa")), paragraphs)


def _minutes(lasts: timedelta) -> int:
    return int(lasts.total_seconds()) // 60


def _owner(store: Store, found: Link | None) -> Person:
    """The person of a link that still works. Raises SpentLink, saying why it does not."""
    person = store.people.get(found.person_id) if found else None
    if found is None or person is None or not mailing.reachable(person):
        raise SpentLink
    if found.used_at:
        raise SpentLink(USED)
    if found.expires_at <= clock.now():
        raise SpentLink(EXPIRED)
    return person
