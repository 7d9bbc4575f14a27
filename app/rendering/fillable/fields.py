"""The live fields of a form (ISO 32000-1, 12.7): names that nest, widgets with their own drawings, nothing that acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.rendering.archive import File, text_string
from app.rendering.fillable.asking import TICK
from app.rendering.fillable.setting import height_of
from app.rendering.record.ink import Page, Resources
from app.rendering.record.sheet import INK, PETROL
from forms.blocks import Box

if TYPE_CHECKING:
    from app.rendering.fillable.compiling import Template
    from app.rendering.fillable.paper import Slot

READ_ONLY, NO_TOGGLE, RADIO, COMBO, MULTILINE = 1, 1 << 14, 1 << 15, 1 << 17, 1 << 12
PRINTED = 4
STYLE = f"/DA(/SS 9.5 Tf {INK} rg)"
ONE_LINE = height_of(1) + 1
NOTHING = (("", " "),)
"""Lets what was chosen be taken back."""


class Fields:
    """The field tree of one file; numbers of widgets lie ready in the template, in its order."""

    def __init__(self, file: File, template: Template, pages: Sequence[int]) -> None:
        self.file, self.template, self.pages = file, template, pages
        self.kids: dict[tuple[str, ...], list[int]] = {(): []}
        self.numbers: dict[tuple[str, ...], int] = {}
        self.more: dict[tuple[str, ...], str] = {}
        self.annotations: list[list[int]] = [[] for _ in pages]
        self.options: dict[tuple[tuple[str, str], ...], int] = {}
        self.drawn: dict[str, int] = {}

    def text(self, number: int, slot: Slot, box: Box, code: list[str]) -> None:
        """A field to write or choose in; `code` draws what stands in it."""
        step = (box.steps[slot.part][0],) if box.steps else ()
        raw = (box.raw[slot.part] if slot.part < len(box.raw) else "") if box.steps else "\n".join(box.raw)
        _, _, width, height = slot.rect
        drawing = "\n".join(["/Tx BMC", *(["q", *code, "Q"] if code else []), "EMC"])
        appearance = self._drawing(drawing, width, height)
        kind = self._choice(box) if slot.kind == "combo" else _written(box, height)
        self._field((*box.path.steps, *step), number, slot, f"{kind}{STYLE}/V {text_string(raw)}/AP<</N {appearance} 0 R>>")

    def tick(self, number: int, slot: Slot, box: Box, on: bool) -> None:
        """One option of a list: a field of its own, or one of those that exclude each other."""
        code = name(box.options[slot.part][0])
        drawing = f"/AP<</N<</{code} {self._mark(slot.kind)} 0 R/Off {self._mark('')} 0 R>>>>/AS/{code if on else 'Off'}"
        if slot.kind == "check":
            self._field((*box.path.steps, box.options[slot.part][0]), number, slot, f"/FT/Btn/V/{code if on else 'Off'}{drawing}")
            return
        steps = box.path.steps
        chosen = next((each for each, _ in box.options if each in box.raw), "")
        value = f"/V/{name(chosen)}" if chosen else "/V/Off"
        self.more[steps] = f"/FT/Btn/Ff {RADIO | NO_TOGGLE}{value}/TU {text_string(box.label)}"
        self._put(steps, number, slot, drawing)

    def hide(self, told: str, value: str) -> None:
        """A read-only field nobody sees, that says what is filled."""
        steps = tuple(told.split("."))
        number = self.file.reserve()
        parent = self._hang(steps[:-1], number)
        self.annotations[0].append(number)
        self.file.put(f"<</Type/Annot/Subtype/Widget/F {PRINTED}/Rect[-9 -9 -9 -9]/P {self.pages[0]} 0 R/FT/Tx/Ff {READ_ONLY}{STYLE}"
                      f"/T {text_string(steps[-1])}{parent}/TU {text_string(told)}/V {text_string(value)}>>", number)

    def written(self) -> tuple[str, list[str]]:
        """The catalogue's entry, and the annotations of each page."""
        for steps, number in self.numbers.items():
            kids = " ".join(f"{kid} 0 R" for kid in self.kids[steps])
            parent = f"/Parent {self.numbers[steps[:-1]]} 0 R" if len(steps) > 1 else ""
            self.file.put(f"<</T {text_string(steps[-1])}{parent}/Kids[{kids}]{self.more.get(steps, '')}>>", number)
        top = " ".join(f"{kid} 0 R" for kid in self.kids[()])
        form = self.file.put(f"<</Fields[{top}]/DR {self.template.resources} 0 R{STYLE}>>")
        annots = [f"/Annots[{' '.join(f'{each} 0 R' for each in some)}]" if some else "" for some in self.annotations]
        return f"/AcroForm {form} 0 R", annots

    def _field(self, steps: tuple[str, ...], number: int, slot: Slot, entries: str) -> None:
        self._put(steps[:-1], number, slot, f"/T {text_string(steps[-1])}{entries}")

    def _put(self, above: tuple[str, ...], number: int, slot: Slot, entries: str) -> None:
        widget, page = self.template.widgets[number], self.pages[slot.page]
        parent = self._hang(above, widget)
        x, y, width, height = slot.rect
        self.annotations[slot.page].append(widget)
        self.file.put(f"<</Type/Annot/Subtype/Widget/F {PRINTED}/Rect[{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}]/P {page} 0 R"
                      f"/StructParent {len(self.pages) + self.template.order[number]}/TU {text_string(slot.tooltip)}{parent}{entries}>>",
                      widget)

    def _hang(self, above: tuple[str, ...], number: int) -> str:
        """Under its parent, which is made if it is not there."""
        if above and above not in self.numbers:
            self.numbers[above] = self.file.reserve()
            self.kids[above] = []
            self._hang(above[:-1], self.numbers[above])
        self.kids[above].append(number)
        return f"/Parent {self.numbers[above]} 0 R" if above else ""

    def _choice(self, box: Box) -> str:
        if box.options not in self.options:
            pairs = "".join(f"[{text_string(code)}{text_string(words)}]" for code, words in NOTHING + box.options)
            self.options[box.options] = self.file.put(f"[{pairs}]")
        return f"/FT/Ch/Ff {COMBO}/Opt {self.options[box.options]} 0 R"

    def _mark(self, kind: str) -> int:
        if kind not in self.drawn:
            page = Page(0, TICK, TICK, Resources())
            if kind:
                tick(page, kind, 0, 0)
            self.drawn[kind] = self._drawing("\n".join(["q", *page.code, "Q"]), TICK, TICK)
        return self.drawn[kind]

    def _drawing(self, code: str, width: float, height: float) -> int:
        box = f"/BBox[0 0 {width:.2f} {height:.2f}]/Resources {self.template.resources} 0 R"
        return self.file.ready(f"/Type/XObject/Subtype/Form{box}", code.encode("latin-1"))


def _written(box: Box, height: float) -> str:
    """Several lines where there is room for them; the longest text allowed, where that is all that stands in it."""
    lines = MULTILINE if height > ONE_LINE or box.type in ("multiline", "tags") else 0
    limit = f"/MaxLen {box.limit}" if box.limit and box.type != "tags" else ""
    return f"/FT/Tx/Ff {lines}{limit}"


def name(code: str) -> str:
    """A code as a PDF name (ISO 32000-1, 7.3.5)."""
    return re.sub(rb"[^A-Za-z0-9_-]", lambda found: b"#%02X" % found[0][0], code.encode()).decode()


def tick(page: Page, kind: str, x: float, y: float) -> None:
    """The mark of what is chosen, drawn, in a box whose lower left corner is at x, y."""
    if kind == "radio":
        page.dot(x + TICK / 2, y + TICK / 2, TICK / 4, PETROL)
        return
    (a, b), (c, d), (e, f) = ((x + h * TICK, y + v * TICK) for h, v in ((0.2, 0.45), (0.42, 0.22), (0.82, 0.78)))
    page.strokes(((a, b), (c, d), (e, f)), PETROL, 1.2)
