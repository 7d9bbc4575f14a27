"""An installation in a folder of the test, and its command line; folders that need another furnish their own."""

import pytest

from app import cli, tasks
from app.config import Settings
from app.store import init
from app.web import create_app


@pytest.fixture
def settings(tmp_path):
    made = Settings(instance=tmp_path / "instance", generated=tmp_path / "generated", demo=True)
    init(made)
    return made


@pytest.fixture
def run(settings):
    """`run("check", …)` is what `flask --app wsgi check …` would do."""
    app = create_app(settings)
    cli.register(app)
    tasks.register(app)
    runner = app.test_cli_runner()
    return lambda *args, **more: runner.invoke(args=[str(each) for each in args], **more)
