"""README, CONTRIBUTING, CHANGELOG and docs/ say what is true: their commands, links and settings exist."""

import re
import subprocess
from configparser import ConfigParser

import pytest

from app import config
from tests.contracts.tree import ROOT, files, named

TOPS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs", "generated/README.md")
PAGES = [named(path) for path in files(*TOPS, suffixes=(".md",))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
MAKE = re.compile(r"^(?:\$ )?make ([a-z0-9 -]+?)(?:\s+#.*)?$|`make ([a-z0-9-]+)`", re.MULTILINE)
FLASK = re.compile(r"flask --app wsgi ([a-z-]+)")


def targets() -> set[str]:
    """What bare `make` lists."""
    told = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(re.findall(r"^make (\S+)", told.stdout, re.MULTILINE))


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def test_bare_make_lists_its_targets():
    assert {"run", "demo", "test", "check", "templates", "bench", "i18n"} <= targets()


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_a_page_names_exists(page):
    said = {word for groups in MAKE.findall(text(page)) for group in groups for word in group.split()}
    assert said <= targets()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_a_page_names_exists(page):
    from wsgi import app

    assert set(FLASK.findall(text(page))) <= {*app.cli.commands, "run", "routes", "shell"}


@pytest.mark.parametrize("page", PAGES)
def test_every_local_link_leads_somewhere(page):
    here = (ROOT / page).parent
    links = [link for link in LINK.findall(text(page)) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in links if not (here / link).exists()] == []


def test_the_changelog_has_the_version_of_setup_cfg():
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    assert f"## [{setup['metadata']['version']}]" in text("CHANGELOG.md")


def test_every_setting_is_in_the_example_and_the_example_names_no_other():
    named_there = set(re.findall(r"ANEXA_([A-Z0-9_]+)=", text(".env.example")))
    assert named_there == config.KNOWN


def test_every_decision_is_in_the_list_of_decisions():
    pages = {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}
    assert pages == set(re.findall(r"\((0\d+[\w-]+\.md)\)", text("docs/decisions/README.md")))
