"""Catalogues of wording: `update` brings them up to date with the code, `check` says what is missing.

Spanish is the source (the msgid). Two domains: messages (interface, from app/) and forms (official wording, from forms/).
"""

import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "app" / "translations"
LOCALES = ("pt_BR", "en")
SOURCES = {"messages": "app", "forms": "forms"}
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "C_": ((1, "c"), 2)}
"""As Babel spells them: the first argument of `C_` is the context."""

HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@dataclass(frozen=True)
class Fault:
    """One thing a catalogue lacks, with the msgid it concerns."""

    file: Path
    msgid: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}: {self.reason}: {self.msgid}"


def extracted(domain: str) -> Catalog:
    """Every msgid of the domain, with the files that use it (no line numbers: they only make noise)."""
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    catalog = Catalog()
    folder = SOURCES[domain]
    for name, _line, msgid, comments, context in extract_from_dir(
        ROOT / folder, methods, options, keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
    ):
        catalog.add(msgid, locations=[(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def path_of(locale: str, domain: str) -> Path:
    """Where the catalogue of a domain stands."""
    return TRANSLATIONS / locale / "LC_MESSAGES" / f"{domain}.po"


def read(locale: str, domain: str) -> Catalog:
    """The catalogue as it stands; empty when there is none yet."""
    path = path_of(locale, domain)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def wording(catalog: Catalog) -> Iterator[Message]:
    """The messages, without the header."""
    return (message for message in catalog if message.id)


def places(text: str) -> set[str]:
    """Names in braces, the places a sentence is filled in at; raises ValueError if the braces do not pair."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def fault_of(message: Message, translated: Message | None) -> str | None:
    """What is wrong with one translation, None when nothing is."""
    text = str(translated.string) if translated else ""
    if translated is None or not text.strip():
        return "not translated"
    if translated.fuzzy:
        return "marked fuzzy"
    if places(text) != places(str(message.id)):
        return f"places differ ({text})"
    if text.strip() != text and str(message.id).strip() == message.id:
        return f"blanks at the edges ({text})"
    return None


def faults(locale: str, domain: str) -> Iterator[Fault]:
    """What is missing, fuzzy, empty, obsolete or filled in differently in one catalogue."""
    path, catalog, source = path_of(locale, domain), read(locale, domain), extracted(domain)
    for message in wording(source):
        reason = fault_of(message, catalog.get(message.id, message.context))
        if reason:
            yield Fault(path, str(message.id), reason)
    stale = [message for message in wording(catalog) if source.get(message.id, message.context) is None]
    for message in [*stale, *catalog.obsolete.values()]:
        yield Fault(path, str(message.id), "no longer in the code")


def update(locale: str, domain: str) -> None:
    """Write the catalogue with today's msgids, keeping the translations that still apply."""
    source, old = extracted(domain), read(locale, domain)
    for message in wording(source):
        known = old.get(message.id, message.context)
        message.string = known.string if known else ""
        message.flags = set()
    body = BytesIO()
    write_po(body, source, width=120, omit_header=True, sort_by_file=True, include_lineno=False)
    path = path_of(locale, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(locale=locale) + body.getvalue().decode(), encoding="utf-8")


def main(verb: str) -> int:
    """Exit code 0 when nothing is missing; `update` also says what now waits for a translator."""
    every = [(locale, domain) for locale in LOCALES for domain in SOURCES]
    if verb == "update":
        for locale, domain in every:
            update(locale, domain)
    found = [fault for locale, domain in every for fault in faults(locale, domain)]
    for fault in found:
        print(fault)
    return 1 if found and verb == "check" else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["check"], ["update"]):
        sys.exit("usage: catalogues.py check | update")
    sys.exit(main(sys.argv[1]))
