"""The names a template uses, as paths: `iat.period`, and `iat.entries[].kind` for `row.kind` in a loop over `iat.entries`."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from forms.values import Printed

ROW = "[]"
NEIGHBOURS = ("previtem", "nextitem")


@dataclass
class Used:
    """What is read, and what of it is printed."""

    read: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)

    def walk(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        """Collects from `node`; `scope` says which row a loop's variable stands for."""
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif (path := _path(node, scope)) is not None:
            self.read.add(path)
        else:
            for child in node.iter_child_nodes():
                self.walk(child, scope)
                if isinstance(node, nodes.Output) and (path := _path(_value(child), scope)):
                    self.printed.add(path)

    def _loop(self, loop: nodes.For, scope: Mapping[str, str]) -> None:
        self.walk(loop.iter, scope)
        over = _path(loop.iter, scope)
        row = f"{over}{ROW}" if over is not None else ""
        targets = [name.name for name in (loop.target, *loop.target.find_all(nodes.Name)) if isinstance(name, nodes.Name)]
        inside = {**scope, "loop": "", "loop.": row, **dict.fromkeys(targets, row)}
        for node in loop.body:
            self.walk(node, inside)
        for node in loop.else_:
            self.walk(node, scope)


def used(tree: nodes.Template) -> Used:
    """The names of one parsed part."""
    found = Used()
    found.walk(tree, {})
    found.read.discard("")
    return found


def known(texts: Printed, at: str = "") -> Iterator[str]:
    """The same paths, of every text of a context; the rows of a table tell its columns, an empty table is one name."""
    if isinstance(texts, Mapping):
        for key, value in texts.items():
            yield from known(value, f"{at}.{key}" if at else key)
    elif isinstance(texts, str) or not texts:
        yield at
    else:
        for row in texts:
            yield from known(row, f"{at}{ROW}")


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """The path an expression reads, '' for one of the loop's own numbers, None if it is no plain path."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        return _inside(node.node, node.attr, scope)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return _inside(node.node, str(node.arg.value), scope) if isinstance(node.arg.value, str) else _row_of(_path(node.node, scope))
    return None


def _inside(holder: nodes.Node, step: str, scope: Mapping[str, str]) -> str | None:
    if isinstance(holder, nodes.Name) and holder.name == "loop" and "loop" in scope:
        return scope["loop."] if step in NEIGHBOURS else ""
    base = _path(holder, scope)
    return f"{base}.{step}" if base else base


def _row_of(table: str | None) -> str | None:
    return f"{table}{ROW}" if table else table


def _value(node: nodes.Node) -> nodes.Node:
    """What is printed by `x`, `x or "—"` and `x|upper`."""
    if isinstance(node, (nodes.Or, nodes.And)):
        return _value(node.left)
    return _value(node.node) if isinstance(node, nodes.Filter) and node.node else node
