"""Nothing half done, nobody's real address, no library the project refused."""

import re
from collections import Counter

import pytest

from tests.contracts.tree import ROOT, files, named

TEXT = (".py", ".md", ".html", ".po", ".toml", ".cfg", ".json", ".txt", ".js", ".css", ".svg")
EVERYWHERE = ("forms", "app", "annex_templates", "tools", "benchmarks", "tests", "docs", "README.md", "CONTRIBUTING.md",
              "CHANGELOG.md", "SECURITY.md", "setup.cfg", "wsgi.py", "conftest.py")
ADDRESS = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[A-Za-z]{2,})")
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|mark\.(skip|xfail)|lorem " r"ipsum")
REFUSED = ("pymupdf", "borb", "flask-login", "flask-babel", "flask-talisman", "passlib", "pdfrw", "docx2pdf", "pygal", "celery")


def written() -> dict[str, str]:
    """Our own text files by name; licences keep their authors' words."""
    paths = [path for path in files(*EVERYWHERE, suffixes=TEXT) if "LICENSE" not in path.name and "VENDORED" not in path.name]
    return {named(path): path.read_text(encoding="utf-8") for path in paths}


def test_every_address_is_at_example_org():
    found = {
        (name, match.group())
        for name, text in written().items()
        for match in ADDRESS.finditer(text)
        if not f".{match.group(1)}".endswith((".example.org", ".example", ".invalid", ".test"))
    }
    assert found == set()


def test_nothing_is_left_half_done():
    found = {(name, match.group()) for name, text in written().items() for match in UNFINISHED.finditer(text)}
    assert found == set()


def test_every_test_module_has_a_name_of_its_own():
    names = Counter(path.name for path in files("tests") if path.name.startswith("test_"))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_dependency_is_exact_and_hashed(lock):
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert [entry for entry in entries if not re.match(r"[\w.-]+(\[[\w,]+\])?==\S+.*--hash=sha256:", entry, re.DOTALL)] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_no_refused_library_is_locked(lock):
    names = {line.split("==")[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line}
    assert names.isdisjoint(REFUSED)
