"""How many of the lists that are declared by selectors does ``listing: auto`` read as they do?

Every list of the catalogue, on the page that was rebuilt for it under tests/sources, and every list
of the demo's town. A list counts where auto finds the same addresses in the same order. What
differs is printed. With POLLWATCH_TESTDATA set, what auto makes of saved list pages follows.

    python bench/listings.py [SAVED PAGES]
"""

from __future__ import annotations

import gzip
import os
import sys
from dataclasses import replace
from pathlib import Path

from crawler.readers.listing import read_listing
from domain.source import FeedKind
from tests.builders import a_feed
from tests.lists import a_saved_page, addresses, declared_lists

SHOWN = 10
ENTRIES_SHOWN = 5


def main() -> None:
    same = []
    for name, page, feed in declared_lists():
        wanted, got = addresses(page, feed), addresses(page, replace(feed, listing=None))
        if not wanted:
            print(f"{name}: nothing declared any more, {len(got)} found")
            continue
        same.append(wanted == got)
        if not same[-1]:
            print(f"{name}: {len(wanted)} declared, {len(got)} found")
            print(f"    missed {[url for url in wanted if url not in got][:2]}")
            print(f"    beside {[url for url in got if url not in wanted][:2]}")
    print(
        f"{sum(same)} of {len(same)} lists read as their selectors do: {sum(same) / len(same):.1%}"
    )
    if folder := os.environ.get("POLLWATCH_TESTDATA"):
        # Press lists last in the alphabet, and first here.
        pages = sorted((Path(folder) / "real" / "listings").glob("*.html.gz"), reverse=True)
        for path in pages[: int(sys.argv[1]) if len(sys.argv) > 1 else SHOWN]:
            show(path)


def show(path: Path) -> None:
    """What auto makes of a page that somebody saved."""
    feed = a_feed(kind=FeedKind.LISTING, url="https://saved.example/list", listing=None)
    page = a_saved_page(gzip.decompress(path.read_bytes()), feed.url)
    entries = read_listing(page, feed).entries
    dated = sum(1 for entry in entries if entry.published_at)
    print(f"\n{path.name.removesuffix('.html.gz')}: {len(entries)} entries, {dated} dated")
    for entry in entries[:ENTRIES_SHOWN]:
        day = entry.published_at.date().isoformat() if entry.published_at else "no date"
        print(f"    {day:<11}{entry.title[:80] or '(no title)'}  {entry.url[-40:]}")


if __name__ == "__main__":
    main()
