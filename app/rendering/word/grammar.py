"""What a template may say: the list its parsed tree is held against, when it is checked and again when it is compiled."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from jinja2 import nodes
from jinja2.exceptions import TemplateError

from app.rendering.word.sandbox import ENVIRONMENT
from forms.values import N_

MOST_LOOPS = 2
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Add, nodes.Sub, nodes.Mul,
    nodes.FloorDiv, nodes.Mod, nodes.Concat, nodes.Filter, nodes.Test, nodes.List, nodes.Tuple, nodes.Call)
RULES: tuple[tuple[Callable[[nodes.Node], bool], str], ...] = (
    (lambda node: not isinstance(node, ALLOWED), N_("La plantilla usa «{node}», que no se admite.")),
    (lambda node: isinstance(node, nodes.For) and node.recursive, N_("La plantilla se repite a sí misma.")),
    (lambda node: isinstance(node, nodes.Call) and not _is_range(node), N_("La plantilla llama a una función; solo se admite range.")),
    (lambda node: isinstance(node, nodes.Filter) and node.name not in ENVIRONMENT.filters, N_("El filtro «{name}» no se admite.")),
    (lambda node: isinstance(node, nodes.Test) and node.name not in ENVIRONMENT.tests, N_("La prueba «{name}» no se admite.")),
    (lambda node: isinstance(node, (nodes.Mul, nodes.Mod)) and _of_words(node), N_("La plantilla multiplica un texto o lo usa con %.")),
    (lambda node: isinstance(node, nodes.Getattr) and node.attr.startswith("_"), N_("El nombre «{attr}» no se admite.")),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a template: a msgid with named places, for whoever sends it."""

    message: str
    places: dict[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message.format(**self.places)


def faults_in(source: str) -> list[Fault]:
    """What is wrong with one part, without running it: `parse` only reads, and takes a millisecond."""
    try:
        return list(_walked(ENVIRONMENT.parse(source), 0))
    except (TemplateError, RecursionError) as error:
        return [Fault(N_("La plantilla no se entiende: {why}."), {"why": str(error)})]


def _walked(node: nodes.Node, loops: int) -> Iterator[Fault]:
    """The parsed tree against the list of what a template may say."""
    loops += isinstance(node, nodes.For)
    if loops > MOST_LOOPS:
        yield Fault(N_("La plantilla repite dentro de lo que ya se repite dos veces; se admiten dos niveles."))
    broken = next((sentence for holds, sentence in RULES if holds(node)), None)
    if broken:
        yield Fault(broken, {"node": type(node).__name__, "name": getattr(node, "name", ""), "attr": getattr(node, "attr", "")})
        return
    for child in node.iter_child_nodes():
        yield from _walked(child, loops)


def _is_range(node: nodes.Call) -> bool:
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    return isinstance(node.node, nodes.Name) and node.node.name == "range" and plain


def _of_words(node: nodes.BinExpr) -> bool:
    return any(_is_words(side) for side in (node.left, node.right))


def _is_words(node: nodes.Expr) -> bool:
    return isinstance(node, (nodes.List, nodes.Tuple, nodes.Concat)) or (isinstance(node, nodes.Const) and not isinstance(node.value, int))
