"""Which release does a feed itself carry?

Many feeds hold the full text of each release. Where a page refuses to be read, what the feed says
is the release: the institution published it there, and the feed as received is its original.
"""

from __future__ import annotations

from crawler.extract.metadata import language_code
from crawler.extract.release import FULL_TEXT
from domain.release import Entry, Original, Release, Witness
from domain.source import Feed
from domain.urls import canonical_url


def carries_release(entry: Entry) -> bool:
    """True where a feed says as much of a release as the release itself would."""
    return bool(entry.title) and len(entry.summary) > FULL_TEXT


def carried_release(entry: Entry, feed: Feed, original: Original) -> Release:
    """The release as its entry carries it; for one of which ``carries_release`` is true."""
    codes = [language_code(tag) for tag in feed.languages]
    language = codes[0] if len(codes) == 1 else None
    stated = {
        "title": entry.title,
        "text": entry.summary,
        "published_at": entry.published_at,
        "language": language,
    }
    return Release(
        source_id=feed.source_id,
        url=entry.url,
        canonical_url=canonical_url(entry.url),
        title=entry.title,
        text=entry.summary,
        language=language,
        published_at=entry.published_at,
        original=original,
        witnesses={field: Witness.FEED for field, value in stated.items() if value},
    )
