"""Pages and structure into one file for the archive."""

from __future__ import annotations

from collections.abc import Mapping

from app.rendering.archive import (
    File,
    name_string,
    text_string,
    write_attachment,
    write_font,
    write_info,
    write_intent,
    write_metadata,
)
from app.rendering.fonts import subset
from app.rendering.qr import squares
from app.rendering.record.composing import Chapter, Composition
from app.rendering.record.furniture import furnish
from app.rendering.record.ink import Page, Resources
from app.rendering.record.pictures import write_picture
from app.rendering.record.sealing import place_for_seal
from app.rendering.tagging import write_tree
from forms.resolved import Resolved
from forms.values import Answers

ANSWERS = "answers.json"
SWIFT = 4
"""Compression of page contents: a third of the time of the default for a tenth more bytes."""


def written(resolved: Resolved, composition: Composition, pages: list[Page], pictures: Mapping[str, bytes]) -> bytes:
    """The whole file."""
    file, imprint = File(), resolved.imprint
    root, parent = file.reserve(), file.reserve()
    furniture = [furnish(page, imprint, len(pages)) for page in pages]
    shared = write_resources(file, pages[0].resources, imprint.verification_url, pictures)
    seal = [file.reserve()] if imprint.seal else []
    widgets: list[list[int]] = [*([] for _ in pages[1:]), seal]
    numbers = [write_page(file, *drawn, parent, shared) for drawn in zip(pages, furniture, widgets, strict=True)]
    file.put(f"<</Type/Pages/Count {len(numbers)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>", parent)
    form = place_for_seal(file, composition.tree, pages[-1], numbers[-1], seal[0], len(pages), imprint.seal) if seal else ""
    file.put(f"<</Type/Catalog/Pages {parent} 0 R{form}{_catalogue(file, resolved, composition, numbers)}>>", root)
    return file.closed(root, write_info(file, resolved.title, imprint.moment))


def _catalogue(file: File, resolved: Resolved, composition: Composition, numbers: list[int]) -> str:
    """What the document says of itself as a whole."""
    title, language, moment = resolved.title, resolved.language, resolved.imprint.moment
    attached = write_attachment(file, ANSWERS, _answers(resolved), title, moment)
    names = _names(composition.chapters, numbers)
    entries = (
        f"/Lang {text_string(language)}/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>",
        f"/StructTreeRoot {write_tree(file, composition.tree, numbers)} 0 R/OutputIntents[{write_intent(file)} 0 R]",
        f"/Metadata {write_metadata(file, title, language, moment)} 0 R{_outline(file, composition.chapters, numbers)}",
        f"/Names<</EmbeddedFiles<</Names[{text_string(ANSWERS)} {attached} 0 R]>>/Dests<</Names[{names}]>>>>",
        f"/AF[{attached} 0 R]",
    )
    return "".join(entries)


def _answers(resolved: Resolved) -> Answers:
    """The answers as this document's readers may know them, and what they answer."""
    return {
        "form": resolved.form,
        "edition": resolved.edition,
        "language": resolved.language,
        "code": resolved.imprint.code,
        "answers": resolved.data,
    }


def write_resources(file: File, resources: Resources, address: str, pictures: Mapping[str, bytes]) -> int:
    """What all pages share: fonts, pictures, the code to scan if there is an address; returns its number."""
    fonts = "".join(f"/{short} {write_font(file, subset(name, resources.used[name]))} 0 R" for name, short in resources.fonts.items())
    images = "".join(f"/{short} {write_picture(file, pictures[sha256])} 0 R" for sha256, short in resources.pictures.items())
    code = f"/Q {file.stream('/Type/XObject/Subtype/Form/BBox[0 0 1 1]', squares(address).encode())} 0 R" if address else ""
    return file.put(f"<</Font<<{fonts}>>/XObject<<{code}{images}>>>>")


def write_page(file: File, page: Page, around: list[str], annotations: list[int], parent: int, resources: int) -> int:
    """A page with what stands around it and its annotations (object numbers); returns its number."""
    content = file.stream("", "\n".join([*around, *page.code]).encode("latin-1"), SWIFT)
    noted = f"/Annots[{' '.join(f'{number} 0 R' for number in annotations)}]" if annotations else ""
    return file.put(
        f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {page.width:.2f} {page.height:.2f}]"
        f"/Resources {resources} 0 R/Contents {content} 0 R/StructParents {page.number}/Tabs/S{noted}>>"
    )


def _spot(chapter: Chapter, pages: list[int]) -> str:
    page, top = chapter.anchor.at
    return f"[{pages[page]} 0 R/XYZ null {top + 6:.0f} null]"


def _names(chapters: list[Chapter], pages: list[int]) -> str:
    spots = sorted((chapter.name.encode(), _spot(chapter, pages)) for chapter in chapters)
    return " ".join(f"{name_string(name.decode())} {spot}" for name, spot in spots)


def _outline(file: File, chapters: list[Chapter], pages: list[int]) -> str:
    """Bookmarks, one for each section."""
    if not chapters:
        return ""
    root, items = file.reserve(), [file.reserve() for _ in chapters]
    for before, (number, chapter), after in zip([0, *items], zip(items, chapters, strict=True), [*items[1:], 0], strict=False):
        beside = (f"/Prev {before} 0 R" if before else "") + (f"/Next {after} 0 R" if after else "")
        file.put(f"<</Title {text_string(chapter.title)}/Parent {root} 0 R{beside}/Dest{_spot(chapter, pages)}>>", number)
    file.put(f"<</Type/Outlines/First {items[0]} 0 R/Last {items[-1]} 0 R/Count {len(items)}>>", root)
    return f"/Outlines {root} 0 R"
