"""The sheet one prints before a run: folded it reads 1 to 4 if the printer turns on the short edge, and it shows scale and register."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, fields

from app.rendering.imposition import Saddle
from app.rendering.notebook.binding import MOMENT, Binding
from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import Paper
from app.rendering.notebook.sheet import BLACK, HEAD, HELP, NUMERAL, PLAIN, TRIMS
from app.rendering.record.ink import circle
from app.rendering.record.sheet import MM, Style
from forms.values import N_

GIANT = Style(NUMERAL.font, 150, 150, BLACK)
RULER, CROSS = 100, 6 * MM
ARROW = 34 * MM


@dataclass(frozen=True)
class TrialWording:
    """What the sheet says; as it stands, the msgids."""

    title: str = N_("Hoja de prueba")
    print_it: str = N_("Imprima esta hoja por las dos caras, en horizontal, a tamaño real (100 %) y con volteo por el borde corto.")
    fold: str = N_("Dóblela por las marcas: debe leerse 1, 2, 3, 4, con todas las flechas hacia arriba.")
    inside: str = N_("Si esta flecha apunta hacia abajo, la impresora voltea por el borde largo: cámbielo a «borde corto» y repita.")
    ruler: str = N_("Esta línea mide 100 mm. Si mide otra cosa, quite «ajustar a la página».")
    register: str = N_("Mire la hoja a contraluz: las cruces de las dos caras deben coincidir; uno o dos milímetros no molestan.")
    staples: str = N_("En el lomo, las dos marcas dicen dónde va cada grapa.")


def trial_sheet(paper: Paper, words: Callable[[str], str], language: str) -> bytes:
    """The sheet as a PDF of two sides; `words` translates, as `forms.view.Formatter.words` does."""
    told = TrialWording(**{each.name: words(str(each.default)) for each in fields(TrialWording)})
    out, trim = io.BytesIO(), TRIMS[paper]
    binding = Binding(out, Saddle(sheet=paper))
    leaves = [binding.leaf((trim.width, trim.height), number) for number in range(1, 5)]
    for leaf, paragraphs in zip(
        leaves, ((told.print_it, told.fold), (told.inside,), (told.inside,), (told.register, told.staples)), strict=True
    ):
        _page(leaf, paragraphs)
    leaves[0].centred(told.title, HEAD, leaves[0].top, leaves[0].across)
    _ruler(leaves[3], told.ruler)
    binding.bind(leaves, paper)
    binding.close(told.title, language, MOMENT)
    return out.getvalue()


def _page(leaf: Leaf, paragraphs: tuple[str, ...]) -> None:
    """A number and an arrow that point up, and what to look at."""
    middle, top = leaf.width / 2, leaf.top - 14 * MM
    leaf.code.append(
        f"q 0 g {middle:.2f} {top:.2f} m {middle - 9 * MM:.2f} {top - 14 * MM:.2f} l {middle + 9 * MM:.2f} {top - 14 * MM:.2f} l f "
        f"{middle - 3 * MM:.2f} {top - ARROW:.2f} {6 * MM:.2f} {ARROW - 13 * MM:.2f} re f Q"
    )
    leaf.centred(str(leaf.folio), GIANT, top - ARROW - 2 * MM, leaf.across)
    under = leaf.height / 2 - 24 * MM
    for text in paragraphs:
        under = leaf.told(text, PLAIN, leaf.left, under, leaf.across) - 2 * MM
    x = leaf.width - 25 * MM if leaf.odd else 25 * MM
    _cross(leaf, x, 25 * MM)


def _cross(leaf: Leaf, x: float, y: float) -> None:
    """A mark that falls on its like on the other side."""
    leaf.code.append(
        f"q 0 G 0.25 w {x - CROSS:.2f} {y:.2f} m {x + CROSS:.2f} {y:.2f} l {x:.2f} {y - CROSS:.2f} m {x:.2f} {y + CROSS:.2f} l S "
        f"{circle(x, y, CROSS / 2)} S Q"
    )


def _ruler(leaf: Leaf, told: str) -> None:
    """A hundred millimetres."""
    x, y = leaf.left, 48 * MM
    ticks = " ".join(
        f"{x + at * MM:.2f} {y:.2f} m {x + at * MM:.2f} {y + (4 if at % 50 == 0 else 2) * MM:.2f} l" for at in range(0, RULER + 1, 10)
    )
    leaf.code.append(f"q 0 G 0.5 w {x:.2f} {y:.2f} m {x + RULER * MM:.2f} {y:.2f} l {ticks} S Q")
    leaf.told(told, HELP, leaf.left, y - 1 * MM, leaf.across)
