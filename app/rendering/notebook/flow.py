"""Texts in the places asked for them; what does not fit goes on the Notas pages, and both ends say where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import Notebook
from app.rendering.notebook.sheet import GAP, INDENT, LABEL, PITCH, PLAIN, PROMPT, SIGN, right
from app.rendering.notebook.wording import Wording
from app.rendering.record.place import lines
from app.rendering.record.sheet import MM, Style

Paint = Callable[[Leaf, float, float], None]
"""Draws on a page from the left edge x down from `top`."""


@dataclass(frozen=True)
class Item:
    """A thing that is never cut, `height` points high."""

    height: float
    paint: Paint


MOST_GAP = 6 * MM
"""White between prompts where a page has more room than they need."""


@dataclass(eq=False)
class BookPage:
    """A page of the plan; its number is known once all texts have found their place."""

    folio: int = field(init=False, default=0)
    spills: list[Spill] = field(init=False, default_factory=list)

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        """Draw everything but the page number; what is the person's own comes from `book`."""
        raise NotImplementedError


@dataclass(eq=False)
class Spill:
    """What did not fit on `source`; `target` is the Notas page where it goes on."""

    label: str
    source: BookPage
    items: list[Item]
    target: BookPage | None = None


@dataclass(frozen=True)
class Prompt:
    """Something asked: its answer, or so many lines to write on. `mark` stands before the lines («1»)."""

    label: str
    text: str
    ruled: int
    hint: str = ""
    mark: str = ""

    @property
    def head(self) -> float:
        return LABEL if self.label else 0.0

    @property
    def indent(self) -> float:
        return INDENT if self.mark else 0.0

    @property
    def lines(self) -> int:
        """Lines of running text that have room on its ruled ones."""
        return int(self.ruled * PITCH / PLAIN.leading)


@dataclass(frozen=True)
class Fit:
    """A prompt with what of its answer stands here: the lines set, or the lines ruled, and the height it takes without its head."""

    prompt: Prompt
    set: list[str]
    ruled: int
    height: float
    spill: Spill | None = None


@dataclass
class Column:
    """Prompts under one another in a column `width` wide and `height` high, with `gap` between them."""

    fits: list[Fit]
    width: float
    height: float
    gap: float = GAP

    @property
    def spills(self) -> list[Spill]:
        """What goes on elsewhere."""
        return [fit.spill for fit in self.fits if fit.spill]

    @property
    def written(self) -> bool:
        """Whether anything but lines to write on stands in it."""
        return any(fit.set for fit in self.fits)

    def paint(self, leaf: Leaf, x: float, top: float, words: Wording) -> None:
        """Draw it down from `top`."""
        for fit in self.fits:
            top = _draw(leaf, fit, (x, self.width), top, words) - self.gap


def column(page: BookPage, prompts: Sequence[Prompt], size: tuple[float, float], across: float, about: str = "") -> Column:
    """The prompts in a column of `size` (width, height).

    Answers keep the places the blank page has for them where they fit; where one does not, all share the column's height.
    What is left over becomes a spill from `page`, set `across` the whole page and called by `about` and the prompt.
    """
    width, height = size
    wrapped = [lines(prompt.text, PLAIN, width - prompt.indent) if prompt.text.strip() else [] for prompt in prompts]
    needs = [len(each) for each in wrapped]
    if all(need <= prompt.lines for need, prompt in zip(needs, prompts, strict=True)):
        fits = [Fit(prompt, some, 0 if some else prompt.ruled, prompt.ruled * PITCH) for prompt, some in zip(prompts, wrapped, strict=True)]
        spare = height - sum(fit.height + fit.prompt.head for fit in fits)
        return Column(fits, width, height, max(GAP, min(MOST_GAP, spare / max(1, len(fits) - 1))))
    spare = height - sum(prompt.head + GAP for prompt in prompts) + GAP
    rooms = shares(needs, int(spare / PLAIN.leading))
    fits = [_cut_fit(page, prompt, room, (width, across), about) for prompt, room in zip(prompts, rooms, strict=True)]
    return Column(_with_lines(fits, spare - sum(rooms) * PLAIN.leading), width, height)


def shares(needs: Sequence[int], room: int) -> list[int]:
    """Lines for each so that small needs are met whole and large ones share what remains evenly; the sum is at most `room`."""
    given = [0] * len(needs)
    order = sorted(range(len(needs)), key=lambda each: needs[each])
    for place, each in enumerate(order):
        given[each] = min(needs[each], max(0, room) // (len(order) - place))
        room -= given[each]
    return given


def cut(text: str, style: Style, width: float, most: int) -> tuple[list[str], str]:
    """The first lines of a text, and the words after them."""
    shown: list[str] = []
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs):
        some = lines(paragraph, style, width)
        room = most - len(shown)
        if len(some) > room:
            return shown + some[:room], "\n".join(["".join(some[room:]), *paragraphs[number + 1 :]])
        shown += some
    return shown, ""


def running(text: str, width: float) -> list[Item]:
    """A text as lines that may stand on different pages."""
    return [Item(PLAIN.leading, _line(line)) for line in lines(text, PLAIN, width)]


def _line(line: str) -> Paint:
    return lambda leaf, x, top: leaf.lines([line], PLAIN, x, top)


def _cut_fit(page: BookPage, prompt: Prompt, room: int, widths: tuple[float, float], about: str) -> Fit:
    """As many lines as there is room for; the rest as a spill. `widths`: of the column and of the whole page."""
    width, across = widths
    shown, rest = cut(prompt.text, PLAIN, width - prompt.indent, room) if prompt.text.strip() else ([], "")
    named = " · ".join(filter(None, (about, " ".join(filter(None, (prompt.label, prompt.mark))))))
    return Fit(prompt, shown, 0, len(shown) * PLAIN.leading, Spill(named, page, running(rest, across)) if rest else None)


def _with_lines(fits: list[Fit], rest: float) -> list[Fit]:
    """The unanswered ones take what is left, in lines to write on."""
    empty = [fit for fit in fits if not fit.set and not fit.spill]
    if not empty:
        return fits
    count = int(rest / len(empty) / PITCH)
    ruled = {id(fit): min(fit.prompt.ruled, count) for fit in empty}
    return [Fit(fit.prompt, [], ruled[id(fit)], ruled[id(fit)] * PITCH) if id(fit) in ruled else fit for fit in fits]


def _draw(leaf: Leaf, fit: Fit, span: tuple[float, float], top: float, words: Wording) -> float:
    """One prompt; returns the height under it."""
    (x, width), prompt = span, fit.prompt
    if prompt.label:
        leaf.prompt(prompt.label, prompt.hint, x, top)
    top -= prompt.head
    first = PLAIN.leading if fit.set else PITCH + 2
    if prompt.mark:
        leaf.say(prompt.mark, PROMPT, x, top - first + PROMPT.rise + PLAIN.leading - PLAIN.rise)
    if fit.set:
        leaf.lines(fit.set, PLAIN, x + prompt.indent, top)
    elif fit.ruled:
        leaf.ruled(x + prompt.indent, top, width - prompt.indent, fit.ruled)
    if fit.spill and fit.spill.target:
        under = top - len(fit.set) * PLAIN.leading + 1.5
        leaf.say(words.goes_on.format(page=fit.spill.target.folio), right(SIGN), x, under, width)
    return top - fit.height
