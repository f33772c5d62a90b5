"""What goes into a digest, in which order, and in which words?

Pure: stories and the health of feeds in, one value out, which a template can print without
deciding anything. Whether a story is news is decided before (decision 0011).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo

from digest.calendar import Calendar, as_stated, day_of, in_words, order, precedence
from digest.excerpt import Piece, Reason, hit_words, reasons, sentence, title
from digest.languages import language_name
from digest.revisions import Change, changes
from domain.actors import name_of
from domain.health import REFUSALS, WRONG_ANSWERS, FeedState, Health, WatchedFeed
from domain.source import FeedId
from domain.story import StoredRelease, Story
from domain.topic import Topic
from domain.urls import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A place where a story was published as well."""

    institution: str
    """With its country."""
    date: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStory:
    """One announcement as a reader meets it."""

    title: tuple[Piece, ...]
    institution: str
    """With its country."""
    country: str
    """In English."""
    date: str
    """As stated, or in words that it was not."""
    language: str | None
    """Of the text, in English."""
    sentence: tuple[Piece, ...]
    """The decisive one; empty where that is the title."""
    reasons: tuple[Reason, ...]
    url: str
    also: tuple[Publication, ...]
    changes: tuple[Change, ...]
    release: StoredRelease
    """The one that stands for the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stories of one country or body."""

    country: str
    """In English."""
    stories: tuple[DigestStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubledFeed:
    """A feed that readers should not rely on, and why."""

    institution: str
    feed_id: FeedId
    reason: str
    """In plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything that one reader is told of one topic."""

    topic: Topic
    since: datetime | None
    """None where it holds whatever was not told before."""
    now: datetime
    zone: tzinfo
    sections: tuple[Section, ...]
    watched: int
    """Feeds."""
    silent: tuple[TroubledFeed, ...]
    failing: tuple[TroubledFeed, ...]

    @property
    def count(self) -> int:
        """How many stories it holds."""
        return sum(len(section.stories) for section in self.sections)


def compose(
    stories: Sequence[Story],
    *,
    topic: Topic,
    feeds: Sequence[WatchedFeed],
    since: datetime | None,
    now: datetime,
    zone: tzinfo,
) -> Digest:
    """Word and order the stories: by country in the order of English names, then by day."""
    zones = {feed.source.id: ZoneInfo(feed.source.zone) for feed in feeds}
    calendar = Calendar(now=now, zone=zone, zones=zones)
    worded = [_worded(story, topic.id, calendar) for story in stories]
    worded.sort(key=lambda story: (story.country, order(story.release, calendar)))
    return Digest(
        topic=topic,
        since=since,
        now=now,
        zone=zone,
        sections=tuple(
            Section(country=country, stories=tuple(group))
            for country, group in groupby(worded, key=lambda story: story.country)
        ),
        watched=len(feeds),
        silent=_silent(feeds, calendar),
        failing=_failing(feeds),
    )


def cut(digest: Digest, count: int) -> Digest:
    """The same digest with its first stories only; a country without any is left out."""
    sections: list[Section] = []
    room = count
    for section in digest.sections:
        if room <= 0:
            break
        sections.append(replace(section, stories=section.stories[:room]))
        room -= len(section.stories)
    return replace(digest, sections=tuple(sections))


def _worded(story: Story, topic: str, calendar: Calendar) -> DigestStory:
    first, *others = _by_precedence(story, topic, calendar)
    match = first.match(topic)
    words = hit_words(first, match) if match else frozenset()
    return DigestStory(
        title=title(first, match),
        institution=_institution(first),
        country=name_of(first.country),
        date=as_stated(first.published_at, first.source_id, calendar=calendar),
        language=language_name(first.language) if first.language else None,
        sentence=sentence(first, match) if match else (),
        reasons=reasons(first, match) if match else (),
        url=first.url,
        also=tuple(_elsewhere(first, others, calendar)),
        changes=changes(first.revisions, words=words),
        release=first,
    )


def _by_precedence(story: Story, topic: str, calendar: Calendar) -> list[StoredRelease]:
    """Those that match before those that do not, and what was published first before the rest."""

    def rank(release: StoredRelease) -> tuple[bool, tuple[bool, datetime, datetime, str]]:
        match = release.match(topic)
        return not (match and match.is_match), precedence(release, calendar)

    return sorted(story.releases, key=rank)


def _institution(release: StoredRelease) -> str:
    """The institution with its country, unless its name says that already."""
    country = name_of(release.country)
    named = country.casefold() in release.institution.casefold()
    return release.institution if named else f"{release.institution}, {country}"


def _elsewhere(
    first: StoredRelease, others: Sequence[StoredRelease], calendar: Calendar
) -> Iterator[Publication]:
    """All further addresses of the story, each once."""
    shown = {canonical_url(first.url)}
    for release in (first, *others):
        places = [(release.url, release.published_at)]
        places += [(seen.url, seen.published_at) for seen in release.appearances]
        for url, published_at in places:
            if canonical_url(url) in shown:
                continue
            shown.add(canonical_url(url))
            yield Publication(
                institution=_institution(release),
                date=as_stated(published_at, release.source_id, calendar=calendar),
                url=url,
            )


def _silent(feeds: Sequence[WatchedFeed], calendar: Calendar) -> tuple[TroubledFeed, ...]:
    return tuple(
        _troubled(feed, f"nothing new since {_last_sign(feed.state, calendar)}")
        for feed in feeds
        if feed.health is Health.SILENT and feed.state
    )


def _last_sign(state: FeedState, calendar: Calendar) -> str:
    at = state.last_new_at or state.first_polled_at or calendar.now
    return in_words(day_of(at, calendar.zone))


def _failing(feeds: Sequence[WatchedFeed]) -> tuple[TroubledFeed, ...]:
    return tuple(
        _troubled(feed, _cause(feed.state))
        for feed in feeds
        if feed.health in {Health.FAILING, Health.REFUSED} and feed.state
    )


def _cause(state: FeedState) -> str:
    codes = [code for code in state.open_problems if code in REFUSALS | WRONG_ANSWERS]
    if codes:
        return ", ".join(code.replace("_", " ") for code in codes)
    return f"{state.failures} polls failed"


def _troubled(feed: WatchedFeed, reason: str) -> TroubledFeed:
    return TroubledFeed(institution=feed.source.name, feed_id=feed.feed.id, reason=reason)
