"""Updates after the seal: the sealed bytes stay as they are and more come after them, as other programs would write them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from tests.hostile.tampering import Case, way

Update = Callable[[IncrementalPdfFileWriter], None]
OVERLAY = b"q 1 0 0 rg 100 600 300 60 re f Q"


def update(name: str) -> Callable[[Update], Update]:
    """Registers an update by what it changes."""

    def register(work: Update) -> Update:
        @way(f"update: {name}")
        def updated(case: Case) -> bytes:
            writer = IncrementalPdfFileWriter(io.BytesIO(case.sealed))
            work(writer)
            out = io.BytesIO()
            writer.write(out)
            assert out.getvalue().startswith(case.sealed)
            return out.getvalue()

        return work

    return register



def page_of(writer: IncrementalPdfFileWriter, number: int = 0) -> Any:
    return writer.find_page_for_modification(number)[0].get_object()


def stream(writer: IncrementalPdfFileWriter, data: bytes, **entries: Any) -> Any:
    made = generic.StreamObject({pdf_name(f"/{key}"): value for key, value in entries.items()}, stream_data=data)
    return writer.add_object(made)


def text(value: str) -> generic.TextStringObject:
    return generic.TextStringObject(value)


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.FloatObject, values))


def changed(writer: IncrementalPdfFileWriter, container: Any, key: str, value: Any) -> None:
    container[pdf_name(key)] = value
    writer.update_container(container)


@update("nothing at all")
def _(writer: IncrementalPdfFileWriter) -> None:
    writer.update_root()


@update("a note on a page")
def _(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/Text"), "/Rect": numbers(50, 700, 70, 720), "/Contents": text("nota")}
    page[pdf_name("/Annots")] = generic.ArrayObject(
        [writer.add_object(generic.DictionaryObject({pdf_name(key): value for key, value in note.items()}))]
    )
    writer.update_container(page)


@update("a box drawn over the text")
def _(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    changed(writer, page, "/Contents", generic.ArrayObject([page.raw_get("/Contents"), stream(writer, OVERLAY)]))


@update("the content of a page replaced")
def _(writer: IncrementalPdfFileWriter) -> None:
    changed(writer, page_of(writer), "/Contents", stream(writer, OVERLAY))


@update("a page put in")
def _(writer: IncrementalPdfFileWriter) -> None:
    writer.insert_page(PageObject(contents=stream(writer, OVERLAY), media_box=numbers(0, 0, 595, 842)))


@update("a page taken out")
def _(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    changed(writer, pages, "/Kids", generic.ArrayObject([pages["/Kids"].raw_get(at) for at in range(1, len(pages["/Kids"]))]))
    changed(writer, pages, "/Count", generic.NumberObject(len(pages["/Kids"])))


@update("pages in another order")
def _(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    kids = [pages["/Kids"].raw_get(at) for at in range(len(pages["/Kids"]))]
    changed(writer, pages, "/Kids", generic.ArrayObject(kids[::-1]))


@update("a page turned and cropped")
def _(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    changed(writer, page, "/Rotate", generic.NumberObject(180))
    changed(writer, page, "/CropBox", numbers(0, 0, 200, 200))


@update("a script that runs on opening")
def _(writer: IncrementalPdfFileWriter) -> None:
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): text("app.alert(1)")}
    changed(writer, writer.root, "/OpenAction", generic.DictionaryObject(action))


@update("another language")
def _(writer: IncrementalPdfFileWriter) -> None:
    changed(writer, writer.root, "/Lang", text("en"))


@update("another title")
def _(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(generic.DictionaryObject({pdf_name("/Title"): text("Otro título")}))


@update("other metadata")
def _(writer: IncrementalPdfFileWriter) -> None:
    old = writer.root["/Metadata"].data
    entries = {"Type": pdf_name("/Metadata"), "Subtype": pdf_name("/XML")}
    changed(writer, writer.root, "/Metadata", stream(writer, old.replace(b"Informe", b"Inferme"), **entries))


@update("the attached answers replaced")
def _(writer: IncrementalPdfFileWriter) -> None:
    attached = writer.root["/AF"][0]
    fresh = stream(writer, b'{"answers": {}}', Type=pdf_name("/EmbeddedFile"))
    changed(writer, attached["/EF"], "/F", fresh)
    changed(writer, attached["/EF"], "/UF", fresh)


@update("another file attached")
def _(writer: IncrementalPdfFileWriter) -> None:
    spec = {pdf_name("/Type"): pdf_name("/Filespec"), pdf_name("/F"): text("b.json")}
    spec[pdf_name("/EF")] = generic.DictionaryObject({pdf_name("/F"): stream(writer, b"{}", Type=pdf_name("/EmbeddedFile"))})
    writer.root["/AF"].append(writer.add_object(generic.DictionaryObject(spec)))
    writer.update_container(writer.root["/AF"])


@update("another outline")
def _(writer: IncrementalPdfFileWriter) -> None:
    changed(writer, writer.root["/Outlines"]["/First"], "/Title", text("Otra sección"))


@update("a hidden layer")
def _(writer: IncrementalPdfFileWriter) -> None:
    layer = writer.add_object(generic.DictionaryObject({pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): text("capa")}))
    groups = {pdf_name("/OCGs"): generic.ArrayObject([layer])}
    groups[pdf_name("/D")] = generic.DictionaryObject({pdf_name("/OFF"): generic.ArrayObject([layer])})
    changed(writer, writer.root, "/OCProperties", generic.DictionaryObject(groups))


@update("letters that read as others")
def _(writer: IncrementalPdfFileWriter) -> None:
    fonts = page_of(writer)["/Resources"]["/Font"]
    changed(writer, fonts[sorted(fonts)[0]], "/ToUnicode", stream(writer, b"/CMapName /Other def"))


@update("a font swapped for another")
def _(writer: IncrementalPdfFileWriter) -> None:
    fonts = page_of(writer)["/Resources"]["/Font"]
    first, second = sorted(fonts)[:2]
    changed(writer, fonts, first, fonts.raw_get(second))


@update("what is read aloud changed")
def _(writer: IncrementalPdfFileWriter) -> None:
    changed(writer, writer.root["/StructTreeRoot"]["/K"], "/ActualText", text("otra cosa"))


@update("rights that say nothing may change")
def _(writer: IncrementalPdfFileWriter) -> None:
    perms = generic.DictionaryObject({pdf_name("/DocMDP"): writer.root["/AcroForm"]["/Fields"][0].raw_get("/V")})
    changed(writer, writer.root, "/Perms", perms)


@update("a form field added and filled")
def _(writer: IncrementalPdfFileWriter) -> None:
    entries = {"/FT": pdf_name("/Tx"), "/T": text("alergia"), "/V": text("ninguna"), "/Rect": numbers(50, 500, 200, 520)}
    made = generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(made))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


@update("the seal drawn anew")
def _(writer: IncrementalPdfFileWriter) -> None:
    look = stream(writer, OVERLAY, Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=numbers(0, 0, 400, 10))
    changed(writer, writer.root["/AcroForm"]["/Fields"][0], "/AP", generic.DictionaryObject({pdf_name("/N"): look}))


@update("the seal taken out of its field")
def _(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    del field["/V"]
    writer.update_container(field)


@update("the form taken away")
def _(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


@update("validation data by others")
def _(writer: IncrementalPdfFileWriter) -> None:
    changed(writer, writer.root, "/DSS", generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject()}))
