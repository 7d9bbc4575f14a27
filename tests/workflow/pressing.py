"""The worked exchange as the press meets it: a delegation that is approved, people who wrote and people who did not."""

import io
from functools import cache

from PIL import Image

from app.config import Settings
from app.store import init
from app.workflow import opening
from app.workflow.programmes import EXCHANGE
from tests.workflow.walking import Walk

CODE = "PE-2027-URY-SLV-01"


def settings_in(folder, **more):
    made = Settings(instance=folder / "instance", generated=folder / "generated", **{"demo": True, **more})
    init(made)
    return made


@cache
def picture(width=1600, height=1200, kind="JPEG", mode="RGB"):
    """A photo as a telephone makes it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(out, kind)
    return out.getvalue()


class Press:
    """An exchange whose diaries are open, and a coordinator. Nothing is signed but what `written` says."""

    def __init__(self, store):
        self.store = store
        self.coordinator = store.people.by_email("coordinacion@example.org")
        if self.coordinator is None:
            self.coordinator = store.people.add("Coordinación", "de impresión", email="coordinacion@example.org")
            store.grants.give(self.coordinator.id, "coordinator", "programme", EXCHANGE)
        self.walk = Walk(store)
        for form in ("A1", "A2"):
            for document in self.walk.documents(form):
                self.walk.fill(document)
        self.moved(self.walk.documents("A2")[0], "approved")
        opening.ensured(store, self.dossier.id, self.walk.secretariat.id)

    @property
    def dossier(self):
        return self.store.dossiers.get(self.walk.dossier.id)

    def moved(self, document, state):
        """A document in a state, as its people would bring it there."""
        self.store.documents.move(document.id, "tested", document.state, state, self.walk.secretariat.id)

    def written(self, *numbers):
        """These wrote their diary, without photos, and signed their Anexo VII."""
        for number in numbers:
            self.consented(number)
            self.walk.fill(self.diary(number))
            photos = [path for path in self.store.revisions.leaves(self.diary(number).id) if path.endswith(".file")]
            self._typed(self.diary(number), dict.fromkeys(photos))
        return self

    def consented(self, number, **answers):
        """Somebody's Anexo VII, signed."""
        document = next(each for each in self.walk.documents("A7") if each.subject == subject(number))
        self.walk.fill(document)
        self._typed(document, answers)
        self.moved(document, "signed")

    def diary(self, number):
        return next(each for each in self.walk.documents("A6") if each.subject == subject(number))

    def say(self, number, **answers):
        """Answers of somebody's diary by their spelled path ('__' for '.')."""
        self._typed(self.diary(number), {path.replace("__", "."): value for path, value in answers.items()})

    def _typed(self, document, leaves):
        if leaves:
            revision = self.store.documents.get(document.id).revision
            self.store.revisions.append(document.id, revision, self.walk.secretariat.id, "", leaves)

    def photo(self, number, place, data=None, **about):
        """Attach a photo to somebody's diary; `about`: caption, people, rights."""
        kept = self.store.files.put(data or picture(), "image/jpeg")
        held = {"sha256": kept.sha256, "name": "foto.jpg", "size": kept.size, "type": "image/jpeg"}
        said = {"caption": "Una sala", "people": "none", "rights": True, **about}
        self._typed(self.diary(number), {f"{place}.file": held, **{f"{place}.{key}": value for key, value in said.items()}})


def subject(number):
    return f"TRV{number:05}"

