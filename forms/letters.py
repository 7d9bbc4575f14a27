"""Which letters an answer may hold: Latin, Greek, Cyrillic and the symbols the shipped fonts draw. Data, so that no font is opened here."""
from __future__ import annotations

import unicodedata

RANGES = """
    20-7e a0-ac ae-2e9 2ec-2ee 2f3 2f7 300-33f 342 345-34f 351-353 357-358 35a 35c-362 370-373 375-377 37a-37d 37f 384-386 388-38a
    38c 38e-3a1 3a3-525 1d00-1d14 1d16-1d23 1d25-1d2e 1d30-1d5b 1d5d-1d6a 1d6f-1d70 1d77-1d79 1d7b 1d7d 1d7f 1d85 1d9b-1dbf
    1dc4-1dc9 1dcd 1e00-1efb 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f70 1f72 1f74 1f76 1f78 1f7a
    1f7c 1f80-1fb4 1fb6-1fba 1fbc-1fbd 1fbf-1fc4 1fc6-1fc8 1fca 1fcc-1fd2 1fd6-1fda 1fdd-1fe2 1fe4-1fea 1fec-1fed 1ff2-1ff4
    1ff6-1ff8 1ffa 1ffc 1ffe 2002-200a 2010-2027 202f-205f 2070-2071 2074-208e 2090-209c 20a0-20b5 20b8-20ba 20bd 20d0-20d1
    20d6-20d7 20db-20dc 20e1 2100-2109 210b-2125 2127-2129 212c-2149 214b 214e 2150-2185 2189 2190-2311 2318-2319 231c-2321
    2324-2328 232b-232c 2373-2375 237a 237d 2387 2394 239b-23ae 23ce-23cf 23e3 23e5 23e8 2422-2423 2460-2469 2500-269c 269e-26b8
    26c0-26c3 26e2 2701-2704 2706-2709 270c-2727 2729-274b 274d 274f-2752 2756 2758-2794 2798-27af 27b1-27be 27c5-27c6 27e0
    27e6-27eb 27f0-28ff 2906-2907 290a-290b 2940-2941 2983-2984 29ce-29d5 29eb 29fa-29fb 2a00-2a02 2a0c-2a1c 2a2f 2a6a-2a6b
    2a7d-2aa0 2aae-2aba 2af9-2afa 2b00-2b1a 2b1f-2b24 2b53-2b54 2c60-2c77 2c79-2c7f 2e18 2e1f 2e22-2e25 2e2e 2e3a-2e3b 2e52
    a644-a647 a64c-a64d a650-a651 a654-a657 a662-a66e a68a-a68d a694-a695 a698-a699 a708-a716 a71b-a71f a722-a72b a730-a741
    a746-a74b a74e-a753 a756-a757 a75a-a75b a764-a767 a779-a787 a789-a78e a790-a791 a7a0-a7aa a7ad-a7ae a7b3 a7b5 a7f2-a7f4
    a7f8-a7ff ab53 ab66-ab67 fb00-fb06
"""
"""Code points in hexadecimal, first-last. No controls, no invisible or right-to-left letters, nothing NFC would change."""


SPANS = tuple((int(span.split("-")[0], 16), int(span.split("-")[-1], 16)) for span in RANGES.split())
ALLOWED = frozenset(chr(point) for first, last in SPANS for point in range(first, last + 1)) | {"\n"}
BLANKS = " \n\u00a0"
"""What is trimmed from the ends of a text."""


def lines(text: str) -> list[str]:
    """The lines of a text. Not str.splitlines, which takes control characters for line breaks and so hides them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def tidy(text: str) -> str:
    """The text as it is stored: NFC, one kind of line break, tabs as blanks, no blanks at its ends. Surrogates are left to `foreign`."""
    broken = "\n".join(lines(text)).replace("\t", " ")
    return unicodedata.normalize("NFC", broken).strip(BLANKS)


def foreign(text: str) -> str:
    """The first letter that may not be stored, or ''."""
    return "" if ALLOWED.issuperset(text) else next(letter for letter in text if letter not in ALLOWED)


def called(letter: str) -> str:
    """A letter as a person can find it in the text: «漢» (U+6F22), or only its number if it cannot be shown."""
    number = f"U+{ord(letter):04X}"
    return f"«{letter}» ({number})" if letter.isprintable() and not unicodedata.combining(letter) else number
