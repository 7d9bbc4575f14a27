"""A notebook as pages in order: the plan of forms.md §9, and more Notas where texts need them."""

from __future__ import annotations

from app.rendering.fonts import Undrawable, drawable, undrawable
from app.rendering.notebook.closing import Keepsakes, Takeaways
from app.rendering.notebook.covers import Back, Cover
from app.rendering.notebook.days import DayPage
from app.rendering.notebook.flow import BookPage
from app.rendering.notebook.model import Diary, Notebook, Visit
from app.rendering.notebook.notes import Notes, noted
from app.rendering.notebook.opening import Before, Owner
from app.rendering.notebook.sheet import TRIMS

FIXED = 6
"""Cover, owner, before, takeaways, photos, back."""


def planned(days: int) -> int:
    """Pages of a notebook for so many working days: six more, rounded up to whole sheets (8, 12, 16, 20, 24 for 1 to 15 days)."""
    return -(-(FIXED + max(1, days)) // 4) * 4


def arranged(visit: Visit, diary: Diary) -> list[BookPage]:
    """The pages, numbered, every text in its place. They are as many as planned, or four, eight … more if texts need them."""
    days = [DayPage(visit, diary, day) for day in range(len(visit.days))]
    before: list[BookPage] = [Cover(visit), Owner(visit), Before(visit, diary), *days]
    after: list[BookPage] = [Takeaways(visit, diary), Keepsakes(visit, diary), Back(visit, diary)]
    spills = [spill for page in (*before, *after) for spill in page.spills]
    notes = noted(spills, TRIMS[visit.paper], visit.words)
    room = max(planned(len(visit.days)) - len(before) - len(after), len(notes))
    room += -(len(before) + len(after) + room) % 4
    pages = [*before, *notes, *(Notes(visit.words) for _ in range(room - len(notes))), *after]
    for number, page in enumerate(pages, start=1):
        page.folio = number
    return pages


def page_count(book: Notebook) -> int:
    """Pages of this very notebook, texts and all."""
    return len(arranged(book.visit, book.shown))


def check(book: Notebook) -> None:
    """Raises Undrawable, naming whose it is, for a letter no shipped font has."""
    text = "".join(_texts(book))
    if not drawable().issuperset(text):
        raise Undrawable(book.name or book.visit.title, undrawable(text))


def _texts(book: Notebook) -> list[str]:
    diary = book.shown
    own = [book.name, book.number, book.position, book.institution, book.verification, *(_caption(book.cover))]
    days = [text for day in diary.days for text in (day.saw, day.learned, day.at_home, day.voice, day.contact)]
    captions = [photo.caption for day in diary.days for photo in day.photos]
    people = [text for each in diary.contacts for text in (each.name, each.institution, each.email)]
    said = [diary.expectations, diary.questions, diary.starting_point, *diary.learnings, diary.highlight, diary.first_step]
    return [*own, *days, *captions, *people, *said, diary.transfer, diary.thanks]


def visit_texts(visit: Visit) -> list[str]:
    """Every word the notebooks of a visit share."""
    days = [text for day in visit.days for text in (day.date, day.city, *(host.name for host in day.hosts))]
    agenda = [text for row in visit.agenda for text in (row.day, row.hours, row.title)]
    words = [str(text) for text in vars(visit.words).values()]
    return [
        visit.title,
        *visit.countries,
        visit.dates,
        visit.code,
        visit.programme,
        *visit.contact,
        *visit.institutions,
        *days,
        *agenda,
        *words,
    ]


def _caption(cover: object) -> list[str]:
    caption = getattr(cover, "caption", "")
    return [caption] if isinstance(caption, str) else []
