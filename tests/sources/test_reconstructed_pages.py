"""Are the lists of the catalogue read as their files say?

A folder a source, a page a feed that is declared by its structure: rebuilt after what others
described of the site, with words of our own. ``expected.yaml`` says what stands in it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawler.readers.listed import Listed
from crawler.sites import read_listed
from pollwatch.loading import load
from tests.unit.crawler.pages import a_page

FOLDER = Path(__file__).parent
FEEDS = {feed.id: feed for source in load(None, environ={}).sources for feed in source.feeds}
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
}
PAGES = {
    f"{page.parent.name}/{page.stem}": page
    for page in sorted(FOLDER.glob("*/*"))
    if page.suffix in CONTENT_TYPES
}
EXPECTED: dict[str, dict[str, Any]] = {
    f"{file.parent.name}/{name}": expected
    for file in sorted(FOLDER.glob("*/expected.yaml"))
    for name, expected in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}
TITLED = [feed_id for feed_id, expected in EXPECTED.items() if "title" in expected["first"]]
# A page that fits a screen is understood at a glance.
LARGEST = 3000


@cache
def listed(feed_id: str) -> Listed:
    page = PAGES[feed_id]
    feed = FEEDS[feed_id]
    return read_listed(
        a_page(page.read_bytes(), url=feed.url, content_type=CONTENT_TYPES[page.suffix]), feed
    )


def test_every_feed_that_is_declared_by_its_structure_has_a_page():
    declared = {
        feed.id for feed in FEEDS.values() if feed.listing or feed.api or feed.code or feed.pages
    }

    assert set(PAGES) == set(EXPECTED) == declared


@pytest.mark.parametrize("feed_id", EXPECTED)
def test_as_many_entries_are_listed_as_stand_in_the_page(feed_id: str):
    assert len(listed(feed_id).entries) == EXPECTED[feed_id]["entries"]


@pytest.mark.parametrize("feed_id", EXPECTED)
def test_the_first_entry_leads_to_its_release(feed_id: str):
    assert listed(feed_id).entries[0].url == EXPECTED[feed_id]["first"]["url"]


@pytest.mark.parametrize("feed_id", TITLED)
def test_the_first_entry_has_its_title(feed_id: str):
    assert listed(feed_id).entries[0].title == EXPECTED[feed_id]["first"]["title"]


@pytest.mark.parametrize("feed_id", EXPECTED)
def test_the_first_entry_has_its_date_where_the_list_names_one(feed_id: str):
    assert listed(feed_id).entries[0].published_at == EXPECTED[feed_id]["first"].get("published_at")


@pytest.mark.parametrize("feed_id", EXPECTED)
def test_older_releases_are_followed_where_the_list_says_where_they_are(feed_id: str):
    assert listed(feed_id).next_url == EXPECTED[feed_id].get("older")


def test_every_page_says_that_it_is_a_sample_of_our_own():
    silent = [name for name, page in PAGES.items() if "Sample: " not in page.read_text("utf-8")]

    assert silent == []


def test_every_page_fits_a_screen():
    assert [name for name, page in PAGES.items() if page.stat().st_size > LARGEST] == []
