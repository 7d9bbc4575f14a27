"""The packet as others see it: veraPDF, pikepdf, PDFium; before and after its seal."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from app.rendering.packet import Bound, packet
from app.rendering.preview import page_count
from app.rendering.readback import text_as_heard, text_of_pdf
from app.rendering.seal import sealed
from app.rendering.verify import verified
from tests.rendering import packs, seals
from tests.verapdf import broken_rules

PAPERS = ("A4", "Letter")


@cache
def made(paper: str = "A4") -> Bound:
    return packet(packs.plan(paper))


@cache
def finished(paper: str = "A4") -> bytes:
    return sealed(made(paper).data, seals.sealer("P-256"), seals.REASON, seals.HEAD, seals.AT)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
@pytest.mark.parametrize("paper", PAPERS)
def test_verapdf_accepts_it_before_and_after_its_seal(paper: str, flavour: str) -> None:
    assert broken_rules(made(paper).data, flavour) == []
    assert broken_rules(finished(paper), flavour) == []


def test_building_it_again_gives_the_same_bytes() -> None:
    assert packet(packs.plan()).data == made().data


def test_every_page_says_its_true_number_and_the_viewer_labels_it_so() -> None:
    texts = pages(made().data)
    assert len(texts) == made().pages
    for number, text in enumerate(texts, start=1):
        assert f"página {number} de {made().pages}" in text
    document = pypdfium2.PdfDocument(made().data)
    assert [document.get_page_label(at) for at in range(len(document))] == [str(at) for at in range(1, made().pages + 1)]


def test_each_document_starts_on_an_odd_page_where_the_index_says() -> None:
    texts = pages(made().data)
    assert all(start % 2 for start in made().starts)
    for start, (document, _, _) in zip(made().starts, packs.documents("A4"), strict=False):
        assert document.title in texts[start - 1]
        assert f"{document.imprint.code} " in f"{texts[start - 1]} "
    index = texts[2]
    for title, start in zip((*packs.TITLES, "Carta oficial de invitación"), made().starts, strict=True):
        assert title in index
        assert f" {start} " in f" {index} "


def test_pages_between_are_white_but_for_their_number() -> None:
    white = [text for text in pages(made().data) if len(text) < 60]
    assert white
    assert all(text.startswith(f"{packs.CODE}/P1 · página") for text in white)


def test_records_keep_their_pages_and_their_paper() -> None:
    with pikepdf.open(io.BytesIO(made().data)) as file:
        for start, (_, pdf, _) in zip(made().starts, packs.documents("A4"), strict=False):
            with pikepdf.open(io.BytesIO(pdf)) as source:
                for at, page in enumerate(source.pages):
                    bound = file.pages[start - 1 + at]
                    assert list(bound.MediaBox) == list(page.MediaBox)
                    assert bound.Contents[0].read_raw_bytes() == page.Contents.read_raw_bytes()


def test_the_index_lists_what_is_in_with_its_hash_and_what_is_missing_with_its_reason() -> None:
    index = pages(made().data)[2]
    for chapter in packs.plan().chapters:
        assert chapter.hash[:4] + " " + chapter.hash[4:8] in index
    assert "Anexo VI · Cuaderno de Bitácora Todavía es un borrador." in index


def test_the_outline_has_every_document_and_its_sections() -> None:
    with pikepdf.open(io.BytesIO(made().data)) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["Carátula", "Índice y lista de control", *packs.TITLES, "Carta oficial de invitación", "Constancia de firmas"]
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        for item, start, (document, _, _) in zip(outline.root[2:], made().starts, packs.documents("A4"), strict=False):
            assert numbers[item.destination[0].objgen] == start
            assert [kid.title for kid in item.children] == [f"{each.number}. {each.title}" for each in document.sections]
            places = [numbers[kid.destination[0].objgen] for kid in item.children]
            assert all(one <= other for one, other in pairwise([start, *places]))


def test_each_line_of_the_index_leads_to_its_document() -> None:
    with pikepdf.open(io.BytesIO(made().data)) as file:
        names = file.Root.Names.Dests.Names.as_list()
        spots = {bytes(names[at]): names[at + 1][0].objgen for at in range(0, len(names), 2)}
        targets = [spots[bytes(link.Dest)] for link in file.pages[2].Annots if link.Subtype == "/Link"]
        assert targets == [file.pages[start - 1].obj.objgen for start in made().starts]


def test_it_carries_every_sealed_record_and_the_list_of_their_hashes() -> None:
    with pikepdf.open(io.BytesIO(made().data)) as file:
        held = {name: each.get_file().read_bytes() for name, each in file.attachments.items()}
        kinds = {str(each.AFRelationship) for each in file.Root.AF}
    assert kinds == {"/Source", "/Data"}
    listed = csv.DictReader(io.StringIO(held.pop("MANIFEST.csv").decode("utf-8-sig")))
    told = {line["archivo"]: line["sha256"] for line in listed}
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in held.items()}
    assert [held[f"{packs.CODE}_A{number}.pdf"] for number in (1, 2, 3)] == [done for _, _, done in packs.documents("A4")]


def test_what_is_read_aloud_is_all_of_it_in_order() -> None:
    heard = text_as_heard(made().data)
    places = [heard.index(words) for words in ("Índice y lista de control", *(each.title for each, _, _ in packs.documents("A4")))]
    assert places[0] < places[1] < heard.index("Constancia de firmas")
    for document, pdf, _ in packs.documents("A4"):
        assert "".join(text_as_heard(pdf).split()) in "".join(heard.split()), document.title
    with pikepdf.open(io.BytesIO(made().data)) as file:
        kids = file.Root.StructTreeRoot.K.K
        figures = [
            each for kid in kids for each in kid.get("/K", []) if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert {str(each.Alt) for each in figures} >= {f"Carta oficial de invitación, página {page} de 2" for page in (1, 2)}


def test_it_has_one_place_for_a_seal_and_that_is_its_own() -> None:
    with pikepdf.open(io.BytesIO(made().data)) as file:
        assert len(file.Root.AcroForm.Fields) == 1
        assert [number for number, page in enumerate(file.pages, start=1) if "/Annots" in page][-1] == made().pages
    verdict = verified(finished(), [seals.sealer("P-256").certificates])
    assert verdict.whole
    assert verdict.before == hashlib.sha256(made().data).hexdigest()


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_changed_byte_is_noticed(place: float) -> None:
    data = bytearray(finished())
    data[int(len(data) * place)] ^= 1
    assert not verified(bytes(data), [seals.sealer("P-256").certificates]).whole


def test_a_page_taken_out_by_another_program_is_noticed() -> None:
    with pikepdf.open(io.BytesIO(finished())) as file:
        del file.pages[5]
        out = io.BytesIO()
        file.save(out)
    assert verified(out.getvalue(), [seals.sealer("P-256").certificates]).state == "altered"


def test_equal_fonts_of_its_records_are_in_it_once() -> None:
    plan = packs.plan()
    twice = packet(replace(plan, chapters=plan.chapters[:1] * 6, certificates=()))
    with pikepdf.open(io.BytesIO(twice.data)) as file:
        fonts = [str(each.BaseFont) for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0"]
    assert len(fonts) <= 3 + len(plan.chapters[:1]) * 3


def test_a_packet_of_a_hundred_documents_keeps_its_index_true() -> None:
    plan = packs.plan()
    many = packet(replace(plan, chapters=plan.chapters[:1] * 100))
    texts = pages(many.data)
    assert page_count(many.data) == many.pages
    assert all(plan.chapters[0].code in texts[start - 1] for start in many.starts)
    assert f" {many.starts[-1]} " in " ".join(texts[2 : many.starts[0]])
    assert "Índice y lista de control" in text_of_pdf(many.data)
