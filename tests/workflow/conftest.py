"""A house with two units and their people, over a real store in a folder of the test."""

import pytest

from app.config import Settings
from app.store import init, open_store
from tests.workflow.house import House


@pytest.fixture
def settings(tmp_path):
    made = Settings(instance=tmp_path / "instance", generated=tmp_path / "generated", demo=True)
    init(made)
    return made


@pytest.fixture
def house(settings):
    with open_store(settings) as store:
        yield House(store)
