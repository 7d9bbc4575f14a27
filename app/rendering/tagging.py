"""The logical structure of a document: a tree made together with what is drawn, written down as PDF structure elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.rendering.archive import File, text_string

CELLS = ("TH", "TD")


@dataclass(eq=False, slots=True)
class Node:
    """A structure element (ISO 32000-1, 14.7). `marks` says which marked content it has: (page, mcid), noted while drawing."""

    tag: str
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    scope: str = ""
    """Of a head cell: Column or Row."""
    alt: str = ""
    """Of a figure: what it shows."""
    actual: str = ""
    """The letter that a drawn sign stands for."""
    span: int = 1
    """Columns a cell takes."""
    widget: tuple[int, int] | None = None
    """The annotation it stands for, of a form field or a link: (page, object number)."""

    def add(self, tag: str, *, scope: str = "", alt: str = "", actual: str = "", span: int = 1) -> Node:
        """A new last child."""
        kid = Node(tag, scope=scope, alt=alt, actual=actual, span=span)
        self.kids.append(kid)
        return kid

    @property
    def used(self) -> bool:
        return bool(self.marks) or self.widget is not None or any(kid.used for kid in self.kids)

    @property
    def present(self) -> list[Node]:
        """Children worth writing; a row keeps its empty cells, or its columns would shift."""
        return [kid for kid in self.kids if kid.tag in CELLS or kid.used]


def write_tree(file: File, tree: Node, pages: list[int]) -> int:
    """Writes the tree and the way back from marks and widgets to elements; `pages` are the pages' object numbers.

    Returns the root's number. Widgets count on from the pages, in reading order: that is their StructParent.
    """
    root = file.reserve()
    parents: list[dict[int, int]] = [{} for _ in pages]
    widgets: list[int] = []
    top = _write(file, tree, root, pages, parents, widgets)
    rows = [file.put("[" + " ".join(f"{marks[mcid]} 0 R" for mcid in range(len(marks))) + "]") for marks in parents]
    numbers = " ".join(f"{key} {owner} 0 R" for key, owner in enumerate([*rows, *widgets]))
    following = len(pages) + len(widgets)
    file.put(f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree<</Nums[{numbers}]>>/ParentTreeNextKey {following}>>", root)
    return root


def _write(file: File, node: Node, parent: int, pages: list[int], parents: list[dict[int, int]], widgets: list[int]) -> int:
    number = file.reserve()
    for page, mcid in node.marks:
        parents[page][mcid] = number
    if node.widget:
        widgets.append(number)
    kids = [f"{_write(file, kid, number, pages, parents, widgets)} 0 R" for kid in node.present]
    file.put(f"<</S/{node.tag}/P {parent} 0 R{''.join(_attributes(node))}{_kids(node, kids, pages)}>>", number)
    return number


def _kids(node: Node, kids: list[str], pages: list[int]) -> str:
    """Marks are plain numbers on the element's own page and say their page elsewhere."""
    if node.widget:
        page, widget = node.widget
        kids = [*kids, f"<</Type/OBJR/Pg {pages[page]} 0 R/Obj {widget} 0 R>>"]
    if not node.marks:
        return f"/K[{' '.join(kids)}]" if kids else ""
    own = node.marks[0][0]
    marks = [str(mcid) if page == own else f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mcid}>>" for page, mcid in node.marks]
    every = marks + kids
    return f"/Pg {pages[own]} 0 R/K {every[0]}" if len(every) == 1 else f"/Pg {pages[own]} 0 R/K[{' '.join(every)}]"


def _attributes(node: Node) -> Iterator[str]:
    if node.scope or node.span > 1:
        yield f"/A<</O/Table{f'/Scope/{node.scope}' if node.scope else ''}{f'/ColSpan {node.span}' if node.span > 1 else ''}>>"
    if node.tag == "L":
        yield "/A<</O/List/ListNumbering/None>>"
    if node.alt:
        yield f"/Alt {text_string(node.alt)}"
    if node.actual:
        yield f"/ActualText {text_string(node.actual)}"
