"""A photo beside an answer: kept without what it said of its place, small on the page of who wrote, nowhere for who is not shown it."""

import io

import pytest
from PIL import Image

from app.errors import BadFile
from app.store import init, open_store
from app.workflow import attaching, opening, reviewing
from forms.path import AnswerPath
from tests.rendering.test_photos import JPG, picture
from tests.web.site import HOST, Visitor, page, settings_in, site
from tests.web.site import World as Installation
from tests.workflow.house import ES
from tests.workflow.walking import Walk

COVER = AnswerPath(("cover_photo", "file"))


@pytest.fixture
def place(tmp_path):
    """An exchange whose logbooks are open."""
    settings = settings_in(tmp_path)
    init(settings)
    app = site(Installation(settings))
    with open_store(settings) as store:
        walk = Walk(store)
        [delegation] = walk.documents("A2")
        store.documents.move(delegation.id, "approved", "draft", "approved", walk.secretariat.id)
        opening.ensured(store, walk.dossier.id, walk.secretariat.id)

        def enter(person):
            visitor = Visitor(app)
            with visitor.client.session_transaction(base_url=HOST) as held:
                held["token"] = store.sessions.start(person.id)
            return visitor

        yield enter, walk


def test_a_photo_is_kept_anew_and_shown_small_to_its_author_only(place):
    enter, walk = place
    document = walk.documents("A6")[1]
    author = walk.store.people.get(walk.store.grants.within("subject", f"{walk.dossier.id}:{document.subject}")[0].person_id)
    attaching.attach(walk.store, author, document, COVER, io.BytesIO(picture(exif=True)), "portada.jpg", JPG)
    kept = attaching.attachment(walk.store, author, document, COVER)
    assert b"mara de ejemplo" not in kept.data
    lacks = {problem.path.pdf for problem in reviewing.check(walk.store, author, walk.store.documents.get(document.id), ES).problems}
    assert {"cover_photo.rights", "cover_photo.people", "cover_photo.caption"} <= lacks
    address = f"/documentos/{document.id}/foto/{COVER.html}"
    visitor = enter(author)
    [shown] = page(visitor.get(f"/documentos/{document.id}/before")).xpath("//img[@class='anexa-photo']")
    assert (shown.get("src"), shown.get("alt")) == (address, "Foto guardada: portada.jpg")
    small = visitor.get(address)
    assert (small.status_code, small.mimetype, max(Image.open(io.BytesIO(small.data)).size)) == (200, JPG, 320)
    for role in ("visiting_leader", "host_leader", "focal_host"):
        assert enter(walk.one(role)).get(address).status_code == 404
    assert visitor.get(f"/documentos/{document.id}/foto/display_name").status_code == 404


def test_one_too_small_to_print_is_not_taken(place):
    _, walk = place
    document = walk.documents("A6")[1]
    author = walk.store.people.get(walk.store.grants.within("subject", f"{walk.dossier.id}:{document.subject}")[0].person_id)
    with pytest.raises(BadFile):
        attaching.attach(walk.store, author, document, COVER, io.BytesIO(picture(1600, 1000)), "portada.jpg", JPG)
    assert walk.store.revisions.leaves(document.id) == {}
