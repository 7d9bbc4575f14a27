"""A packet: cover, index, signed records, who signed; one file for the archive, with an empty place for the seal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pikepdf

from app.rendering.fonts import BOLD
from app.rendering.packet import sheets, tables
from app.rendering.packet.binding import Binding
from app.rendering.packet.plan import Attached, Bound, Certificate, Chapter, Figure, Missing, Plan, Wording
from app.rendering.packet.sheets import Order, Sheets

MANIFEST = "MANIFEST.csv"


def packet(plan: Plan) -> Bound:
    """The whole packet up to the seal: PDF/UA-1 and PDF/A-3a if the records are; equal plans give equal bytes.

    Records are bound as they are, each on an odd page, every page with its true number. Raises ValueError for a record not made here.
    """
    with ExitStack() as opened:
        records = [opened.enter_context(pikepdf.open(io.BytesIO(each.record))) if each.record else None for each in plan.chapters]
        index, certificates = sheets.lengths_of_tables(plan)
        lengths = tuple(len(record.pages) if record else len(each.figures) for record, each in zip(records, plan.chapters, strict=True))
        order = sheets.ordered(index, lengths, certificates)
        own = sheets.drawn(plan, order)
        return Bound(_bound(plan, order, own, records), order.pages, order.starts)


def _bound(plan: Plan, order: Order, own: Sheets, records: list[pikepdf.Pdf | None]) -> bytes:
    binding = Binding.of(sheets.written(own, order))
    drawn = [page.obj for page in binding.file.pages]
    placed: dict[int, Any] = dict(zip(own.shown, drawn, strict=True))
    cover, index, *rest = binding.file.Root.StructTreeRoot.K.K.as_list()
    font = drawn[0].Resources.Font[f"/{own.resources.fonts[BOLD]}"]
    spoken, entries = [cover, index], [(plan.wording.cover, placed[1], None), (plan.wording.contents, placed[3], None)]
    folio = plan.wording.folio.replace("{code}", plan.imprint.code)
    for chapter, start, record in zip(plan.chapters, order.starts, records, strict=True):
        outline = None
        if record is not None:
            pages, element, outline = binding.add(record)
            placed.update(enumerate(pages, start=start))
            binding.stamp(pages, start, folio, order.pages, font)
            spoken.append(_part(element, chapter))
        else:
            spoken.append(rest.pop(0))
        entries.append((chapter.title, placed[start], outline))
    for white in order.whites:
        binding.stamp([placed[white]], white, folio, order.pages, font)
    entries.append((plan.wording.certificate, placed[order.certificate], None))
    binding.structure([*spoken, *rest])
    binding.pages([placed[number] for number in range(1, order.pages + 1)])
    binding.outline(entries)
    targets = [(tables.target(number), placed[start]) for number, start in enumerate(order.starts)]
    binding.names(targets, list(_attached(plan, order)), plan.imprint.moment)
    return binding.saved()


def _part(element: Any, chapter: Chapter) -> Any:
    element.S, element.T = pikepdf.Name.Part, pikepdf.String(chapter.title)
    return element


def _attached(plan: Plan, order: Order) -> Iterator[Attached]:
    """Every record or file bound, and the list of their hashes."""
    yield from (chapter.attached for chapter in plan.chapters if chapter.attached)
    yield Attached(MANIFEST, _manifest(plan, order), "text/csv", plan.wording.manifest)


def _manifest(plan: Plan, order: Order) -> bytes:
    """A line for each chapter: file, document, version, first page in the packet, SHA-256."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["archivo", "documento", "version", "pagina", "sha256"])
    for chapter, start in zip(plan.chapters, order.starts, strict=True):
        name = chapter.attached.name if chapter.attached else ""
        writer.writerow([name, chapter.code or chapter.title, chapter.version, start, chapter.hash])
    return out.getvalue().encode("utf-8-sig")


__all__ = ["Attached", "Bound", "Certificate", "Chapter", "Figure", "Missing", "Plan", "Wording", "packet"]
