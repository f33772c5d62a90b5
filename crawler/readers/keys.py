"""Under which key do we know an entry of a feed, and which address does it name?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urljoin

from domain.release import EntryKey
from domain.urls import canonical_url, is_web_address, without_credentials


def entry_key(guid: str, *, url: str, title: str, stable: frozenset[str]) -> EntryKey:
    """The guid where it is a stable one, else the canonical address, else the title."""
    if guid in stable:
        return EntryKey(without_credentials(guid))
    return EntryKey(canonical_url(url) if url else title)


def stable_guids(stated: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Of guids with their addresses, those that name one address each.

    Some feeds give all their items the same.
    """
    addresses: dict[str, set[str]] = defaultdict(set)
    for guid, url in stated:
        if guid:
            addresses[guid].add(url)
    return frozenset(guid for guid, urls in addresses.items() if len(urls) == 1)


def absolute(base: str, link: str) -> str:
    """The address that a link leads to; empty where it is none that we could ask.

    >>> absolute("https://economy.example/feed", " /1 ")
    'https://economy.example/1'
    >>> absolute("https://economy.example/feed", "javascript:void(0)")
    ''
    """
    if not link.strip():
        return ""
    try:
        url = without_credentials(urljoin(base, link.strip()))
    except ValueError:
        return ""
    return url if is_web_address(url) else ""
