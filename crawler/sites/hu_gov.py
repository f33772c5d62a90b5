"""Where does the government of Hungary list its news? In the state that its page carries.

The page is built by scripts. What they build it from stands in ``script#ng-state`` as JSON, in
one list among many whose place changes; its items alone have slug, name, date and ministry. The
address that the data come from is closed to robots, this page is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from crawler.extract.dates import read_date
from crawler.extract.json_paths import line_at, read_json, text_at
from crawler.page import Page, page_tree
from crawler.walls import check_page
from domain.errors import ParseError
from domain.release import Entry, EntryKey
from domain.source import Feed
from domain.urls import canonical_url

NEWS = frozenset({"slug", "name", "date", "ministry"})


def parse_listing(page: Page, feed: Feed) -> list[Entry]:
    """The news that the page carries, in its order.

    Raises ParseError where it carries no state; Refused or Gone where it is a wall.
    """
    tree = page_tree(page)
    check_page(tree, url=page.url, body=page.body)
    states = tree.xpath("//script[@id='ng-state']")
    if not states:
        raise ParseError(
            f"{page.url} carries no state in script#ng-state any more",
            next_step="Look how the page gets its news now, and mend crawler/sites/hu_gov.py",
        )
    state = replace(page, body=(states[0].text or "").encode(), headers=())
    return [_entry(item, feed) for item in _news(read_json(state))]


def _news(state: Any) -> Iterator[dict[str, Any]]:
    """The items of news in a tree of values; a value may nest deeper than Python's stack."""
    waiting = [state]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list) and value and _is_news(value[0]):
            yield from filter(_is_news, value)
        elif isinstance(value, list | dict):
            waiting.extend(value.values() if isinstance(value, dict) else value)


def _is_news(value: Any) -> bool:
    return isinstance(value, dict) and NEWS.issubset(value)


def _entry(item: dict[str, Any], feed: Feed) -> Entry:
    slug = line_at(item, "slug")
    url = urljoin(feed.url, f"/hirek/{slug}") if slug else ""
    return Entry(
        key=EntryKey(canonical_url(url) if url else line_at(item, "name")),
        url=url,
        title=line_at(item, "name"),
        published_at=read_date(line_at(item, "date"), zone=feed.zone, languages=feed.languages),
        summary=text_at(item, "description"),
    )
