"""The «Cuaderno de Bitácora» (forms.md §9): plain values to the pages of a little book, in reading order or imposed on sheets."""

from __future__ import annotations

from app.rendering.notebook.binding import BadPhoto
from app.rendering.notebook.book import page_count, planned
from app.rendering.notebook.model import AgendaRow, Contact, Day, DayEntry, Diary, Host, Mode, Notebook, Paper, Photo, Publish, Visit
from app.rendering.notebook.press import Made, Press, pressing
from app.rendering.notebook.volume import Piece, Volume, volume
from app.rendering.notebook.wording import Wording, worded

__all__ = [
    "AgendaRow",
    "BadPhoto",
    "Contact",
    "Day",
    "DayEntry",
    "Diary",
    "Host",
    "Made",
    "Mode",
    "Notebook",
    "Paper",
    "Photo",
    "Piece",
    "Press",
    "Publish",
    "Visit",
    "Volume",
    "Wording",
    "page_count",
    "planned",
    "pressing",
    "volume",
    "worded",
]
