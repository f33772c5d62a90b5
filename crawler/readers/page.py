"""What does a page list that is itself the release? Itself, as it reads now; or its parts.

For institutions that rewrite one page instead of publishing many, or add to one. What readers see
of it decides whether it is another text: scripts and tokens that change with each answer do not.
"""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote, urldefrag

from crawler.extract.parts import Part, parts_of
from crawler.page import Page, page_tree
from crawler.readers.items import dates_in, heading_of
from crawler.readers.listed import Listed
from crawler.texts import element_text
from crawler.walls import check_page
from domain.release import Entry, EntryKey
from domain.source import Feed
from domain.urls import canonical_url, part_url


def read_page(page: Page, feed: Feed) -> Listed:
    """One entry: the page, under the address that the feed declares; or one for each part.

    Raises Refused or Gone where it is no page but a wall.
    """
    tree = page_tree(page)
    check_page(tree, url=page.url, body=page.body)
    if feed.parts:
        found = parts_of(tree, feed.parts)
        return Listed(
            entries=tuple(_of_part(part, feed) for part in found),
            hint=f"'{feed.parts}' found nothing on a good page of {len(page.body) / 1000:.0f} kB;"
            " has the page been redesigned?",
        )
    titles = [title.text or "" for title in tree.iter("title")]
    seen = "\n".join([*titles, element_text(tree)])
    entry = Entry(
        key=EntryKey(canonical_url(feed.url)),
        url=feed.url,
        title="",
        published_at=None,
        checksum=_checksum(seen),
    )
    return Listed(entries=(entry,))


def _of_part(part: Part, feed: Feed) -> Entry:
    text = part.text
    title = heading_of(part.tree) or text.partition("\n")[0]
    url = f"{urldefrag(feed.url).url}#{quote(part.anchor)}" if part.anchor else ""
    return Entry(
        key=EntryKey(part_url(url) if url else title),
        url=url,
        title=title,
        published_at=next(dates_in(part.tree, title=title, feed=feed), None),
        checksum=_checksum(text),
    )


def _checksum(seen: str) -> str:
    return sha256(seen.encode(errors="replace")).hexdigest()
