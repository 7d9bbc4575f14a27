"""Whatever a person reads can be translated: no words stand bare in templates or in code."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from jinja2 import Environment

from tests.contracts.tree import files, named, parsed

NAMES = {"Anexa", "Español", "Português", "English", "Word", "PDF", "es", "pt", "en"}
WORD = re.compile(r"[^\W\d_]{2,}")
ATTRIBUTE = re.compile(r"""\s[\w-]+="[^"]*"?|\b(?:govuk|anexa)-[\w!-]+""")
"""What a macro adds to a tag elsewhere: an attribute or the name of a class."""
READ_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label"}
SPANISH = re.compile(r"[áéíóúñ¿¡«»ÁÉÍÓÚÑ]")
MARKS = {"_", "N_", "C_", "words"}


class Words(HTMLParser):
    """Collects the words a reader would see in what is left of a template without its expressions."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style"}
        for name, value in attrs:
            if name in READ_ATTRIBUTES:
                self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found += [word for word in WORD.findall(ATTRIBUTE.sub("", data)) if word not in NAMES]


def bare_words(template: str) -> list[str]:
    """Words of a template that stand outside `_()`."""
    words = Words()
    words.feed("".join(text for _line, token, text in Environment(autoescape=True).lex(template) if token == "data"))
    return words.found


@pytest.mark.parametrize("path", files("app/web/templates", suffixes=(".html",)), ids=named)
def test_no_words_stand_bare_in_a_template(path):
    assert bare_words(path.read_text(encoding="utf-8")) == []


def test_a_bare_word_would_be_found():
    assert bare_words('<p title="Hola">{{ _("Sí") }} mundo</p>') == ["Hola", "mundo"]


def quiet(tree: ast.Module) -> set[int]:
    """Ids of the strings nobody reads or that are marked: docstrings, samples and everything inside a marking call."""
    marked = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in MARKS]
    inside = {id(part) for call in marked for part in ast.walk(call)}
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    samples = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SAMPLE"]
    return inside | documented | {id(node.value) for node in samples}


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def unmarked(tree: ast.Module) -> Iterator[str]:
    """Spanish sentences in code that no catalogue would ever hold."""
    silent = quiet(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent and sentence(node.value):
            yield f"{node.lineno} {node.value}"


def sentence(text: str) -> bool:
    return bool(SPANISH.search(text)) and " " in text


SPOKEN = ("app/web", "app/workflow", "app/errors.py", "forms/kinds", "forms/assistance")


@pytest.mark.parametrize("path", files(*SPOKEN), ids=named)
def test_every_spanish_sentence_is_marked_for_translation(path):
    assert list(unmarked(parsed(path))) == []
