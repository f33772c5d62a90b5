"""How does a digest look on paper?

The template lays out; every value it prints passes ``_shown``, which leaves nothing in it that
could break a line or move a cursor; then each line is wrapped under its own indent. Addresses
are printed whole on lines of their own, however long, so that they can be clicked and copied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from digest.calendar import day_of, in_words
from digest.compose import Digest, TroubledFeed
from digest.excerpt import Piece
from digest.plain import address, columns, counted, one_line, shortened, wrap

# A title of ten thousand letters is no title; what a person reads of one fits eight lines.
LONGEST_VALUE = 600
ADDRESS_LINE = re.compile(r" *https?://\S+")


class Whole(str):
    """A value that is printed as it is: harmless already, and never shortened."""

    __slots__ = ()


def render_text(digest: Digest) -> str:
    """The digest as plain text of 80 columns; only addresses may be longer."""
    page = PAPER.get_template("digest.txt").render(digest=digest)
    lines = [line for row in page.split("\n") for line in _laid_out(row)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _laid_out(row: str) -> list[str]:
    text = row.lstrip(" ")
    if ADDRESS_LINE.fullmatch(row) or not text:
        return [row.rstrip()]
    return wrap(text, indent=row[: len(row) - len(text)])


def _shown(value: object) -> str:
    return value if isinstance(value, Whole) else shortened(one_line(str(value)), LONGEST_VALUE)


def _marked(pieces: Sequence[Piece]) -> str:
    return one_line("".join(f"*{piece.text}*" if piece.is_hit else piece.text for piece in pieces))


def _feeds(troubled: Sequence[TroubledFeed]) -> Whole:
    """All of them: the list is shortened for nobody who has to mend what stands in it."""
    names = (one_line(f"{feed.institution} ({feed.feed_id}: {feed.reason})") for feed in troubled)
    return Whole("; ".join(names) or "none")


def _day(at: datetime, zone: tzinfo) -> str:
    return in_words(day_of(at, zone))


def _paper() -> Environment:
    paper = Environment(
        loader=PackageLoader("digest"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    paper.filters |= {
        "counted": counted,
        "day": _day,
        "feeds": _feeds,
        "marked": _marked,
        "underline": lambda text: "-" * columns(_shown(text)),
        "whole": lambda url: Whole(address(url)),
    }
    return paper


PAPER = _paper()
