"""How far an exchange's shared agenda is: draft, shared, consolidated, final. Told by events, read by forms as facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.store import Dossier, Store
from app.workflow.programmes import EXCHANGE
from forms.values import Json

FORM: Final = "A1"
SESSION: Final = "F3R"
"""The minutes of the referencing session: signed, they consolidate the agenda."""
SHARED, CONSOLIDATED, FINAL = "agenda_shared", "agenda_consolidated", "agenda_final"
STATES: Final = {SHARED: "shared", CONSOLIDATED: "consolidated", FINAL: "final"}
DONE: Final = frozenset({"signed", "superseded"})


def facts(store: Store, dossier: Dossier) -> Mapping[str, Json]:
    """`agenda_state` of the current version of the form, and `agenda_version`, which counts every sharing in the dossier."""
    if dossier.programme != EXCHANGE:
        return {}
    documents = store.documents.of(dossier.id)
    current = [each for each in documents if each.form == FORM and each.state != "void"][-1:]
    told = store.events.told(dossier.id, *STATES)
    version = sum(event.kind == SHARED for event in told)
    state = "draft"
    for event in told:
        if current and event.payload.get("document") == current[0].id:
            again = event.kind == SHARED and state in ("consolidated", "final")
            state = "consolidated" if again else STATES[event.kind]
    if state == "shared" and any(each.form == SESSION and each.state in DONE for each in documents):
        state = "consolidated"
    return {"agenda_state": state, "agenda_version": version}
