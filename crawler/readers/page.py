"""What does a page list that is itself the release? Itself, as it reads now.

For institutions that rewrite one page instead of publishing many. What readers see of it decides
whether it is another text: scripts and tokens that change with each answer do not.
"""

from __future__ import annotations

from hashlib import sha256

from crawler.page import Page, page_tree
from crawler.readers.listed import Listed
from crawler.texts import element_text
from crawler.walls import check_page
from domain.release import Entry, EntryKey
from domain.source import Feed
from domain.urls import canonical_url


def read_page(page: Page, feed: Feed) -> Listed:
    """One entry: the page, under the address that the feed declares.

    Raises Refused or Gone where it is no page but a wall.
    """
    tree = page_tree(page)
    check_page(tree, url=page.url, body=page.body)
    titles = [title.text or "" for title in tree.iter("title")]
    seen = "\n".join([*titles, element_text(tree)])
    entry = Entry(
        key=EntryKey(canonical_url(feed.url)),
        url=feed.url,
        title="",
        published_at=None,
        checksum=sha256(seen.encode(errors="replace")).hexdigest(),
    )
    return Listed(entries=(entry,))
