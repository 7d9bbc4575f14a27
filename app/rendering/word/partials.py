"""The Word partial of each block. Short answers stand side by side on the twelve columns, signatures two in a row."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import groupby
from typing import TypeAlias

from app.rendering.word import views
from app.rendering.word.markup import COLUMNS, SHEET, TWELFTH, answer, cell, grid, heading, labelled, packed, paragraph, row, table, words
from forms.blocks import Bars, Block, Heading, Line, Note, Picture, Prose, Rows, SignatureBox, Ticks

Named: TypeAlias = tuple[Block, str]
"""A block and what the template calls its answer."""
FRAME, LOOP = "C9D1D3", "endfor"
UNKEPT = re.compile(r'(<w:pStyle w:val="[^"]+"/>)(?!<w:keepNext/>)')
SIGNATURE, GAP = 5, 1
"""Columns of a signature's box, 72 mm, and of the gap after it."""
SIGNATURE_HEIGHT = 1247
"""22 mm."""


def drawn(blocks: Iterable[Named]) -> str:
    """The blocks of a section, one after another."""
    made: list[str] = []
    for how, together in groupby(blocks, key=lambda named: _beside(named[0])):
        if how == "signature":
            made[-2:] = map(_kept, made[-2:])
        made += _parts(how, together)
    return "".join(made)


def _kept(part: str) -> str:
    """The same, what stands last in it on the same page as what follows: a signature never opens a page alone.

    Nothing of a loop: each of its rows would hold on to the next.
    """
    last = max(part.rfind("<w:tr>"), part.rfind("<w:p>") if "<w:tr>" not in part else 0, part.rfind(LOOP), 0)
    return part[:last] + UNKEPT.sub(r"\1<w:keepNext/>", part[last:])


def _beside(block: Block) -> str:
    """Which blocks share rows with their neighbours."""
    return {Line: "short", Ticks: "short", SignatureBox: "signature"}.get(type(block), "")


def _parts(gathered: str, blocks: Iterator[Named]) -> Iterator[str]:
    if gathered == "short":
        yield table("Cuadricula", SHEET, grid(_short(block, name) for block, name in blocks))
        yield paragraph("Separador")
    elif gathered == "signature":
        yield _signatures([(block.role, name) for block, name in blocks if isinstance(block, SignatureBox)])
    else:
        yield from (partial(block, name) for block, name in blocks)


def _short(block: Block, name: str) -> tuple[int, str, str]:
    """A line takes its span, a sentence is set as one; a list of ticks is told in words over the whole width."""
    span, label = block.span if isinstance(block, Line) else COLUMNS, words(getattr(block, "label", ""))
    if isinstance(block, Line) and block.spoken:
        return span, paragraph("Valor", label, keep=True), paragraph("Valor", answer(name, "Marca"))
    return span, paragraph("Etiqueta", label), paragraph("Valor", answer(name))


@singledispatch
def partial(block: Block, name: str) -> str:
    """The partial of a block that stands alone. Raises TypeError for a block nobody drew yet."""
    raise TypeError(f"no Word partial for {type(block).__name__}")


@partial.register
def _(block: Heading, name: str) -> str:
    return heading(block.label, name)


@partial.register
def _(block: Note, name: str) -> str:
    return "".join(paragraph("Nota", words(text)) for text in block.paragraphs)


@partial.register(Prose)
@partial.register(Picture)
def _(block: Prose | Picture, name: str) -> str:
    """A photo is named: its bytes travel with the record."""
    return paragraph("Separador") + "".join(labelled(block.label, name))


@partial.register
def _(block: Bars, name: str) -> str:
    return views.bars(block.label, name)


@partial.register
def _(block: Rows, name: str) -> str:
    return views.rows(block, name)


def _signatures(boxes: list[tuple[str, str]]) -> str:
    """Boxes to sign, under each who signs and the name."""
    pairs = packed((SIGNATURE + GAP, role, name) for role, name in boxes)
    rows = [each for pair in pairs for each in (_frames(len(pair)), _signers(pair))]
    return paragraph("Separador", keep=True) + table("Cuadricula", SHEET, rows) + paragraph("Separador")


def _frames(count: int) -> str:
    box = cell(SIGNATURE * TWELFTH, paragraph("Celda", keep=True), span=SIGNATURE, border=FRAME) + cell(GAP * TWELFTH)
    return row([box * count, *_filler(count)], least=SIGNATURE_HEIGHT)


def _signers(pair: list[tuple[int, str, str]]) -> str:
    told = [(span, paragraph("CabezaDeTabla", words(role)), paragraph("Celda", answer(name, empty=""))) for span, role, name in pair]
    return row([*(cell(span * TWELFTH, role, name, span=span) for span, role, name in told), *_filler(len(pair))])


def _filler(count: int) -> list[str]:
    left = COLUMNS - count * (SIGNATURE + GAP)
    return [cell(left * TWELFTH, span=left)] if left else []
