"""A furnished installation and its visitors."""

import pytest

from tests.web.site import Visitor, furnished, site


@pytest.fixture
def world(tmp_path):
    return furnished(tmp_path)


@pytest.fixture
def app(world):
    return site(world)


@pytest.fixture
def stranger(app):
    """Nobody signed in."""
    return Visitor(app)


@pytest.fixture
def editor(app, world):
    return Visitor(app).enter(world, "Edición")


@pytest.fixture
def colleague(app, world):
    """The second editor of the same unit."""
    return Visitor(app).enter(world, "Suplencia")
