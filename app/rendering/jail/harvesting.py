"""What stands in the fields of a PDF form somebody filled, whatever the program."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pikepdf
import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from app.rendering.jail.inspecting import inspect
from app.rendering.readback import ALIKE, DROPPED
from forms.values import Json

REFUSED = ("javascript", "launch", "submit_form", "xfa", "open_action", "embedded_files")
MOST, DEEPEST = 20_000, 32
"""Fields; steps of a name."""
RADIO, PUSH = 1 << 15, 1 << 16
OFF = "/Off"
CUT, LONG = "…", 40
"""Before where a drawn text goes on elsewhere; letters from which what does not fit may be left out by others."""


@dataclass
class Entry:
    """A field that holds a value: its full name, what is inherited, and its widgets."""

    name: str
    type: str
    flags: int
    value: Any
    options: list[tuple[str, str]]
    widgets: list[DictionaryObject] = field(default_factory=list)


def harvest(data: bytes) -> Json:
    """{"fields": {name: [strings]}, "differing": [names]}, or {"refused": reason, "count": number of fields}.

    Names are those of the fields; ticks of one list are gathered under the name they share. Nothing chosen or written is [""].
    Raises pikepdf's and pypdf's errors for what is no PDF, repaired or not.
    """
    found = cast("dict[str, Any]", inspect(data))
    reason = _refusal(found)
    if reason:
        return {"refused": reason, "count": found.get("fields", 0)}
    sound = _repaired(data) if found["damaged"] else data
    found_in = list(entries(PdfReader(io.BytesIO(sound))))
    if not found_in:
        return {"refused": "no_form"}
    fields: dict[str, list[str]] = {}
    for each in found_in:
        name, said = _said(each)
        fields[name] = [*fields.get(name, ()), *said]
    return {"fields": {name: said or [""] for name, said in fields.items()}, "differing": _differing(sound, found_in)}


def _refusal(found: dict[str, Any]) -> str:
    if found["encrypted"]:
        return "encrypted"
    if found["fields"] > MOST:
        return "too_many"
    return next((each for each in REFUSED if each in found["active"]), "")


def _repaired(data: bytes) -> bytes:
    """The same written again, as far as it can be understood."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def entries(file: PdfReader | PdfWriter) -> Iterator[Entry]:
    """The fields that hold a value, in the order of the file."""
    root = file.root_object if isinstance(file, PdfReader) else file._root_object
    form = root.get("/AcroForm")
    held = form.get_object() if form is not None else None
    if isinstance(held, DictionaryObject):
        seen: set[int] = set()
        for each in _list(held.get("/Fields")):
            yield from _walk(each, "", {}, seen, 0)


def _walk(node: DictionaryObject, above: str, inherited: Mapping[str, Any], seen: set[int], depth: int) -> Iterator[Entry]:
    """The fields under a node of the tree; a node met before is not met again."""
    if id(node) in seen or depth > DEEPEST:
        return
    seen.add(id(node))
    own = {**inherited, **{key: node[key] for key in ("/FT", "/Ff", "/V", "/Opt") if key in node}}
    name = ".".join(filter(None, (above, _text(node.get("/T")))))
    kids = _list(node.get("/Kids"))
    if any("/T" in kid for kid in kids):
        for kid in kids:
            yield from _walk(kid, name, own, seen, depth + 1)
        return
    kind = str(own.get("/FT", ""))
    if kind in ("/Tx", "/Btn", "/Ch") and name:
        flags = int(own.get("/Ff", 0))
        yield Entry(name, kind, flags, own.get("/V"), _options(own.get("/Opt")), kids or [node])


def _list(value: Any) -> list[DictionaryObject]:
    held = value.get_object() if value is not None else None
    kids = (each.get_object() for each in held) if isinstance(held, ArrayObject) else ()
    return [each for each in kids if isinstance(each, DictionaryObject)]


def _options(value: Any) -> list[tuple[str, str]]:
    held = value.get_object() if value is not None else None
    pairs = (each.get_object() for each in held) if isinstance(held, ArrayObject) else ()
    return [(_text(each[0]), _text(each[1])) if isinstance(each, ArrayObject) and len(each) > 1 else (_text(each),) * 2 for each in pairs]


def _text(value: Any) -> str:
    held = value.get_object() if value is not None else ""
    if isinstance(held, StreamObject):
        data = held.get_data()
        return data.decode("utf-16") if data[:2] in (b"\xfe\xff", b"\xff\xfe") else data.decode("latin-1")
    return str(held if held is not None else "").replace("\r\n", "\n").replace("\r", "\n")


# ── what was said ────────────────────────────────────────────────────────────────────────────────────────────────────


def _said(entry: Entry) -> tuple[str, list[str]]:
    """The name as it is asked, and what was answered; [] if nothing."""
    if entry.type == "/Tx":
        return entry.name, [text] if (text := _text(entry.value)) else []
    if entry.type == "/Ch":
        return entry.name, _chosen(entry)
    above, _, last = entry.name.rpartition(".")
    codes = {code for widget in entry.widgets for code in states(widget)}
    name = above if above and codes == {last} and not entry.flags & (RADIO | PUSH) else entry.name
    return name, [state] if (state := _state(entry)) else []


def _chosen(entry: Entry) -> list[str]:
    """By code, also where a program kept the words."""
    held = entry.value.get_object() if entry.value is not None else None
    said = [_text(each) for each in held] if isinstance(held, ArrayObject) else [_text(held)]
    codes, words = {code for code, _ in entry.options}, {shown: code for code, shown in entry.options}
    return list(filter(None, (each if each in codes else words.get(each, each) for each in said)))


def _state(entry: Entry) -> str:
    """The code of what is ticked: as the field says, else as its widgets stand. Programs that know no names write numbers."""
    if entry.value is not None and (told := entry.value.get_object()) is not None:
        return "" if str(told) in (OFF, "") else str(told).removeprefix("/")
    return _drawn_state(entry)


def _drawn_state(entry: Entry) -> str:
    return next((str(widget["/AS"])[1:] for widget in entry.widgets if str(widget.get("/AS", OFF)) != OFF), "")


def states(widget: DictionaryObject) -> set[str]:
    """The codes a box to tick is drawn for."""
    drawn = widget.get("/AP", DictionaryObject()).get_object()
    normal = drawn.get("/N", DictionaryObject()).get_object() if isinstance(drawn, DictionaryObject) else None
    names = normal if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject) else {}
    return {str(each)[1:] for each in names if isinstance(each, NameObject) and each != OFF}


# ── what is drawn ────────────────────────────────────────────────────────────────────────────────────────────────────


def _differing(data: bytes, found: list[Entry]) -> list[str]:
    """Names of the fields whose drawing says something else than their value. What is not drawn says nothing."""
    ticks = [_said(each)[0] for each in found if each.type == "/Btn" and any("/AS" in w for w in each.widgets) and _misdrawn(each)]
    written = {each.name: each for each in found if each.type != "/Btn"}
    drawn = _drawn(data)
    texts = [name for name, each in written.items() if any(not _alike(each, text) for text in drawn.get(name, ()))]
    return sorted({*ticks, *texts})


def _misdrawn(entry: Entry) -> bool:
    return _drawn_state(entry) != _state(entry)


def _alike(entry: Entry, drawn: str) -> bool:
    shown, words = _bare(drawn), dict(entry.options)
    held = _chosen(entry) if entry.type == "/Ch" else [_text(entry.value)]
    said = _bare("".join(words.get(each, each) for each in held))
    begun = shown.rpartition(CUT)[0] if CUT in shown else shown if len(shown) >= LONG else ""
    return shown in ("", said, _bare("".join(held))) or (bool(begun) and said.startswith(begun)) or _unwrapped(drawn, "".join(held))


def _unwrapped(drawn: str, held: str) -> bool:
    """Whether each paragraph is drawn as one line, as programs do that do not wrap: a long one may be cut where the box ends."""
    lines, paragraphs = drawn.splitlines(), held.splitlines()
    pairs = [(_bare(line), _bare(paragraph)) for line, paragraph in zip(lines, paragraphs, strict=False)]
    return len(lines) == len(paragraphs) and all(line == whole or (len(line) >= LONG and whole.startswith(line)) for line, whole in pairs)


def _bare(text: str) -> str:
    return DROPPED.sub("", text.translate(ALIKE))


def _drawn(data: bytes) -> dict[str, list[str]]:
    """What PDFium reads in the drawing of each written field, by full name."""
    found: dict[str, list[str]] = {}
    places = list(_places(data))
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        on_page = [(name, rect) for name, at, rect in places if at == number]
        if not on_page:
            continue
        pypdfium2.raw.FPDFPage_Flatten(document[number], pypdfium2.raw.FLAT_NORMALDISPLAY)
        text = document[number].get_textpage()
        for name, (left, bottom, right, top) in on_page:
            found.setdefault(name, []).append(text.get_text_bounded(left=left, bottom=bottom, right=right, top=top))
    return found


def _places(data: bytes) -> Iterator[tuple[str, int, tuple[float, ...]]]:
    """Name, page and rectangle of each widget that is drawn with words."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            for widget in page.get("/Annots", ()):
                if widget.get("/Subtype") == "/Widget" and "/AP" in widget and "/Rect" in widget:
                    x, y = sorted(map(float, widget.Rect[::2])), sorted(map(float, list(widget.Rect)[1::2]))
                    yield _full_name(widget), number, (x[0], y[0], x[1], y[1])


def _full_name(widget: Any) -> str:
    steps: list[str] = []
    for _ in range(DEEPEST):
        if "/T" in widget:
            steps.append(str(widget.T))
        if "/Parent" not in widget:
            break
        widget = widget.Parent
    return ".".join(reversed(steps))
