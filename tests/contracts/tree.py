"""The project's own files, as the contract tests walk them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("forms", "app", "tools", "benchmarks", "tests", "wsgi.py", "conftest.py")
FOREIGN = {".git", ".venv", "instance", "generated", "vendor", "__pycache__", "node_modules"}


def files(*tops: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """Every file under these folders (or these files) with one of the suffixes, none of it foreign."""
    return sorted(path for top in tops for path in under(ROOT / top) if path.suffix in suffixes)


def under(top: Path) -> Iterator[Path]:
    """The files of a folder, caches and vendored ones left out."""
    if top.is_file():
        yield top
        return
    for path in top.iterdir():
        if path.name not in FOREIGN and not (path.is_dir() and path.name.startswith((".", "anexa.egg"))):
            yield from under(path)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(path: Path) -> str:
    """The path as a person types it."""
    return path.relative_to(ROOT).as_posix()
