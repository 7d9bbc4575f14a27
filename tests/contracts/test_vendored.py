"""What comes from elsewhere is listed with its origin and checksum, and its licence stands beside it."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.contracts.tree import ROOT

LISTS = ("app/web/static/vendor/VENDORED.txt", "annex_templates/_shared/VENDORED.txt")
ENTRY = re.compile(r"^(\S+\.(?:js|css|ttf|woff2)) {2,}.*\s([0-9a-f]{64})$", re.MULTILINE)
FOREIGN = (".js", ".css", ".ttf", ".woff2")


def entries(listed: str) -> list[tuple[Path, str]]:
    """The files a list names, with their checksums."""
    base = (ROOT / listed).parent
    return [((base / name).resolve(), digest) for name, digest in ENTRY.findall((ROOT / listed).read_text())]


ENTRIES = [pytest.param(path, digest, id=path.name) for listed in LISTS for path, digest in entries(listed)]


@pytest.mark.parametrize(("path", "digest"), ENTRIES)
def test_a_vendored_file_is_the_one_that_was_listed(path, digest):
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(("path", "digest"), ENTRIES)
def test_its_licence_stands_beside_it(path, digest):
    stem = re.split(r"[-.]", path.name)[0].removesuffix("Sans")
    assert [other for other in path.parent.iterdir() if "LICENSE" in other.name and other.name.startswith(stem)]


def test_every_script_style_and_font_from_elsewhere_is_listed():
    listed = {path for name in LISTS for path, _digest in entries(name)}
    folders = ("app/web/static/vendor", "app/web/static/fonts", "annex_templates/_shared/fonts")
    present = {path.resolve() for folder in folders for path in (ROOT / folder).iterdir() if path.suffix in FOREIGN}
    assert present == listed
