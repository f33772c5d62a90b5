"""How are the lists of odd institutions read? By functions of their own, a module each.

A module is called like the source's ``code`` and holds
``parse_listing(page: Page, feed: Feed) -> list[Entry]``. Few need one: a kind of feed that could
serve another institution too is a reader, and an odd page is a recipe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from crawler.page import Page
from crawler.readers import READERS, Listed
from crawler.sites import hu_gov
from domain.release import Entry
from domain.source import Feed

SITES: Mapping[str, Callable[[Page, Feed], list[Entry]]] = MappingProxyType(
    {"hu_gov": hu_gov.parse_listing}
)


def read_listed(page: Page, feed: Feed) -> Listed:
    """What a feed's answer lists, by the code of its site or by its kind."""
    if feed.code is None:
        return READERS[feed.kind](page, feed)
    return Listed(
        entries=tuple(SITES[feed.code](page, feed)),
        hint=f"crawler/sites/{feed.code}.py found nothing; has the site been redesigned?",
    )
