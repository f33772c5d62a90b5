"""How does a draft of a source's file read? As a person would have begun it.

A draft says where each thing comes from, passes `sources check` as it is, and claims nothing: its
trust is ``unverified``, and what could not be known is marked to be corrected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.actors import BODIES, STATES
from domain.source import FeedKind

PLAIN = re.compile(r"[^\W\d_][\w .,()’/&+-]*(?<! )")
PLAIN_ADDRESS = re.compile(r"https?://[\w.~:/?&=%+@!$*()-]*[\w/=]", re.ASCII)
# Words that our files read as something else than text.
WORDS = frozenset({"true", "false", "null"})
# Names that many kinds of sites have, whatever country their two letters stand for.
OPEN_TO_ALL = frozenset("ai cc co fm io me sh to tv ws".split())
UNTOLD = frozenset(
    "www gov gob gouv gov go govt gub mil com org net int edu ac co eu europa web".split()
)
UNKNOWN_COUNTRY = "XX"
LONGEST_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFeed:
    """A feed as a draft declares it."""

    kind: FeedKind
    url: str
    language: str | None
    """Where it differs from the source's."""
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A source as far as it is known."""

    name: str
    home: str
    country: str
    country_remark: str
    language: str
    language_remark: str
    feeds: tuple[DraftFeed, ...]
    remarks: tuple[str, ...] = ()
    """Comments at the end of the file."""
    number: int = 1
    """Sets it apart from others that would have the same id."""

    @property
    def id(self) -> str:
        """The stem of its file, after its country and its host."""
        labels = (urlsplit(self.home).hostname or "").split(".")
        known = [label for label in labels[:-1] if label != "www"] or labels
        telling = [label for label in known if label not in UNTOLD] or known
        word = re.sub(r"[^a-z0-9]+", "_", telling[0].lower()).strip("_") or "site"
        number = f"_{self.number}" if self.number > 1 else ""
        return f"{folder_of(self.country)}_{word[:LONGEST_ID]}{number}"

    @property
    def file(self) -> str:
        """Where it belongs in a configuration folder."""
        return f"sources/{folder_of(self.country)}/{self.id}.yaml"


def country_of(url: str) -> str:
    """The state whose name the address ends in; XX where it ends in none.

    >>> country_of("https://www.gov.pl/diplomacy"), country_of("https://news.example/")
    ('PL', 'XX')
    """
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    code = {"uk": "GB", "eu": "EU", "int": "INT"}.get(ending, ending.upper())
    is_known = code in STATES or code in {"EU", "INT"}
    return code if is_known and ending not in OPEN_TO_ALL else UNKNOWN_COUNTRY


def folder_of(country: str) -> str:
    """The folder of a source: its country's, its union's, or that of all bodies."""
    if country in BODIES and country != "EU":
        return "int"
    return country.lower() if re.fullmatch("[A-Z]{2,3}", country) else "int"


def written(draft: Draft) -> str:
    """The draft as a file."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield f"# {draft.file}"
    yield f"name: {value(draft.name)}"
    yield f"home: {address(draft.home)}"
    yield f"country: {draft.country}{_comment(draft.country_remark)}"
    yield f"language: {value(draft.language)}{_comment(draft.language_remark)}"
    yield "trust: unverified"
    yield "feeds:"
    for name, feed in zip(feed_names(draft.feeds), draft.feeds, strict=True):
        yield f"  # {_on_one_line(feed.remark)}"
        yield f"  - name: {name}"
        yield f"    kind: {feed.kind}"
        yield f"    url: {address(feed.url)}"
        if feed.kind is FeedKind.LISTING:
            yield "    listing: auto"
        if feed.kind is FeedKind.SITEMAP:
            yield "    pages: all"
        if feed.language:
            yield f"    language: {value(feed.language)}"
    yield from (f"# {_on_one_line(remark)}" for remark in draft.remarks)


def feed_names(feeds: Iterable[DraftFeed]) -> list[str]:
    """A name for each feed, after what its address calls it; each of them once."""
    names: list[str] = []
    for feed in feeds:
        word = feed.language or _word(feed.url)
        while word in names:
            stem, _, number = word.partition("-")
            word = f"{stem}-{int(number) + 1 if number.isdecimal() else 2}"
        names.append(word)
    return names


def _word(url: str) -> str:
    """The last part of an address that says what is listed there."""
    parts = urlsplit(url).path.lower().split("/")
    words = [re.sub(r"\.\w+$", "", part) for part in parts]
    telling = [
        word
        for word in words
        if re.fullmatch(r"[a-z][a-z_]{3,19}", word) and not re.search("rss|feed|atom|index", word)
    ]
    return telling[-1] if telling else "news"


def value(text: str) -> str:
    """A text as a value of our files: plain where nothing in it could be misread."""
    text = _on_one_line(text)
    is_plain = PLAIN.fullmatch(text) and text.lower() not in WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def address(url: str) -> str:
    """An address as a value of our files."""
    return url if PLAIN_ADDRESS.fullmatch(url) else json.dumps(_on_one_line(url))


def _comment(remark: str) -> str:
    return f"  # {_on_one_line(remark)}" if remark else ""


def _on_one_line(text: str) -> str:
    """Foreign text that can neither end a line nor hide in one."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
