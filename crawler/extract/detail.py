"""Which release does an API hold, that is asked for each entry by itself?"""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote, urlsplit

from crawler.extract.dates import read_date
from crawler.extract.errors import WithoutText, WithoutTitle
from crawler.extract.json_paths import PLACEHOLDER, line_at, read_json, text_at
from crawler.extract.metadata import language_code
from crawler.page import Page, original_of
from domain.release import Entry, Release, Witness
from domain.source import DetailRecipe, Feed
from domain.urls import canonical_url

T = TypeVar("T")


def asked_url(entry: Entry, feed: Feed) -> str:
    """The address at which an entry's release is to be had: its page, unless an API has it."""
    if feed.api is None or feed.api.detail is None:
        return entry.url
    address = feed.api.detail.url
    # An address that begins with the entry's own takes it as it is.
    own = entry.url if address.startswith("{url}") else quote(entry.url, safe="")
    known = {"id": quote(entry.key), "path": urlsplit(entry.url).path, "url": own}
    return PLACEHOLDER.sub(lambda hole: known[hole[1]], address)


def detail_release(page: Page, entry: Entry, feed: Feed, *, recipe: DetailRecipe) -> Release:
    """The release that an answer in JSON holds.

    Raises ParseError where it is no JSON, ExtractError where there is no title or no text in it.
    """
    answer = read_json(page)
    said = line_at(answer, recipe.date)
    moment = read_date(said, zone=feed.zone, languages=feed.languages) if said else None
    title, by_title = _first(line_at(answer, recipe.title), entry.title)
    text, by_text = _first(text_at(answer, recipe.text), entry.summary)
    published_at, by_date = _first(moment, entry.published_at)
    if not text:
        raise WithoutText(
            f"{page.url} holds no text at '{recipe.text}'",
            next_step="See what it holds now, and mend detail in the source's file, under api",
        )
    if not title:
        raise WithoutTitle(
            f"neither {page.url} nor the list names a title",
            next_step="Write a line 'title' under detail in the source's file",
        )
    codes = [language_code(tag) for tag in feed.languages]
    language = codes[0] if len(codes) == 1 else None
    witnesses = {
        "title": by_title,
        "text": by_text,
        "published_at": by_date if published_at else None,
        "language": Witness.FEED if language else None,
    }
    return Release(
        source_id=feed.source_id,
        url=entry.url,
        canonical_url=canonical_url(entry.url),
        title=title,
        text=text,
        language=language,
        published_at=published_at,
        original=original_of(page),
        witnesses={field: by for field, by in witnesses.items() if by},
    )


def _first(declared: T, listed: T) -> tuple[T, Witness]:
    """What the answer says where it was declared, else what the list said."""
    return (declared, Witness.RECIPE) if declared else (listed, Witness.FEED)
