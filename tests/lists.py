"""The lists that are declared by selectors, with a page of each as long as real ones are.

Rebuilt pages hold two entries, of which no structure could be told. The last one is repeated under
other addresses and titles until there are ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from lxml.html import HtmlElement, tostring
from parsel import Selector

from crawler.page import Page, page_tree
from crawler.readers.listing import read_listing
from domain.errors import PollwatchError
from domain.source import Feed
from pollwatch.demo.answers import Answer, Asked, Offices
from pollwatch.demo.offices import town_offices
from pollwatch.loading import load

REBUILT = Path(__file__).parent / "sources"
WITHOUT_CATALOGUE: Mapping[str, str] = {"POLLWATCH_SOURCES__SHIPPED": "false"}
DAYS = (date(2024, 3, 18), date(2024, 3, 20))
"""Of the town: before a redesign, and after it."""
LENGTH = 10
TITLE = 12
"""Letters from which on a text is no date and no label."""
COUNTED = re.compile(r"(\d+)(?=\D*$)")
ENDING = re.compile(r"(\.\w+|/)?$")


def a_saved_page(body: bytes, url: str, *, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    """A page that was answered once."""
    return Page(url=url, headers=headers, body=body, fetched_at=datetime(2024, 3, 20, tzinfo=UTC))


def addresses(page: Page, feed: Feed) -> list[str]:
    """The addresses that a list leads to, each once; the reason where it cannot be read."""
    try:
        entries = read_listing(page, feed).entries
    except PollwatchError as error:
        return [str(error)]
    return list(dict.fromkeys(entry.url for entry in entries if entry.url))


def declared_lists() -> Iterator[tuple[str, Page, Feed]]:
    """Each list of the catalogue and of the town that has selectors: name, page and feed."""
    for feed in _with_selectors(None, environ={}):
        body = (REBUILT / feed.source_id / f"{feed.name}.html").read_bytes()
        item = feed.listing.item if feed.listing else ""
        yield feed.id, _lengthened(a_saved_page(body, feed.url), item=item), feed
    offices = town_offices()
    town = Path(str(files("pollwatch.demo") / "config"))
    for feed in _with_selectors(town, environ=WITHOUT_CATALOGUE):
        for day in DAYS:
            yield f"{feed.id} of the town on {day}", _in_town(feed, offices, day=day), feed


def _with_selectors(folder: Path | None, *, environ: Mapping[str, str]) -> Iterator[Feed]:
    for source in load(folder, environ=environ).sources:
        yield from (feed for feed in source.feeds if feed.listing)


def _lengthened(page: Page, *, item: str) -> Page:
    """The page with its last entry again and again, each time as another one."""
    tree = page_tree(page)
    items = [found.root for found in Selector(root=tree).css(item)]
    last = _whole(items[-1], set(items))
    for number in range(LENGTH - len(items), 0, -1):
        again = deepcopy(last)
        again.tail = None
        for part in again.iter("*"):
            if "href" in part.attrib:
                part.set("href", _earlier(part.get("href", ""), number))
            if len(part.text or "") >= TITLE:
                part.text = f"{part.text} {number}"
        last.addnext(again)
    return replace(page, body=tostring(tree, encoding="utf-8"))


def _earlier(link: str, number: int) -> str:
    """Another address like this one."""
    if found := COUNTED.search(link.rpartition("/")[2]):
        return COUNTED.sub(str(int(found[1]) - number).zfill(len(found[1])), link)
    return ENDING.sub(rf"-{number}\1", link, count=1)


def _whole(item: HtmlElement, items: set[HtmlElement]) -> HtmlElement:
    """The largest part of the page that holds this entry and no other."""
    while (parent := item.getparent()) is not None and len(items.intersection(parent.iter())) == 1:
        item = parent
    return item


def _in_town(feed: Feed, offices: Offices, *, day: date) -> Page:
    host, _, path = feed.url.removeprefix("http://").partition("/")
    office = offices[host]
    asked = Asked(host=host, path=f"/{path}", headers={}, day=day, port=80)
    response = office.get(asked.path) or office[asked.path.partition("?")[0]]
    answer = response if isinstance(response, Answer) else response(asked)
    return a_saved_page(answer.body, feed.url, headers=answer.headers)
