"""Small: median function at most 8 lines, nine of ten at most 25, none above 60; files at most 400 (tests 600)."""

import ast
from statistics import median, quantiles

from tests.contracts.tree import CODE, files, named, parsed


def functions(*tops: str) -> dict[str, int]:
    """Length in lines of every function, by its place; decorators are not counted."""
    return {
        f"{named(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in files(*tops)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_median_function_has_at_most_eight_lines():
    assert median(functions("forms", "app").values()) <= 8


def test_nine_functions_of_ten_have_at_most_25_lines():
    assert quantiles(functions("forms", "app").values(), n=10)[-1] <= 25


def test_no_function_has_more_than_60_lines():
    assert {place: lines for place, lines in functions(*CODE).items() if lines > 60} == {}


def test_no_file_is_longer_than_its_limit():
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files(*CODE)}
    limits = {path: 600 if named(path).startswith("tests/") else 400 for path in lines}
    assert {named(path): count for path, count in lines.items() if count > limits[path]} == {}
