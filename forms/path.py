"""Where an answer is: one path, spelled for HTML, AcroForm and JSON."""
from __future__ import annotations

import re
from dataclasses import dataclass

STEP = re.compile(r"[A-Za-z0-9_]+\Z")
SPELLED = re.compile(r"[A-Za-z0-9_]+(?:[-.][A-Za-z0-9_]+)*\Z")


@dataclass(frozen=True, slots=True, order=True)
class AnswerPath:
    """Keys and row ids from the form down to one answer. No step holds '-' or '.', which keeps both spellings unambiguous."""

    steps: tuple[str, ...] = ()

    def __truediv__(self, step: str) -> AnswerPath:
        """The answer `step` inside this one. Raises ValueError for a step that could not be spelled."""
        if not STEP.match(step):
            raise ValueError(f"not a path step: {step!r}")
        return AnswerPath((*self.steps, step))

    @classmethod
    def read(cls, spelled: str) -> AnswerPath:
        """The path behind either spelling. Raises ValueError if a step is not one."""
        if not SPELLED.match(spelled):
            raise ValueError(f"not a path: {spelled[:80]!r}")
        return cls(tuple(spelled.replace("-", ".").split(".")))

    @property
    def html(self) -> str:
        """`entries-K7Q2M9XB-kind`: names and ids of a page."""
        return "-".join(self.steps)

    @property
    def pdf(self) -> str:
        """`entries.K7Q2M9XB.kind`: AcroForm names, and how a path is stored."""
        return ".".join(self.steps)
