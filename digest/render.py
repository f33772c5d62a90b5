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

from digest.calendar import day_of, in_words, to_the_minute
from digest.edition import Digest, TroubledFeed, cut
from digest.excerpt import Piece, Reason
from digest.markup import highlighted, linked, tongue
from digest.plain import address, columns, counted, one_line, shortened, wrap
from domain.actors import is_body, is_state
from domain.topic import Topic

# Mail is quoted, indented and read on narrow screens; punctuation may hang over by two, up to 72.
COLUMNS = 70
# A title of ten thousand letters is no title; what a person reads of one fits nine lines.
LONGEST_VALUE = 600
# A story with all its tags is longer than this, so no more need be tried to fill a mail.
LEAST_STORY = 200
# What the HTML part of a mail names of feeds in trouble; everything else names all.
MOST_FEEDS = 20
# None comes from outside, for foreign text loses all of its own; none is left in the text.
FIRM_SPACE = "\N{NO-BREAK SPACE}"
OWN_STAR = "\N{ASTERISK OPERATOR}"
# The code of bodies that have none of their own.
SOME_BODY = "INT"
ADDRESS_LINE = re.compile(r" *https?://\S+")


class Whole(str):
    """A value that is printed as it is: harmless already, and never shortened."""

    __slots__ = ()


def subject(digest: Digest) -> str:
    """What the digest holds, in half a line: the topic, the count and the day."""
    return f"{_summary(digest)}, {_day(digest.now, digest.zone)}"


def render_text(digest: Digest) -> str:
    """The digest as plain text of 72 columns; only addresses may be longer."""
    return _printed("digest.txt", digest=digest)


def render_alert(digest: Digest, *, heading: str) -> str:
    """What is told at once, as plain text; an empty heading counts the stories."""
    return _printed("alert.txt", digest=digest, heading=heading)


def _printed(template: str, **values: object) -> str:
    page = PAPER.get_template(template).render(values)
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

    def size(length: int) -> int:
        page = _page(digest, cut(digest, length), named=MOST_FEEDS)
        return len(page.encode())

    lengths = range(1, min(digest.length, longest // LEAST_STORY) + 1)
    fitting = bisect_right(lengths, longest, key=size)
    return _page(digest, cut(digest, fitting), named=MOST_FEEDS)


def _page(digest: Digest, shown: Digest, *, named: int | None) -> str:
    page = PAPER.get_template("digest.html").render(
        digest=digest,
        chapters=shown.chapters,
        following=digest.length - shown.length,
        named=named,
    )
    return f"{page}\n"


def _laid_out(row: str) -> list[str]:
    text = row.lstrip(" ")
    if ADDRESS_LINE.fullmatch(row) or not text:
        return [row.rstrip()]
    # A dot stays with what follows it: no line ends in one.
    text = text.replace("· ", f"·{FIRM_SPACE}")
    lines = wrap(text, indent=row[: len(row) - len(text)], width=COLUMNS)
    return [line.replace(FIRM_SPACE, " ") for line in lines]


def _shown(value: object) -> str:
    if isinstance(value, Whole | Markup):
        return value
    return shortened(one_line(str(value)), LONGEST_VALUE)


def _summary(digest: Digest) -> str:
    with_news = [chapter for chapter in digest.chapters if chapter.length]
    topics = [chapter.topic for chapter in with_news or digest.chapters]
    title = shortened(one_line(_titles(topics)), 80) or "No topic"
    return f"{title}: {counted(digest.count, 'story', 'stories')}"


def _headline(digest: Digest) -> Whole:
    states = sum(map(is_state, digest.codes))
    bodies = sum(map(_is_body, digest.codes))
    whence = [counted(states, "country", "countries")] if states else []
    whence += [counted(bodies, "international body", "international bodies")] if bodies else []
    line = " from ".join([_summary(digest), *filter(None, [" and ".join(whence)])])
    # A number stays with what it counts.
    return Whole(re.sub(r"(?<=\d) ", FIRM_SPACE, line))


def _is_body(code: str) -> bool:
    return is_body(code) or code == SOME_BODY


def _titles(topics: Sequence[Topic]) -> str:
    titles = [topic.title for topic in topics]
    return " and ".join(filter(None, [", ".join(titles[:-1]), *titles[-1:]]))


def _marked(pieces: Sequence[Piece]) -> str:
    """The passage with its matched words between stars; a star of its own would pass for one."""
    words = [(piece.text.replace("*", OWN_STAR), piece.is_hit) for piece in pieces]
    return one_line("".join(f"*{text}*" if is_hit else text for text, is_hit in words))


def _plain(pieces: Sequence[Piece]) -> str:
    return one_line("".join(piece.text for piece in pieces))


def _feeds(troubled: Sequence[TroubledFeed], named: int | None = None) -> Whole:
    """All of them, unless told otherwise: who has to mend something must see it."""
    names = [
        one_line(f"{feed.institution} ({feed.feed_id}: {feed.reason})") for feed in troubled[:named]
    ]
    if len(names) < len(troubled):
        names.append(f"{len(troubled) - len(names):,} more")
    return Whole("; ".join(names) or "none")


def _unbroken(text: str) -> Whole:
    """What is read at one glance, and so stands in one line."""
    return Whole(one_line(text).replace(" ", FIRM_SPACE))


def _where(reason: Reason) -> Whole:
    return _unbroken(f"({reason.language}, {reason.passage})")


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
        "day": lambda at, zone: _unbroken(_day(at, zone)),
        "feeds": _feeds,
        "headline": _headline,
        "highlighted": partial(highlighted, longest=LONGEST_VALUE),
        "linked": linked,
        "marked": _marked,
        "minute": to_the_minute,
        "plain": _plain,
        "subject": subject,
        "titles": _titles,
        "tongue": tongue,
        "unbroken": _unbroken,
        "underline": lambda text, by: by * columns(_shown(text)),
        "where": _where,
        "whole": lambda url: Whole(address(url)),
    }
    return paper


PAPER = _paper()
