"""What must a watch of the town find, and what must it leave alone?

Read from the texts themselves, where each release says what it is about; only what goes wrong is
listed here by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from domain.poll import Code
from domain.source import FeedId, SourceId
from pollwatch.demo.offices.press import (
    PressFeed,
    PressOffice,
    PressRelease,
    Subject,
    press_offices,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A release on the founding case, as a digest has to show it."""

    source_id: SourceId
    language: str
    address: str
    """Host and path, without scheme and port."""
    title: str
    decisive: str
    """The first words of the sentence that has to be quoted."""


REPRINTS: Mapping[SourceId, SourceId] = MappingProxyType({SourceId("se_gov"): SourceId("eu_eeas")})
"""Sources whose statement is another one's, word for word: one story."""

PROBLEMS: Mapping[FeedId, Code] = MappingProxyType(
    {
        FeedId("it_mae/news"): Code.FEED_MOVED,
        FeedId("xx_closed/press"): Code.FEED_REFUSED,
        FeedId("xx_consent/press"): Code.FEED_REFUSED,
        FeedId("xx_redesign/press"): Code.LISTING_EMPTY,
        FeedId("xx_vanished/press"): Code.FEED_UNREACHABLE,
    }
)
"""What is wrong with feeds on 20 March 2024; the last one opens only after some polls."""


def statements(day: date) -> tuple[Statement, ...]:
    """What stands on a day about the founding case, by source."""
    return tuple(
        Statement(
            source_id=SourceId(office.id),
            language=feed.language,
            address=f"{office.host}{release.path}",
            title=release.title,
            decisive=release.decisive,
        )
        for office, feed, release in _standing(day)
        if release.about is Subject.THE_VOTE
    )


def addresses(day: date, *, about: Subject) -> tuple[str, ...]:
    """Host and path of all that stands on a day about something."""
    return tuple(
        f"{office.host}{release.path}"
        for office, _, release in _standing(day)
        if release.about is about
    )


def _standing(day: date) -> Iterator[tuple[PressOffice, PressFeed, PressRelease]]:
    for office in press_offices():
        for feed in office.feeds:
            for release in feed.standing(day):
                yield office, feed, release
