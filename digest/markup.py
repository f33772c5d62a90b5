"""How does foreign text become HTML that shows what it says and does nothing?

Every value that a template prints is made plain first and escaped by the template; only what is
built here comes with tags of its own. Links go to web addresses and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from digest.excerpt import Piece
from digest.languages import is_written_leftwards
from digest.plain import address, one_line, shortened
from domain.urls import is_web_address

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Bold and underlined by tag and style: many mail readers drop the colour, some the style.
MARKED = Markup("<b><mark>{}</mark></b>")
SEGMENT = re.compile(r"(?<=[^:/]/)(?=[^/])")
BREAK = Markup("<wbr>")
LINK = Markup('<a href="{}" rel="noreferrer">{}</a>')


def highlighted(pieces: Sequence[Piece], longest: int) -> Markup:
    """A passage with its matched words marked, cut after so many letters.

    >>> highlighted([Piece(text="Sham", is_hit=True), Piece(text=" & vote", is_hit=False)], 99)
    Markup('<b><mark>Sham</mark></b> &amp; vote')
    """
    parts = []
    room = longest
    for piece in pieces:
        text = _inner(piece.text)
        shown = shortened(text, max(room, 1))
        parts.append(MARKED.format(shown) if piece.is_hit else escape(shown))
        room -= len(text)
        if room < 0:
            break
    return Markup("").join(parts).strip()


def _inner(text: str) -> str:
    """The text as one line, with the space at its ends that parts it from its neighbours."""
    return one_line(f"|{text}|")[1:-1]


def linked(url: str, shown: str | None = None) -> Markup:
    """A link to a web address, under its own name or another; any other address as mere text.

    >>> linked("javascript:alert(1)")
    Markup('javascript:alert(1)')
    """
    clean = address(url)
    inside = _breakable(clean) if shown is None else shown
    return LINK.format(clean, inside) if is_web_address(clean) else escape(inside)


def _breakable(url: str) -> Markup:
    """The address, which narrow screens break after a slash rather than within a word."""
    return BREAK.join(SEGMENT.split(url))


def tongue(language: str | None) -> Markup:
    """The attributes of a passage in a language: which one it is, and which way it runs.

    >>> tongue("ar"), tongue(None)
    (Markup('lang="ar" dir="rtl"'), Markup('lang="" dir="auto"'))
    """
    if not language or not LANGUAGE_TAG.fullmatch(language):
        return Markup('lang="" dir="auto"')
    direction = "rtl" if is_written_leftwards(language) else "ltr"
    return Markup('lang="{}" dir="{}"').format(language, direction)
