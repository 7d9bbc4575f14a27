"""Drawn pages into a file while they come: in reading order, or imposed on sheets. Nothing stays in memory but where things lie."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from app.errors import N_, BadFile
from app.rendering.archive import text_string, write_font, write_info
from app.rendering.fonts import subset
from app.rendering.imposition import Saddle, placing, sides
from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import Photo
from app.rendering.record.ink import Resources
from app.rendering.spool import Bookmark, Spool

SPACES = {"RGB": "DeviceRGB", "L": "DeviceGray"}
MOMENT = "2027-01-01T00:00:00+00:00"
DUPLEX = "/ViewerPreferences<</Duplex/DuplexFlipShortEdge/PrintScaling/None/DisplayDocTitle true>>"
READ = "/ViewerPreferences<</DisplayDocTitle true>>"


class BadPhoto(BadFile):
    """A picture that is no JPEG in colour or grey."""

    message = N_("La foto «{caption}» no se puede imprimir: está dañada o no es JPEG. Súbala de nuevo.")


@dataclass
class Binding:
    """One file being bound. `how` None: pages in reading order; else booklets on sheets, each starting on a new one.

    `group` keeps designs of one visit apart from those of others.
    """

    out: BinaryIO
    how: Saddle | None = None
    group: Hashable = None
    _designs: dict[Hashable, int] = field(init=False, default_factory=dict)
    _photos: dict[bytes, tuple[int, int, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.file, self.resources = Spool(out=self.out), Resources()
        self._fonts = self.file.reserve()

    def leaf(self, size: tuple[float, float], folio: int) -> Leaf:
        """An empty page of this width and height to draw on."""
        return Leaf(0, *size, self.resources, folio=folio, designs=self)

    def bind(self, leaves: Sequence[Leaf], sheet: str) -> list[int]:
        """Write pages; object numbers of what carries them: their own, or the sides of `sheet`."""
        return [self._page(leaf) for leaf in leaves] if self.how is None else self._impose(leaves, self.how, sheet)

    def close(self, title: str, language: str, moment: str, marks: Sequence[Bookmark] = (), catalogue: str = "") -> None:
        """Fonts, outline and the end of the file; `out` stays open."""
        used = self.resources.used
        fonts = "".join(f"/{short} {write_font(self.file, subset(name, used[name]))} 0 R" for name, short in self.resources.fonts.items())
        self.file.put(f"<<{fonts}>>", self._fonts)
        view = READ if self.how is None else DUPLEX
        entries = f"/Lang {text_string(language)}{view}{self.file.outline(marks)}{catalogue}"
        self.file.finish(entries, write_info(self.file, title, moment))

    def design(self, key: Hashable, paint: Callable[[Leaf], None], like: Leaf) -> int:
        """See leaf.Designs: a form drawn once for each group."""
        key = self.group, key
        number = self._designs.get(key)
        if number is None:
            form = self.leaf((like.width, like.height), like.folio)
            paint(form)
            box = f"/Type/XObject/Subtype/Form/BBox[0 0 {like.width:.2f} {like.height:.2f}]/Resources<<{self._needs(form.used)}>>"
            number = self._designs[key] = self.file.stream(box, "\n".join(form.code).encode("latin-1"))
        return number

    def photo(self, photo: Photo) -> tuple[int, int, int]:
        """See leaf.Designs: a JPEG embedded as it is, once. Raises BadPhoto."""
        data = photo.read()
        digest = hashlib.sha256(data).digest()
        if digest not in self._photos:
            width, height, space = _measured(data, photo.caption)
            entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode"
            self._photos[digest] = self.file.ready(entries, data), width, height
        return self._photos[digest]

    def _needs(self, used: set[int]) -> str:
        """Resources: all fonts, and just the forms and pictures used."""
        objects = "".join([f"/X{number} {number} 0 R" for number in sorted(used)])
        return f"/Font {self._fonts} 0 R" + (f"/XObject<<{objects}>>" if objects else "")

    def _page(self, leaf: Leaf) -> int:
        size, code = (leaf.width, leaf.height), "\n".join(leaf.code).encode("latin-1")
        return self.file.page(size, code, self._needs(leaf.used), leaf.more)

    def _impose(self, leaves: Sequence[Leaf], how: Saddle, sheet: str) -> list[int]:
        place, numbers = placing(how.sheet or sheet, (leaves[0].width, leaves[0].height)), []
        for side in sides(len(leaves), how):
            code, used = [], set()
            for page, x in ((side.left, place.left(side.creep)), (side.right, place.right(side.creep))):
                if page:
                    leaf = leaves[page - 1]
                    code += [f"q 1 0 0 1 {x:.2f} {place.foot:.2f} cm", *leaf.code, "Q"]
                    used |= leaf.used
            if how.marks:
                code.append(place.marks(side))
            numbers.append(self.file.page((place.width, place.height), "\n".join(code).encode("latin-1"), self._needs(used)))
        return numbers


def _measured(data: bytes, caption: str) -> tuple[int, int, str]:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            return image.width, image.height, SPACES[image.mode]
    except (OSError, UnidentifiedImageError, KeyError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise BadPhoto(caption=caption or "—") from wrong
