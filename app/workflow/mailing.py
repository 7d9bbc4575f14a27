"""Mail: a use case posts a message with its transaction; the worker writes its words and sends it. Rows are the truth.

Delivery is at least once: who dies between the server's yes and ours sends it again, with the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from app import i18n, mail
from app.config import Settings
from app.errors import N_, Stale, Told
from app.store import Json, Message, Person, Store, open_store
from app.workflow import queueing

logger = logging.getLogger(__name__)
NOT_WRITTEN: Final = N_("No se pudo escribir el mensaje.")
SIGNED: Final = N_("Este mensaje lo envía Anexa, {address}. No hace falta responder.")


@dataclass(frozen=True)
class Draft:
    """What a person is told, in their language (`words_of`), a paragraph to a line."""

    to: Person
    subject: str
    paragraphs: tuple[str, ...]


Writer: TypeAlias = Callable[[Store, Message], Draft | None]
WRITERS: Final[dict[str, Writer]] = {}


def letter(kind: str) -> Callable[[Writer], Writer]:
    """Register who writes the messages of a kind, when they are sent; None where there is nothing to tell any more.

    A writer may be asked again for a message that was not sent. What is secret (a link, a code) is made there, never kept in the row.
    """

    def known(writer: Writer) -> Writer:
        WRITERS[kind] = writer
        return writer

    return known


def post(
    store: Store, kind: str, person: Person | None, payload: Mapping[str, Json] | None = None, *, lasts: timedelta | None = None
) -> str:
    """Leave a message for the worker, in the transaction of what it tells; returns its id. After `lasts` it is not sent any more."""
    message_id = store.outbox.add(kind, person.id if person else None, payload, lasts=lasts)
    queueing.queue(store.settings, deliver).soon(queueing.MAIL)
    return message_id


def words_of(person: Person) -> Callable[..., str]:
    """How the interface speaks to a person."""
    return i18n.words(person.locale.partition("_")[0])


def deliver(settings: Settings, what: str = queueing.MAIL) -> None:
    """Send everything that is due; another worker may be at it too."""
    with open_store(settings) as store:
        while (message := store.outbox.claim()) is not None:
            try:
                _deliver(store, message)
            except Stale:
                logger.info("message %s was taken over", message.id)


def _deliver(store: Store, message: Message) -> None:
    try:
        draft = WRITERS[message.kind](store, message)
        if draft is None or not reachable(draft.to):
            store.outbox.drop(message)
            return
        store.outbox.belongs(message, draft.to.id)
        mail.send(store.settings, _letter(store, message, draft))
        store.outbox.sent(message)
    except mail.Unsent as unsent:
        logger.warning("message %s (%s): %s", message.id, message.kind, type(unsent).__name__)
        store.outbox.failed(message, str(unsent), again=not isinstance(unsent, mail.Refused))
    except Stale:
        raise
    except Told as told:
        store.outbox.failed(message, told.message, again=False)
    except Exception:  # the worker's edge: one message must not stop the others
        logger.exception("message %s (%s)", message.id, message.kind)
        store.outbox.failed(message, NOT_WRITTEN, again=True)


def reachable(person: Person) -> bool:
    """Whether mail to a person makes sense: an address, and a door that opens."""
    return bool(person.email) and person.disabled_at is None and person.forgotten_at is None


def _letter(store: Store, message: Message, draft: Draft) -> mail.Letter:
    signed = words_of(draft.to)(SIGNED, address=store.settings.base_url)
    text = "\n\n".join([*draft.paragraphs, f"-- \n{signed}"]) + "\n"
    language = draft.to.locale.replace("_", "-")
    return mail.Letter(message.id, draft.to.email or "", draft.subject, text, language, message.added_at)
