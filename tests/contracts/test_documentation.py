"""What is public says what it does."""

import ast
from collections.abc import Iterator

from tests.contracts.tree import CODE, files, named, parsed

DOCUMENTED = ("forms", "app/rendering", "app/store", "app/workflow")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(module: ast.Module) -> Iterator[Definition]:
    """Functions and classes at the top of a module whose name has no underscore in front."""
    for node in module.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node


def test_every_module_says_in_one_to_three_lines_what_it_is_for():
    paths = [path for path in files(*CODE) if path.name != "__init__.py" or path.read_text().strip()]
    docs = {named(path): ast.get_docstring(parsed(path)) or "" for path in paths}
    assert [place for place, doc in docs.items() if not 1 <= len(doc.splitlines()) <= 3] == []


def test_every_public_function_and_class_has_a_docstring():
    bare = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in files(*DOCUMENTED)
        for node in public(parsed(path))
        if not ast.get_docstring(node)
    ]
    assert bare == []
