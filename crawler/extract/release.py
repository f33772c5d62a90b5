"""Which release does a page hold, and who says so?

For each field the best witness is believed: the source's own recipe, then what the page says in
its metadata, then what a reader sees, then what the feed said. Each release notes its witnesses.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement
from parsel import Selector

from crawler.extract.addresses import date_in
from crawler.extract.body import main_text, whole_text
from crawler.extract.dates import read_date
from crawler.extract.errors import WithoutText
from crawler.extract.metadata import Metadata, language_code, read_metadata
from crawler.extract.parts import part_at
from crawler.extract.selectors import texts_at
from crawler.extract.titles import best_title
from crawler.page import Page, original_of, page_tree
from crawler.texts import paragraphs
from crawler.walls import check_page
from domain.dates import day_only
from domain.release import Entry, Original, Release, Witness
from domain.source import Feed
from domain.urls import canonical_url, part_url

# Shorter summaries are teasers: the feed's words about the release, not the release.
FULL_TEXT = 400


def extract_release(page: Page, entry: Entry, feed: Feed) -> Release:
    """The release that an entry's page holds.

    Raises ExtractError where it holds none that we could stand by, Refused or Gone where it is
    no page but a wall.
    """
    tree = page_tree(page)
    check_page(tree, url=page.url, body=page.body)
    address = canonical_url(page.url)
    if feed.parts:
        tree, address = part_at(tree, feed.parts, url=entry.url), part_url(entry.url)
    about = read_metadata(tree)
    title, title_witness = best_title(tree, about, entry=entry, feed=feed)
    language, language_witness = _language(about, feed)
    languages = [language] if language else feed.languages
    published_at, date_witness = _date(tree, about, entry=entry, feed=feed, languages=languages)
    # Last: looking for the main text takes the tree apart.
    text, text_witness = _text(tree, title=title, entry=entry, feed=feed)
    if not text:
        raise WithoutText(
            f"{page.url} holds no text that could be found",
            next_step="Name the text's place in the source's file, under release",
        )
    return Release(
        source_id=feed.source_id,
        url=entry.url,
        canonical_url=address,
        title=title,
        text=text,
        language=language,
        published_at=published_at,
        original=original_of(page),
        witnesses={
            field: witness
            for field, witness in (
                ("title", title_witness),
                ("text", text_witness),
                ("published_at", date_witness),
                ("language", language_witness),
            )
            if witness
        },
    )


def page_language(original: Original) -> str | None:
    """The language that a kept page declares; None where it declares none."""
    page = Page(
        url=original.url,
        headers=original.headers,
        body=zlib.decompress(original.body),
        fetched_at=original.fetched_at,
    )
    return read_metadata(page_tree(page)).language


def _date(
    tree: HtmlElement, about: Metadata, *, entry: Entry, feed: Feed, languages: Sequence[str]
) -> tuple[datetime | None, Witness | None]:
    written = [(about.json_date, Witness.JSON_LD), (about.meta_date, Witness.META)]
    written.append((about.time, Witness.TIME))
    if feed.release.date:
        found = texts_at(Selector(root=tree), feed.release.date)
        written = [(text, Witness.RECIPE) for text in found] + written
    for text, witness in written:
        moment = read_date(text, zone=feed.zone, languages=languages) if text else None
        if moment and not _says_less(moment, entry.published_at, zone=feed.zone):
            return moment, witness
        if moment:
            break
    if entry.published_at:
        return entry.published_at, Witness.FEED
    named = date_in(entry.url, zone=feed.zone)
    return named, Witness.ADDRESS if named else None


def _says_less(moment: datetime, listed: datetime | None, *, zone: str) -> bool:
    """True where a page names only the day, and the feed the hour of that day."""
    if listed is None:
        return False
    place = ZoneInfo(zone)
    return day_only(moment, place) == listed.astimezone(place).date()


def _language(about: Metadata, feed: Feed) -> tuple[str | None, Witness | None]:
    """The language that page and source's file agree on, or the only one that says any.

    Many sites give every page one ``lang``, whatever it is written in: where the two differ,
    nobody is believed, and the text itself has to tell.
    """
    codes = [language_code(tag) for tag in feed.languages]
    if about.language:
        return (about.language, Witness.META) if about.language in codes else (None, None)
    return (codes[0], Witness.FEED) if len(codes) == 1 and codes[0] else (None, None)


def _text(tree: HtmlElement, *, title: str, entry: Entry, feed: Feed) -> tuple[str, Witness]:
    if feed.release.text:
        found = texts_at(Selector(root=tree), feed.release.text)
        if text := paragraphs("\n".join(found)):
            return text, Witness.RECIPE
    if feed.parts:
        return whole_text(tree, title=title), Witness.RECIPE
    text = main_text(tree, title=title)
    if len(entry.summary) > max(len(text), FULL_TEXT) or not text:
        return entry.summary, Witness.FEED
    return text, Witness.EXTRACTOR
