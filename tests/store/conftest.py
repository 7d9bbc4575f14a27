"""Each test gets its own installation; contract tests run once per database listed in `stores.FACTORIES`."""

import pytest

from tests.store.stores import FACTORIES, furnished, settings_in, sqlite


@pytest.fixture(params=FACTORIES.values(), ids=FACTORIES.keys())
def another(request, tmp_path):
    """Opens the same installation again, as another thread or process would."""
    opened = []
    connect = request.param(tmp_path)

    def one_more():
        opened.append(connect())
        return opened[-1]

    yield one_more
    for store in opened:
        store.close()


@pytest.fixture
def store(another):
    return another()


@pytest.fixture
def made(store):
    return furnished(store)


@pytest.fixture
def settings(tmp_path):
    """An installation in SQLite, for what only SQLite has."""
    sqlite(tmp_path)
    return settings_in(tmp_path)
