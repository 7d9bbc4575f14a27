"""«Add a form in five steps» is true: the steps of CONTRIBUTING.md are done in a copy of the project, as they are written."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.contracts.tree import ROOT

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "instance", "generated", "*.egg-info", ".*_cache", "__pycache__", ".hypothesis")


@dataclass(frozen=True)
class Copy:
    """A copy of the project in which to follow the steps."""

    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def patch(self, name: str, hunk: str) -> None:
        """Replace the lines of a diff without line numbers; its old lines must stand in the file exactly once."""
        lines = [line if line else " " for line in hunk.splitlines()]
        old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] in kept) for kept in (" -", " +"))
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} does not have these lines:\n{old}"
        self.write(name, text.replace(old, new))

    def translate(self, name: str, entries: str) -> None:
        """Fill empty entries of a catalogue with those given."""
        text = (self.root / name).read_text(encoding="utf-8")
        for msgid, msgstr in re.findall(r'msgid "(.+)"\nmsgstr "(.+)"', entries):
            assert f'msgid "{msgid}"\nmsgstr ""\n' in text, f"{name} does not wait for «{msgid}»"
            text = text.replace(f'msgid "{msgid}"\nmsgstr ""\n', f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')
        self.write(name, text)

    def run(self, command: str) -> str:
        """Run one command in the copy with this environment's programs; the environment itself is already there."""
        programs = Path(sys.executable).parent
        ready = f"make --no-print-directory -o .venv/.dev -o .venv/.runtime BIN={programs}"
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("ANEXA_", "MAKE", "MFLAGS"))}
        told = subprocess.run(
            ["bash", "-c", re.sub(r"^make\b", ready, command)], cwd=self.root, capture_output=True, text=True, check=False,
            env={**surroundings, "PATH": f"{programs}:{os.environ['PATH']}"},
        )
        assert told.returncode == 0, f"{command}\n{told.stdout}\n{told.stderr}"
        return told.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, dict[str, str]]:
    """The copy after the five steps, and what each command said."""
    copy = Copy(tmp_path_factory.mktemp("copy") / "anexa")
    shutil.copytree(ROOT, copy.root, ignore=LEFT_OUT)
    said: dict[str, str] = {}
    does = {"python": copy.write, "json": copy.write, "diff": copy.patch, "po": copy.translate}
    for language, name, text in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        if language == "sh":
            said.update({line: copy.run(line) for line in text.splitlines()})
        else:
            does[language](name, text)
    return copy, said


def test_the_new_form_is_listed_with_its_rows(followed):
    _copy, said = followed
    assert re.search(r"^VT\b.*\b4\b", said["flask --app wsgi forms"], re.MULTILINE)


def test_none_of_its_wording_waits_for_a_translator(followed):
    copy, _said = followed
    check = [sys.executable, "tools/catalogues.py", "check"]
    told = subprocess.run(check, cwd=copy.root, capture_output=True, text=True, check=False).stdout
    assert [line for line in told.splitlines() if "/forms.po" in line] == []


def test_its_template_is_current(followed):
    copy, _said = followed
    copy.run("flask --app wsgi templates --check")


def test_it_is_drawn_and_filled_in_both_languages_and_nothing_is_lost(followed):
    copy, said = followed
    written = said["python -m tools.look VT visit.json"].split()
    assert len(written) == 4
    assert all((copy.root / path).stat().st_size > 5000 for path in written)


def test_answers_that_do_not_fit_are_named(followed):
    copy, _said = followed
    copy.write("wrong.json", '{"children": 0, "colour": "rojo"}')
    look = [sys.executable, "-m", "tools.look", "VT", "wrong.json"]
    told = subprocess.run(look, cwd=copy.root, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "Niñas y niños atendidos" in told.stdout
    assert "colour" in told.stdout


def test_its_schema_asks_for_what_is_required(followed):
    _copy, said = followed
    schema = json.loads(said["flask --app wsgi schema VT"])
    assert set(schema["required"]) == {"day", "place", "findings"}
    assert set(schema["properties"]) == {"day", "place", "children", "findings"}
