"""How many parts a post may have: as many as the largest form sends when it is full, and half as many again."""
from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from app.i18n import formatter
from forms.blocks import Asked, Box, BoxRows
from forms.path import AnswerPath
from forms.spec import Form
from forms.view import Reading

AROUND = 10
"""Inputs beside the answers: token, key, revision, button."""


def most_parts(forms: Iterable[Form]) -> int:
    """The limit for these forms."""
    return max((AROUND + _parts(form) for form in forms), default=AROUND) * 3 // 2


@cache
def _parts(form: Form) -> int:
    at = Reading(formatter("es"), lambda table: {})
    return sum(_inputs(box) for kind in form.kinds if kind.stored for box in kind.boxes(AnswerPath((kind.key,)), kind.sample(True), at))


def _inputs(asked: Asked) -> int:
    """What a question sends: one value for each input or tick; a row also says its id, a list of ticks that it was asked."""
    if isinstance(asked, BoxRows):
        return sum(1 + sum(map(_inputs, row.boxes)) for row in asked.rows)
    if not isinstance(asked, Box):
        return 0
    return len(asked.steps) or (1 + len(asked.options) if asked.type in ("checks", "radio") else 1)
