"""Whether we read what publishers really send.

The material lies outside the project; ``POLLWATCH_TESTDATA`` names its folder.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from crawler.extract.body import main_text
from crawler.page import Page, page_tree
from crawler.readers.feed import read_feed
from crawler.readers.listing import read_listing
from crawler.walls import check_page
from domain.errors import ParseError, PollwatchError
from domain.source import FeedKind, ListingRecipe
from tests.builders import a_feed

FOLDER = os.environ.get("POLLWATCH_TESTDATA", "")
REAL = Path(FOLDER) / "real"

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="POLLWATCH_TESTDATA does not name a folder with real material"
)


def lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def a_page(body: bytes, headers: Iterable[str] = ()) -> Page:
    parts = (header.partition(":") for header in headers)
    return Page(
        url="http://feeds.example/feed.xml",
        headers=tuple((name.strip(), value.strip()) for name, _, value in parts),
        body=body,
        fetched_at=datetime.now(UTC),
    )


def entries_read(expected: dict[str, Any]) -> int | str:
    """How many entries we find in a file, or the error that we did not mean."""
    body = (REAL / "feeds" / expected["file"]).read_bytes()
    try:
        return len(read_feed(a_page(body, expected.get("http_headers") or ()), a_feed()).entries)
    except ParseError:
        return 0
    except Exception as error:  # noqa: BLE001 - the test wants to name them all
        return f"{type(error).__name__}: {error}"


def test_every_feed_is_read_with_as_many_entries_as_it_holds() -> None:
    feeds = lines(REAL / "feeds" / "expected.jsonl")
    read = {feed["file"]: entries_read(feed) for feed in feeds}
    assert len(read) == 478
    assert [error for error in read.values() if isinstance(error, str)] == []
    sound = {feed["file"]: feed["entries"] for feed in feeds if not feed["bozo"]}
    assert {file: read[file] for file in sound} == sound


def pages(folder: str) -> Iterator[Page]:
    for path in sorted((REAL / folder).glob("*.gz")):
        yield a_page(gzip.decompress(path.read_bytes()))


def wall(page: Page) -> str | None:
    try:
        check_page(page_tree(page), url=page.url, body=page.body)
    except PollwatchError as error:
        return str(error)
    return None


@pytest.mark.parametrize(("folder", "count"), [("pages", 275), ("listings", 49)])
def test_no_real_page_is_taken_for_a_wall(folder: str, count: int) -> None:
    walls = [wall(page) for page in pages(folder)]
    assert walls == [None] * count


def test_a_recipe_lists_the_same_links_twice_on_every_real_listing() -> None:
    recipe = ListingRecipe(item="a", link="::attr(href)", title="::text")
    feed = a_feed(kind=FeedKind.LISTING, listing=recipe)
    first = [read_listing(page, feed).entries for page in pages("listings")]
    second = [read_listing(page, feed).entries for page in pages("listings")]
    assert len(first) == 49
    assert first == second


def test_links_are_found_on_real_listings_and_the_same_twice() -> None:
    feed = a_feed(kind=FeedKind.LISTING, url="http://feeds.example/feed.xml", listing=None)
    first = [read_listing(page, feed).entries for page in pages("listings")]
    second = [read_listing(page, feed).entries for page in pages("listings")]
    # One page is filled by a script, and one names a single document.
    assert [bool(entries) for entries in first].count(False) == 2
    assert first == second


# A letter of the scripts without spaces is a word of its own, as in the material's own scorer.
SPACELESS = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
WORD = re.compile(f"[{SPACELESS}]|[^\\W_{SPACELESS}]+")


def tokens(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))


def likeness(found: str, gold: str) -> float:
    """F1 of words."""
    ours, theirs = tokens(found), tokens(gold)
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def test_main_texts_of_real_pages_are_found() -> None:
    gold = [row for row in lines(REAL / "pages" / "gold.jsonl") if "articleBody" in row]
    scores = [
        likeness(
            main_text(
                page_tree(a_page(gzip.decompress((REAL / "pages" / row["file"]).read_bytes()))),
                title="",
            ),
            row["articleBody"],
        )
        for row in gold
    ]
    assert len(scores) > 150
    assert fmean(scores) >= 0.955
