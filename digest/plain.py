"""How does foreign text become plain lines that neither break nor hijack a page?

Titles and texts come from anywhere. A line break in a title could forge a heading, an escape
sequence could rewrite a terminal, a bidi control could turn a sentence round, ten thousand
accents on one letter could cover a page. Everything that is shown to people passes here.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

WIDTH = 78
"""Columns of a line; closing punctuation may hang over by two, which still fits a terminal."""

# Persian and the scripts of India are misspelt without these two.
JOINERS = "\u200c\u200d"
# Four marks on one letter occur in honest Hebrew and Tibetan; more are made to smear.
MOST_MARKS = 4
CREDENTIALS = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)
CLOSING = frozenset("、。，．：；！？」』）】〉》〕］｝")


def one_line(text: str) -> str:
    r"""The text as one line that shows what it says and does nothing.

    >>> one_line("Sham\n\nvote \x1b[31mheld\u202e")
    'Sham vote [31mheld'
    """
    if not (text.isascii() and text.isprintable()):
        text = _harmless(text)
    return " ".join(text.split())


def _harmless(text: str) -> str:
    kept = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} or char in JOINERS else 0
        if marks <= MOST_MARKS:
            kept.append(_shown(char, category))
    return "".join(kept)


def _shown(char: str, category: str) -> str:
    if char.isspace():
        return " "
    if category in {"Cs", "Cn"}:
        return "\ufffd"
    if category in {"Cc", "Cf"} and char not in JOINERS:
        return ""
    return char


def address(url: str) -> str:
    """The address in full, with what could break a line in its escaped form.

    A name or password before the host is left out: it is a secret, or poses as a host.

    >>> address("https://economy.example@evil.example/a b")
    'https://evil.example/a%20b'
    """
    url = CREDENTIALS.sub(r"\1", url)
    return "".join(
        char if one_line(char) == char else quote(char, errors="surrogatepass") for char in url
    )


def shortened(text: str, longest: int) -> str:
    """The text, cut after so many characters where it is longer.

    >>> shortened("Statement on the vote", 12)
    'Statement o…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def columns(text: str) -> int:
    """How many columns of a terminal a line takes: two for wide characters, none for marks.

    >>> columns("選挙"), columns("vote")
    (4, 4)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if char in JOINERS or unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, *, indent: str = "", width: int = WIDTH) -> list[str]:
    """The text as indented lines.

    Breaks at spaces that are not no-break ones, and inside words that are wider than a line:
    scripts without spaces, and letters without end.
    """
    room = width - columns(indent)
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= room:
            line = longer
        elif columns(word) > room:
            *full, line = _chopped(longer, room)
            lines += full
        else:
            lines.append(line)
            line = word
    return [indent + line for line in (*lines, line)]


def _chopped(text: str, room: int) -> list[str]:
    parts = []
    part = ""
    used = 0
    for char in text:
        size = _columns(char)
        # No line of Chinese or Japanese begins with closing punctuation.
        if used + size > room + (2 if char in CLOSING else 0):
            parts.append(part.strip())
            part = ""
            used = 0
        part += char
        used += size
    return [*parts, part.strip()]


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "story", "stories"), counted(0, "feed")
    ('1 story', '0 feeds')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
