"""Records into one file: their pages, structure and outlines as they are, renumbered; nothing is compressed anew."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from app.rendering.archive import pdf_date
from app.rendering.fonts import BOLD
from app.rendering.packet.plan import Attached
from app.rendering.record.ink import literal
from app.rendering.record.sealing import FIELD
from app.rendering.record.sheet import MM, SIDE, Style

FOLIO = Style(BOLD, 7, 9)
FOLIO_AT = 17.2 * MM
"""Of its baseline, above the foot of the page: over the control strip, where a record's own seal would be."""
BESIDE = 18 * MM
"""The code to scan and the white beside it."""


@dataclass(eq=False)
class Binding:
    """A file being bound. `numbers` is the way from a page's or an annotation's StructParent to its element."""

    file: pikepdf.Pdf
    keys: int
    numbers: list[Any]
    fonts: dict[tuple[bytes, ...], Any] = field(default_factory=dict)

    @classmethod
    def of(cls, own: bytes) -> Binding:
        """Begins with the packet's own pages."""
        file = pikepdf.open(io.BytesIO(own))
        tree = file.Root.StructTreeRoot
        return cls(file, int(tree.ParentTreeNextKey), list(tree.ParentTree.Nums.as_list()))

    def add(self, source: pikepdf.Pdf) -> tuple[list[Any], Any, Any]:
        """Adds a record's pages; returns them, the element of its structure and its outline (None without sections)."""
        _without_place_for_seal(source)
        before = len(self.file.pages)
        self.file.pages.extend(source.pages)
        pages = [page.obj for page in self.file.pages[before:]]
        tree = self.file.copy_foreign(source.Root.StructTreeRoot)
        self._renumber(pages, tree)
        self._share_fonts(pages[0])
        outline = source.Root.get("/Outlines")
        return pages, tree.K, self.file.copy_foreign(outline) if outline is not None else None

    def _renumber(self, pages: Sequence[Any], tree: Any) -> None:
        """Our own records number their pages from 0, in order."""
        owners = tree.ParentTree.Nums.as_list()
        for key, page in enumerate(pages):
            page.StructParents = self.keys + key
            self.numbers += [self.keys + key, owners[2 * key + 1]]
        self.keys += len(pages)

    def _share_fonts(self, page: Any) -> None:
        """A font that an earlier record embeds with the same letters is not written again. Pages of a record share their resources."""
        fonts = page.Resources.Font
        for name in list(fonts.keys()):
            fonts[name] = self.fonts.setdefault(_font_key(fonts[name]), fonts[name])

    def structure(self, kids: Sequence[Any]) -> None:
        """What is read aloud, in this order, and the way back to it."""
        tree = self.file.Root.StructTreeRoot
        for kid in kids:
            kid.P = tree.K
        tree.K.K = Array(kids)
        tree.ParentTree = self.file.make_indirect(Dictionary(Nums=Array(self.numbers)))
        tree.ParentTreeNextKey = self.keys

    def pages(self, order: Sequence[Any]) -> None:
        """The pages in their order, labelled with the numbers printed on them."""
        root = self.file.Root
        root.Pages.Kids = Array(order)
        root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))

    def stamp(self, pages: Sequence[Any], first: int, folio: str, total: int, font: Any) -> None:
        """The true number on each page, drawn as a few bytes of content with the one shared font."""
        done: set[tuple[int, int]] = set()
        for number, page in enumerate(pages, start=first):
            resources = page.Resources
            if resources.objgen not in done:
                resources.Font.Folio = font
                done.add(resources.objgen)
            text = folio.format(page=number, pages=total)
            width = float(page.MediaBox[2]) - SIDE - BESIDE - FOLIO.face.width(text) * FOLIO.size / 1000
            code = (
                f"/Artifact<</Type/Pagination>>BDC BT {FOLIO.colour} rg /Folio {FOLIO.size:g} Tf {width:.2f} {FOLIO_AT:.2f} Td"
                f" ({literal(text)})Tj ET EMC"
            )
            page.Contents = Array([page.Contents, self.file.make_stream(code.encode("latin-1"))])

    def outline(self, entries: Sequence[tuple[str, Any, Any]]) -> None:
        """Bookmarks: (title, page, the record's own outline or None), each over its sections."""
        root = self.file.make_indirect(Dictionary(Type=Name.Outlines, Count=len(entries)))
        items = [self._item(title, page, inner, root) for title, page, inner in entries]
        for before, after in itertools.pairwise(items):
            before.Next, after.Prev = after, before
        root.First, root.Last = items[0], items[-1]
        self.file.Root.Outlines = root

    def _item(self, title: str, page: Any, inner: Any, root: Any) -> Any:
        """A record's outline becomes the entry above its sections, folded."""
        item = inner if inner is not None else self.file.make_indirect(Dictionary())
        if "/Type" in item:
            del item["/Type"]
            item.Count = -int(item.Count)
        item.Title, item.Parent, item.Dest = String(title), root, Array([page, Name.Fit])
        return item

    def names(self, targets: Sequence[tuple[str, Any]], attached: Sequence[Attached], moment: str) -> None:
        """Where links lead, and the files the packet carries."""
        files = sorted((each.name, self._file(each, moment)) for each in attached)
        spots = [part for name, page in sorted(targets) for part in (String(name), Array([page, Name.Fit]))]
        entries = [part for name, file in files for part in (String(name), file)]
        self.file.Root.Names = Dictionary(Dests=Dictionary(Names=Array(spots)), EmbeddedFiles=Dictionary(Names=Array(entries)))
        self.file.Root.AF = Array([file for _, file in files])

    def _file(self, attached: Attached, moment: str) -> Any:
        stream = self.file.make_stream(attached.data)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{attached.media_type}")
        stream.Params = Dictionary(Size=len(attached.data), ModDate=String(pdf_date(moment)))
        name, told = String(attached.name), String(attached.told)
        kind = Name.Data if attached.media_type == "text/csv" else Name.Source
        return self.file.make_indirect(
            Dictionary(Type=Name.Filespec, F=name, UF=name, Desc=told, AFRelationship=kind, EF=Dictionary(F=stream, UF=stream))
        )

    def saved(self) -> bytes:
        """The file: the same bytes for the same content, its identifier made from them."""
        out = io.BytesIO()
        self.file.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            min_version="1.7",
        )
        return out.getvalue()


def _without_place_for_seal(record: pikepdf.Pdf) -> None:
    """The packet has one seal, its own: a record's empty field stays behind, with what is read aloud for it."""
    last = record.pages[-1].obj
    if "/Annots" in last and str(last.Annots[0].get("/T", "")) == FIELD:
        del last["/Annots"]
        document = record.Root.StructTreeRoot.K
        document.K = Array(document.K.as_list()[:-1])


def _font_key(font: Any) -> tuple[bytes, ...]:
    """What a composite font is: its name says the letters, its streams draw and map them."""
    child = font.DescendantFonts[0]
    streams = (child.FontDescriptor.FontFile2, child.CIDToGIDMap, font.ToUnicode)
    return (str(font.BaseFont).encode(), *(stream.read_raw_bytes() for stream in streams))
