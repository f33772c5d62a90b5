"""What is asked of two texts that are compared, apart from their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from urllib.parse import urldefrag

from analysis.alignment import align
from analysis.substance import Substance, folded_words, substance
from domain.reading import Text
from domain.urls import same_document

# What a page puts behind its title.
_SITE = re.compile(r"\s\|[^|]*$")
# Two names that stand in one place of two titles.
LONGEST_NAMES = 6


@dataclass(frozen=True)
class Pair:
    """Two texts, the smaller key first."""

    a: Text
    b: Text

    @cached_property
    def substances(self) -> tuple[Substance, Substance]:
        """Both without the pages around them."""
        return substance(self.a.title, self.a.text), substance(self.b.title, self.b.text)

    @cached_property
    def size(self) -> int:
        """How many words the shorter has."""
        return min(each.size for each in self.substances)

    @cached_property
    def are_of_one_source(self) -> bool:
        """One institution published both."""
        return self.a.source_id == self.b.source_id

    @cached_property
    def are_at_one_address(self) -> bool:
        """One institution published both as one document, whatever the view of it."""
        one, other = self.a.canonical_url, self.b.canonical_url
        # A canonical address has a fragment only where several releases stand on one page.
        are_one_part = urldefrag(one).fragment == urldefrag(other).fragment
        return self.are_of_one_source and are_one_part and same_document(one, other)

    @cached_property
    def have_one_title(self) -> bool:
        """The title of one holds that of the other: "UPDATED: …", "… | News"."""
        fewer, more = sorted((_words_of(self.a.title), _words_of(self.b.title)), key=len)
        if not fewer:
            return not more
        starts = range(len(more) - len(fewer) + 1)
        return any(more[at : at + len(fewer)] == fewer for at in starts)

    @cached_property
    def have_sibling_titles(self) -> bool:
        """The titles are alike but for a word or two: a country, a town, a number."""
        ours, theirs = (_words_of(_SITE.sub("", each.title)) for each in (self.a, self.b))
        rows = align(ours, theirs, is_name=lambda _: True)
        exchanged = [slot for slot in (rows.first, *rows.inner, rows.last) if slot.is_exchange]
        most = max((len(slot.left + slot.right) for slot in exchanged), default=0)
        return 0 < most <= LONGEST_NAMES and 2 * rows.shared >= max(len(ours), len(theirs))

    def are_within(self, time: timedelta, *, unknown: bool) -> bool:
        """True where no more time lies between them; as told where a date is not known."""
        if self.a.published_at is None or self.b.published_at is None:
            return unknown
        return abs(self.a.published_at - self.b.published_at) <= time


# In a crowd each title is asked for its words as often as there are others.
@lru_cache(maxsize=2048)
def _words_of(title: str) -> tuple[str, ...]:
    return folded_words(title)
