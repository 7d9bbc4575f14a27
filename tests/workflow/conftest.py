"""A house with two units and their people, over a real store in a folder of the test."""

import pytest

from app.store import open_store
from tests.workflow.house import House


@pytest.fixture
def house(settings):
    with open_store(settings) as store:
        yield House(store)
