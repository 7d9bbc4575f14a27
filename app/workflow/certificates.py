"""By which certificate a document was sealed, read from its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.rendering import seal, verify
from app.store import Document, Store
from app.workflow import renditions
from app.workflow.lately import Lately


@dataclass(frozen=True)
class Sealed:
    """`name` is the certificate's subject; `demo` that of a demonstration, whose seals prove nothing."""

    name: str
    fingerprint: str
    at: datetime
    demo: bool


def of(store: Store, document: Document) -> Sealed | None:
    """The seal of a document, as its file tells it; None for a document without one, or whose seal does not hold."""
    kept = renditions.record_of(store, document, "signed")
    if kept is None:
        return None
    verdict = VERDICTS.get(kept.sha256, lambda: verify.verified(store.files.read(kept.sha256), seal.known(store.settings)))
    if not verdict.whole:
        return None
    demo = store.settings.demo and store.settings.seal_p12 is None
    return Sealed(verdict.signer, verdict.fingerprint, datetime.fromisoformat(verdict.sealed_at), demo)


VERDICTS: Lately[verify.Verdict] = Lately(64)
"""By content hash: equal bytes get an equal verdict."""
