"""Answers into a compiled form: as live fields, or flat as part of the pages; what does not fit goes on at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.errors import N_
from app.rendering.archive import File, text_string, write_font, write_info, write_metadata
from app.rendering.fillable.asking import ARROW
from app.rendering.fillable.compiling import Template, field_letters
from app.rendering.fillable.continuing import Rest, Sheets, sheets
from app.rendering.fillable.fields import Fields, tick
from app.rendering.fillable.paper import Slot
from app.rendering.fillable.questions import Question, Words
from app.rendering.fillable.setting import ABOVE, PAD, Fitted, fitted
from app.rendering.fonts import REGULAR, subset
from app.rendering.record.drawing import TICKED, UNTICKED
from app.rendering.record.furniture import furnish
from app.rendering.record.ink import Page, Resources
from app.rendering.tagging import write_tree
from forms.resolved import Imprint

CONTINUES = N_("… continúa en la hoja {page}")
SWIFT = 1
"""Compression of page contents: half the time of the default for hardly more bytes."""


@dataclass
class FieldFonts(Resources):
    """Fonts of live fields: theirs wherever it has the letters."""

    def font(self, name: str, text: str) -> str:
        return "SS" if name == REGULAR and field_letters().issuperset(text) else super().font(name, text)


@dataclass
class Filling:
    """One document being written over its template. `asked` are its questions with what stands in them, `hidden` read-only fields."""

    template: Template
    asked: Sequence[Question]
    hidden: Mapping[str, str]
    title: str
    language: str
    imprint: Imprint
    words: Words
    resources: Resources = field(init=False)

    def __post_init__(self) -> None:
        self.resources = FieldFonts() if self.template.live else Resources()

    def written(self) -> bytes:
        """The whole file."""
        template, fits = self.template, self._fitted()
        more = self._sheets(fits)
        file = (template.bare if more.pages else template.whole).reopened()
        numbers = [*template.pages, *(file.reserve() for _ in more.pages)]
        structure = write_tree(file, more.tree, numbers) if more.pages else template.structure
        marks = self._marks(fits, more.where)
        form, annotations = self._live(file, numbers, fits, marks) if template.live else ("", [""] * len(numbers))
        contents = self._contents(file, fits, marks, more.pages)
        fonts = "".join(f"/{short} {write_font(file, subset(name, self.resources.used[name]))} 0 R"
                        for name, short in self.resources.fonts.items())
        own = f"/SS {template.field_font} 0 R" if template.live else ""
        file.put(f"<</Font<<{template.fonts}{own}{fonts}>>>>", template.resources)
        for number, (page, content, annots) in enumerate(zip(numbers, contents, annotations, strict=True)):
            file.put(f"<</Type/Page/Parent {template.parent} 0 R/MediaBox[0 0 {template.size[0]:.2f} {template.size[1]:.2f}]/Resources "
                     f"{template.resources} 0 R/Contents {content}/StructParents {number}/Tabs/S{annots}>>", page)
        file.put(f"<</Type/Pages/Count {len(numbers)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>", template.parent)
        return self._closed(file, structure, form)

    def _closed(self, file: File, structure: int, form: str) -> bytes:
        template, moment = self.template, self.imprint.moment
        metadata = write_metadata(file, self.title, self.language, moment)
        file.put(f"<</Type/Catalog/Pages {template.parent} 0 R/Lang {text_string(self.language)}/MarkInfo<</Marked true>>"
                 f"/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot {structure} 0 R/OutputIntents[{template.intent} 0 R]"
                 f"/Metadata {metadata} 0 R{form}>>", template.root)
        return file.closed(template.root, write_info(file, self.title, moment))

    # ── what stands where ────────────────────────────────────────────────────────────────────────────────────────────

    def _fitted(self) -> list[Fitted | None]:
        """Each written answer as it is set; None for ticks and what is empty."""
        return [self._fit(slot) for slot in self.template.slots]

    def _fit(self, slot: Slot) -> Fitted | None:
        if slot.kind in ("check", "radio"):
            return None
        text = shown(self.asked[slot.question], slot)
        _, _, width, height = slot.rect
        return fitted(text, width - (4 * ARROW if slot.kind == "combo" else 0), height) if text else None

    def _sheets(self, fits: Sequence[Fitted | None]) -> Sheets:
        left = [(slot, fit.rest) for slot, fit in zip(self.template.slots, fits, strict=True) if fit and fit.rest]
        if not left:
            return Sheets([], self.template.tree, [])
        rests = [Rest(self.asked[slot.question].placed(self.words), rest, slot.page) for slot, rest in left]
        return sheets(rests, self.template.tree, self.template.size, len(self.template.pages), self.resources, self.words)

    def _marks(self, fits: Sequence[Fitted | None], where: Sequence[int]) -> dict[int, str]:
        """By place of the slot: the words that say where an answer goes on."""
        left = [number for number, fit in enumerate(fits) if fit and fit.rest]
        return {number: self.words(CONTINUES, page=page + 1) for number, page in zip(left, where, strict=True)}

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _contents(self, file: File, fits: Sequence[Fitted | None], marks: Mapping[int, str], more: Sequence[Page]) -> list[str]:
        """Of each page: the form, what stands around, and flat answers; the diagonal of a draft lies under all."""
        width, height = self.template.size
        count = len(self.template.pages)
        pages = [Page(number, width, height, self.resources) for number in range(count)]
        if not self.template.live:
            for number, slot in enumerate(self.template.slots):
                self._flat(pages[slot.page], slot, fits[number], marks.get(number, ""))
        found = []
        for page in (*pages, *more):
            around = ["q", *furnish(page, self.imprint, count + len(more)), "Q"]
            own = f"{self.template.contents[page.number]} 0 R" if page.number < count else ""
            under, over = (around, page.code) if self.imprint.draft else ([], [*around, *page.code])
            found.append(f"[{_stream(file, under)} {own} {_stream(file, over)}]")
        return found

    def _flat(self, page: Page, slot: Slot, fit: Fitted | None, mark: str) -> None:
        x, y, width, height = slot.rect
        if slot.kind in ("check", "radio"):
            ticked = is_ticked(self.asked[slot.question], slot)
            page.code.append(f"/Span<</MCID {slot.mark}/ActualText {text_string(TICKED if ticked else UNTICKED)}>>BDC")
            if ticked:
                tick(page, slot.kind, x, y)
        else:
            page.code.append(f"/P<</MCID {slot.mark}>>BDC")
            if fit:
                write(page, fit, x + PAD, y + height - ABOVE, mark, width)
        page.code.append("EMC")

    def _live(self, file: File, numbers: Sequence[int], fits: Sequence[Fitted | None], marks: Mapping[int, str]) -> tuple[str, list[str]]:
        """The fields; the catalogue's entry for them, and each page's."""
        fields = Fields(file, self.template, numbers)
        for number, slot in enumerate(self.template.slots):
            question = self.asked[slot.question]
            if slot.kind in ("check", "radio"):
                fields.tick(number, slot, question.box, is_ticked(question, slot))
            else:
                page, fit = Page(0, slot.rect[2], slot.rect[3], self.resources), fits[number]
                if fit:
                    write(page, fit, PAD, slot.rect[3] - ABOVE, marks.get(number, ""), slot.rect[2])
                fields.text(number, slot, question.box, page.code)
        for name, value in self.hidden.items():
            fields.hide(name, value)
        return fields.written()


def _stream(file: File, code: list[str]) -> str:
    return f"{file.stream('', chr(10).join(code).encode('latin-1'), SWIFT)} 0 R" if code else ""


def shown(question: Question, slot: Slot) -> str:
    """What stands in an input: words of an option, else the text; the code of a currency."""
    box = question.box
    if box.steps:
        return box.raw[slot.part] if slot.part < len(box.raw) else ""
    raw = "\n".join(box.raw)
    return dict(box.options).get(raw, raw) if slot.kind == "combo" else raw


def is_ticked(question: Question, slot: Slot) -> bool:
    """Whether an option is chosen."""
    return question.box.options[slot.part][0] in question.box.raw


def write(page: Page, fit: Fitted, x: float, top: float, mark: str, width: float) -> None:
    """The lines of an answer, and where it goes on."""
    lines = list(fit.lines)
    if mark:
        room, full = (width - 2 * PAD) * 1000 / fit.style.size, fit.style.face.width
        short = mark if full(mark) <= room and not fit.narrow else f"… {mark.rpartition(' ')[2]}"
        lines = [*lines[:-1], lines[-1] + short] if fit.narrow else [*lines, short]
    page.lines(lines, fit.style, x, top)

