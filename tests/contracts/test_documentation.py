"""What is public says what it does."""

import ast
from collections.abc import Iterator

from tests.contracts.tree import CODE, files, named, parsed

DOCUMENTED = ("forms", "app/rendering", "app/store", "app/workflow")


def public(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions at the top of a module whose name has no underscore in front."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def test_every_module_says_in_one_to_three_lines_what_it_is_for():
    docs = {named(path): ast.get_docstring(parsed(path)) or "" for path in files(*CODE) if path.name != "__init__.py"}
    assert [place for place, doc in docs.items() if not 1 <= len(doc.splitlines()) <= 3] == []


def test_every_package_with_code_says_what_is_in_it():
    packages = [path for path in files(*CODE) if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()]
    assert [named(path) for path in packages if not ast.get_docstring(parsed(path))] == []


def test_every_public_function_has_a_docstring():
    bare = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in files(*DOCUMENTED)
        for node in public(parsed(path))
        if not ast.get_docstring(node)
    ]
    assert bare == []
