"""PDF forms of others: their fields told, and filled through pypdf with an embedded font."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pikepdf
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from app.rendering.fillable.setting import ABOVE, PAD, fitted
from app.rendering.fonts import Subset, subset
from app.rendering.jail.harvesting import OFF, Entry, entries, states
from app.rendering.record.ink import Page, Resources
from forms.values import Json


def fields(data: bytes) -> Json:
    """Every field: name, kind, what is said of it, its codes, and the size of its smallest place in hundredths of a point."""
    return [_told(each) for each in entries(PdfReader(io.BytesIO(data)))]


def _told(entry: Entry) -> Json:
    sizes = [int(100 * side) for side in size(entry)]
    return {"name": entry.name, "type": entry.type[1:], "tooltip": tooltip(entry), "codes": codes(entry), "size": sizes}


def tooltip(entry: Entry) -> str:
    """What the file says of a field."""
    return next((str(widget["/TU"]) for widget in entry.widgets if "/TU" in widget), "")


def codes(entry: Entry) -> list[str]:
    """What may be chosen."""
    return sorted({code for widget in entry.widgets for code in states(widget)}) or [code for code, _ in entry.options]


def size(entry: Entry) -> tuple[float, float]:
    """Width and height of the smallest of its widgets."""
    sizes = [(right - left, top - bottom) for left, bottom, right, top in map(_rect, entry.widgets)]
    return min(sizes, default=(0.0, 0.0))


def _rect(widget: DictionaryObject) -> tuple[float, float, float, float]:
    corners = [float(each) for each in cast("ArrayObject", widget["/Rect"].get_object())]
    return min(corners[0], corners[2]), min(corners[1], corners[3]), max(corners[0], corners[2]), max(corners[1], corners[3])


def fill(data: bytes, values: Mapping[str, str | bool], flat: bool) -> bytes:
    """The form with `values` by field name in it; `flat`: no fields left."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    resources, fonts = Resources(), DictionaryObject()
    for each in entries(writer):
        value = values.get(each.name)
        if isinstance(value, bool) or (value and each.type == "/Btn"):
            _ticked(each, value)
        elif value:
            _written(writer, each, value, resources, fonts)
    for name, short in resources.fonts.items():
        fonts[NameObject(f"/{short}")] = _font(writer, subset(name, resources.used[name]))
    form = cast("DictionaryObject", writer._root_object["/AcroForm"].get_object())
    form[NameObject("/NeedAppearances")] = BooleanObject(False)
    out = io.BytesIO()
    writer.write(out)
    return _saved(out, flat)


def _saved(written: io.BytesIO, flat: bool) -> bytes:
    """Tidied and with equal bytes for equal content; flat by qpdf, which draws what the fields' own drawings say."""
    out = io.BytesIO()
    with pikepdf.open(written) as pdf:
        if flat:
            pdf.flatten_annotations("all")
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _ticked(entry: Entry, value: str | bool) -> None:
    """The widget whose code it is, the others off; True is the one code there is."""
    known = codes(entry)
    code = str(value) if isinstance(value, str) else known[0] if value and known else ""
    chosen = NameObject(f"/{code}" if code in known else OFF)
    for holder in _holders(entry):
        holder[NameObject("/V")] = chosen
    for widget in entry.widgets:
        widget[NameObject("/AS")] = chosen if code in states(widget) else NameObject(OFF)


def _holders(entry: Entry) -> Iterator[DictionaryObject]:
    """Where the value of a field stands: in its one widget, or in what its widgets share."""
    seen: set[int] = set()
    for widget in entry.widgets:
        holder = widget if "/T" in widget or "/Parent" not in widget else cast("DictionaryObject", widget["/Parent"].get_object())
        if id(holder) not in seen:
            seen.add(id(holder))
            yield holder


def _written(writer: PdfWriter, entry: Entry, value: str, resources: Resources, fonts: DictionaryObject) -> None:
    for holder in _holders(entry):
        holder[NameObject("/V")] = TextStringObject(value)
    shown = dict(entry.options).get(value, value)
    for widget in entry.widgets:
        drawn = _drawn(widget, shown, resources, fonts)
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(drawn)})


def _drawn(widget: DictionaryObject, text: str, resources: Resources, fonts: DictionaryObject) -> DecodedStreamObject:
    left, bottom, right, top = _rect(widget)
    width, height = right - left, top - bottom
    page, fit = Page(0, width, height, resources), fitted(text, width, height)
    above = ABOVE if len(fit.lines) > 1 or height > 2 * fit.style.leading else (height - fit.style.leading) / 2
    page.lines(fit.lines, fit.style, PAD, height - above)
    stream = DecodedStreamObject()
    stream.set_data("\n".join(["/Tx BMC", "q", *page.code, "Q", "EMC"]).encode("latin-1"))
    stream.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, width, height))),
        NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
    })
    return stream


def _font(writer: PdfWriter, font: Subset) -> IndirectObject:
    """A composite font with its letters embedded (ISO 32000-1, 9.7)."""
    name, numbers = NameObject(f"/{font.name}"), font.widths.replace("[", " [ ").replace("]", " ] ").split()
    descriptor = writer._add_object(_dictionary({
        "/Type": NameObject("/FontDescriptor"), "/FontName": name, "/Flags": NumberObject(4),
        "/FontBBox": ArrayObject(map(NumberObject, font.box)), "/ItalicAngle": FloatObject(font.angle),
        "/Ascent": NumberObject(font.ascent), "/Descent": NumberObject(font.descent), "/CapHeight": NumberObject(font.capitals),
        "/StemV": NumberObject(80), "/FontFile2": _stream(writer, font.program, {"/Length1": NumberObject(len(font.program))}),
    }))
    registry = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("Identity"), "/Supplement": NumberObject(0)}
    child = writer._add_object(_dictionary({
        "/Type": NameObject("/Font"), "/Subtype": NameObject("/CIDFontType2"), "/BaseFont": name, "/CIDSystemInfo": _dictionary(registry),
        "/FontDescriptor": descriptor, "/DW": NumberObject(0), "/W": _widths(numbers), "/CIDToGIDMap": _stream(writer, font.map, {}),
    }))
    return writer._add_object(_dictionary({
        "/Type": NameObject("/Font"), "/Subtype": NameObject("/Type0"), "/BaseFont": name, "/Encoding": NameObject("/Identity-H"),
        "/DescendantFonts": ArrayObject([child]), "/ToUnicode": _stream(writer, font.to_unicode, {}),
    }))


def _dictionary(entries: Mapping[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})


def _stream(writer: PdfWriter, data: bytes, entries: Mapping[str, Any]) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream.update(_dictionary(entries))
    return writer._add_object(stream.flate_encode())


def _widths(numbers: list[str]) -> ArrayObject:
    array, inner = ArrayObject(), ArrayObject()
    inside = False
    for each in numbers:
        if each == "[":
            inside, inner = True, ArrayObject()
        elif each == "]":
            inside = False
            array.append(inner)
        else:
            (inner if inside else array).append(NumberObject(int(each)))
    return array
