"""Word: a template and plain texts in, a .docx out; deterministic, sandboxed, strict about names."""
from __future__ import annotations

from collections.abc import Mapping

from app.rendering.word.compiled import BadTemplate, compiled
from forms.values import Printed

__all__ = ["BadTemplate", "word"]


def word(template: bytes, texts: Mapping[str, Printed]) -> bytes:
    """The template filled with `texts`, equal bytes for equal arguments. Raises BadTemplate, for a name without a text too.

    What XML cannot carry (C0 controls, lone surrogates) is left out; `readback` says what is missing.
    """
    return compiled(template).filled(texts)
