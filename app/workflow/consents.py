"""What people still allow: their signed answers less what they withdrew since, told by events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from app.store import Event, Store
from forms.values import Answers, Json

FORM: Final = "A7"
HEALTH: Final = "consent_health"
WITHDRAWN: Final = "consent_withdrawn"
PUBLICATION: Final = "consent_log_publication"
IMAGES: Final = ("consent_image_print", "consent_image_web", "consent_image_social")
ITEMS: Final = (
    HEALTH, "consent_transfer", "consent_contact_share", "consent_network", "consent_photo", "consent_voice_video", *IMAGES, PUBLICATION,
)
"""What may be withdrawn; the others are not permissions."""


def told(store: Store, dossier_id: str) -> Mapping[str, tuple[Event, ...]]:
    """Document → its withdrawals, oldest first."""
    found: dict[str, tuple[Event, ...]] = {}
    for event in store.events.told(dossier_id, WITHDRAWN):
        document = str(event.payload["document"])
        found[document] = (*found.get(document, ()), event)
    return found


def refused(item: str) -> Json:
    """What an item says once it is withdrawn."""
    return "no" if item == PUBLICATION else False


def effective(answers: Answers, withdrawals: Iterable[Event]) -> Answers:
    """The answers as they count now."""
    return {**answers, **{item: refused(item) for event in withdrawals for item in [str(event.payload["item"])] if item in answers}}
