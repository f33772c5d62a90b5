"""Stored releases and stories that are valid by default, so that a test varies one thing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from digest.compose import compose
from digest.edition import Digest
from domain.health import FeedState, Health, WatchedFeed
from domain.poll import Outcome
from domain.reading import Hit, HitKind, Match, Part
from domain.release import Appearance, Revision, Witness
from domain.source import FeedId, SourceId
from domain.story import StoredRelease, Story
from domain.topic import Topic
from tests.builders import a_feed, a_source

NOW = datetime(2024, 3, 20, 7, 0, tzinfo=UTC)
MORNING = datetime(2024, 3, 18, 9, 0, tzinfo=UTC)
TITLE = "Statement on the vote of 17 March"
SENTENCE = "The ministry does not recognise these elections."
TEXT = f"{SENTENCE} They were held under occupation.\nThe ministry stands by its neighbours."
ELECTIONS = Topic(
    id="elections",
    title="Elections",
    threshold=1.0,
    window=12,
    title_weight=1.0,
    lead_weight=1.0,
    keywords=(),
)
SANCTIONS = replace(ELECTIONS, id="sanctions", title="Sanctions")


def a_hit_on(word: str, whole: str, **changes: Any) -> Hit:
    """The first occurrence of a word in a text."""
    values: dict[str, Any] = {
        "term": f"{word}*",
        "language": "en",
        "kind": HitKind.STRONG,
        "where": Part.TEXT,
        "start": whole.index(word),
        "end": whole.index(word) + len(word),
        "counts": True,
    }
    return Hit(**values | changes)


def a_match_on(sentence: str, whole: str, *hits: Hit, **changes: Any) -> Match:
    """A match that a sentence of the text decides."""
    values: dict[str, Any] = {
        "topic": "elections",
        "score": 1.0,
        "is_match": True,
        "hits": hits,
        "where": Part.TEXT,
        "start": whole.index(sentence),
        "end": whole.index(sentence) + len(sentence),
    }
    return Match(**values | changes)


def a_stored_release(**changes: Any) -> StoredRelease:
    """A statement of ``xx_economy`` whose first sentence decides."""
    values: dict[str, Any] = {
        "id": "r2k4m7p9",
        "story_id": "s3w5x8z2",
        "source_id": SourceId("xx_economy"),
        "institution": "Ministry of Economy",
        "country": "FR",
        "url": "https://press.economy.example/news/1",
        "title": TITLE,
        "text": TEXT,
        "language": "en",
        "published_at": MORNING,
        "first_seen_at": MORNING + timedelta(hours=1),
        "matches": (a_match_on(SENTENCE, TEXT, a_hit_on("elections", TEXT)),),
        "appearances": (),
        "witnesses": {"title": Witness.HEADING, "text": Witness.EXTRACTOR},
    } | changes
    only = Revision(title=values["title"], text=values["text"], seen_at=values["first_seen_at"])
    return StoredRelease(**{"revisions": (only,)} | values)


def a_titled_release(title: str, **changes: Any) -> StoredRelease:
    """A release whose title decides, by its first word."""
    word = title.split(maxsplit=1)[0]
    hit = a_hit_on(word, title, where=Part.TITLE)
    match = a_match_on(title, title, hit, where=Part.TITLE)
    return a_stored_release(**{"title": title, "matches": (match,)} | changes)


def an_appearance(**changes: Any) -> Appearance:
    """A place where the statement was listed."""
    values: dict[str, Any] = {
        "source_id": SourceId("xx_economy"),
        "origin": "xx_economy/news https://press.economy.example/news/1",
        "url": "https://press.economy.example/news/1",
        "title": TITLE,
        "is_imported": False,
        "published_at": MORNING,
        "published": "",
        "first_seen_at": MORNING + timedelta(hours=1),
        "last_seen_at": MORNING + timedelta(hours=2),
    }
    return Appearance(**values | changes)


def a_story(
    *releases: StoredRelease, told: Collection[str] = (), as_told: Collection[StoredRelease] = ()
) -> Story:
    """One announcement, the ids of those of its releases that were told, and how some were."""
    members = releases or (a_stored_release(),)
    return Story(
        id=members[0].story_id,
        releases=members,
        told=frozenset(told),
        as_told={release.id: release for release in as_told},
    )


def a_digest(*stories: Story, **changes: Any) -> Digest:
    """What somebody is told who reads of elections alone."""
    values: dict[str, Any] = {
        "news": [(ELECTIONS, stories)],
        "feeds": (),
        "since": None,
        "now": NOW,
        "zone": UTC,
        "languages": None,
        "notes": (),
    }
    return compose(**values | changes)


def a_state(feed_id: str = "xx_economy/news", **changes: Any) -> FeedState:
    """A feed that was polled an hour ago and brought something the day before."""
    state = FeedState(
        feed_id=FeedId(feed_id),
        first_polled_at=NOW - timedelta(days=30),
        last_polled_at=NOW - timedelta(hours=1),
        next_poll_at=NOW + timedelta(minutes=30),
        last_new_at=NOW - timedelta(days=1),
        last_outcome=Outcome.NEWS,
        failures=0,
        open_problems=(),
        is_retired=False,
    )
    return replace(state, **changes)


def a_watched_feed(health: Health = Health.WELL, **changes: Any) -> WatchedFeed:
    """The feed of the Ministry of Economy; changes are those of its state."""
    source = a_source(zone="Europe/Paris", feeds=(a_feed(),))
    return WatchedFeed(source=source, feed=source.feeds[0], state=a_state(**changes), health=health)
