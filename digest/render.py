"""How does a digest look: on paper, in a browser, in a mail?

The templates lay out; every value they print passes ``_shown``, which leaves nothing in it that
could break a line or move a cursor. On paper each line is then wrapped under its own indent, and
addresses are printed whole on lines of their own, however long, so that they can be clicked and
copied. In HTML every value is escaped as well; what bears tags is built in ``markup``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from digest.calendar import day_of, in_words
from digest.compose import Digest, TroubledFeed, cut
from digest.excerpt import Piece
from digest.markup import highlighted, linked, tongue
from digest.plain import address, columns, counted, one_line, shortened, wrap

# Mail is quoted, indented and read on narrow screens; punctuation may hang over by two, up to 72.
COLUMNS = 70
# A title of ten thousand letters is no title; what a person reads of one fits nine lines.
LONGEST_VALUE = 600
# A story with all its tags is longer than this, so no more need be tried to fill a mail.
LEAST_STORY = 250
# What the HTML part of a mail names of feeds in trouble; everything else names all.
MOST_FEEDS = 20
ADDRESS_LINE = re.compile(r" *https?://\S+")


class Whole(str):
    """A value that is printed as it is: harmless already, and never shortened."""

    __slots__ = ()


def subject(digest: Digest) -> str:
    """What the digest holds, in half a line: the topic, the count and the day."""
    title = shortened(one_line(digest.topic.title), 80)
    return f"{title}: {counted(digest.count, 'story', 'stories')}, {_day(digest.now, digest.zone)}"


def render_text(digest: Digest) -> str:
    """The digest as plain text of 72 columns; only addresses may be longer."""
    page = PAPER.get_template("digest.txt").render(digest=digest)
    lines = [line for row in page.split("\n") for line in _laid_out(row)]
    return "\n".join(lines).rstrip("\n") + "\n"


def render_html(digest: Digest) -> str:
    """The whole digest as one HTML page that needs nothing from anywhere."""
    return _page(digest, digest, named=None)


def render_html_part(digest: Digest, *, longest: int) -> str:
    """As many stories as fit into so many bytes of HTML, and how many follow.

    A page is never cut within a story. Feeds in trouble are named as far as one reads on; the
    text and the whole page name all.
    """

    def size(count: int) -> int:
        page = _page(digest, cut(digest, count), named=MOST_FEEDS)
        return len(page.encode())

    counts = range(1, min(digest.count, longest // LEAST_STORY) + 1)
    fitting = bisect_right(counts, longest, key=size)
    return _page(digest, cut(digest, fitting), named=MOST_FEEDS)


def _page(digest: Digest, shown: Digest, *, named: int | None) -> str:
    page = PAPER.get_template("digest.html").render(
        digest=digest,
        sections=shown.sections,
        following=digest.count - shown.count,
        named=named,
    )
    return f"{page}\n"


def _laid_out(row: str) -> list[str]:
    text = row.lstrip(" ")
    if ADDRESS_LINE.fullmatch(row) or not text:
        return [row.rstrip()]
    return wrap(text, indent=row[: len(row) - len(text)], width=COLUMNS)


def _shown(value: object) -> str:
    if isinstance(value, Whole | Markup):
        return value
    return shortened(one_line(str(value)), LONGEST_VALUE)


def _marked(pieces: Sequence[Piece]) -> str:
    return one_line("".join(f"*{piece.text}*" if piece.is_hit else piece.text for piece in pieces))


def _feeds(troubled: Sequence[TroubledFeed], named: int | None = None) -> Whole:
    """All of them, unless told otherwise: who has to mend something must see it."""
    names = [
        one_line(f"{feed.institution} ({feed.feed_id}: {feed.reason})") for feed in troubled[:named]
    ]
    if len(names) < len(troubled):
        names.append(f"{len(troubled) - len(names):,} more")
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
        "highlighted": partial(highlighted, longest=LONGEST_VALUE),
        "linked": linked,
        "marked": _marked,
        "subject": subject,
        "tongue": tongue,
        "underline": lambda text: "-" * columns(_shown(text)),
        "whole": lambda url: Whole(address(url)),
    }
    return paper


PAPER = _paper()
