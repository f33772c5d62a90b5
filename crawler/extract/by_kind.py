"""What kind of document is the page of an entry, and which release does it hold?"""

from __future__ import annotations

from crawler.extract.detail import detail_release
from crawler.extract.pdf import is_pdf, pdf_release
from crawler.extract.release import extract_release
from crawler.page import Page
from domain.release import Entry, Release
from domain.source import Feed


def release_on(page: Page, entry: Entry, feed: Feed) -> Release:
    """The release that an entry's page holds: as JSON, as PDF, or as a page for readers.

    Raises ExtractError where it holds none that we could stand by, ParseError where it is not what
    was declared, Refused or Gone where it is no page but a wall.
    """
    if feed.api and feed.api.detail:
        return detail_release(page, entry, feed, recipe=feed.api.detail)
    if is_pdf(page):
        return pdf_release(page, entry, feed)
    return extract_release(page, entry, feed)
