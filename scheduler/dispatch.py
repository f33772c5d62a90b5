"""What is a reader told, of all that is held?

One digest a reader, with all the topics of his choice. Nothing is marked as told here; what is
mailed goes through ``scheduler.mailing``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.compose import compose
from digest.edition import Digest
from digest.plain import counted
from digest.trouble import trouble_notes
from digest.wanted import unheeded, wanted
from domain.health import WatchedFeed, watched_feeds
from domain.source import Source
from domain.story import Story
from domain.subscriber import Subscriber
from domain.topic import Topic
from scheduler.rejudging import left_to_judge
from scheduler.upkeep import open_problems
from storage.store import Store

StoriesByTopic = Mapping[str, tuple[Story, ...]]


def untold(
    subscriber: Subscriber,
    *,
    store: Store,
    topics: Sequence[Topic],
    sources: Sequence[Source],
    now: datetime,
) -> Digest:
    """What a subscriber wants to read and was not told before."""
    stories = {
        topic.id: store.untold_stories(topic.id, subscriber=subscriber.id)
        for topic in topics
        if topic.id in subscriber.topics
    }
    notes: tuple[str, ...] = ()
    if subscriber.problems:
        known = open_problems(store, topics, now=now)
        notes = trouble_notes(*store.deliveries.news_of_problems(subscriber.id, known))
    return edition(
        subscriber,
        wanted_stories(subscriber, stories),
        notes=notes,
        store=store,
        topics=topics,
        sources=sources,
        now=now,
    )


def wanted_stories(subscriber: Subscriber, stories: StoriesByTopic) -> StoriesByTopic:
    """Those of the stories that a subscriber wants to read."""
    return {topic: wanted(of_topic, subscriber) for topic, of_topic in stories.items()}


def edition(
    subscriber: Subscriber,
    stories: StoriesByTopic,
    *,
    notes: Sequence[str],
    store: Store,
    topics: Sequence[Topic],
    sources: Sequence[Source],
    now: datetime,
) -> Digest:
    """The digest that tells a subscriber of these stories."""
    return compose(
        [(topic, stories[topic.id]) for topic in topics if topic.id in stories],
        feeds=_watched(store, sources),
        since=None,
        now=now,
        zone=ZoneInfo(subscriber.zone),
        languages=subscriber.languages,
        notes=(*notes, *unheeded(subscriber), *_unjudged(store, topics)),
    )


def first_seen(
    since: datetime,
    *,
    store: Store,
    topics: Sequence[Topic],
    sources: Sequence[Source],
    now: datetime,
) -> Digest:
    """Whatever matched and was first seen since then, told or not."""
    return compose(
        [(topic, store.matched_stories(topic.id, since=since)) for topic in topics],
        feeds=_watched(store, sources),
        since=since,
        now=now,
        zone=UTC,
        languages=None,
        notes=_unjudged(store, topics),
    )


def _unjudged(store: Store, topics: Sequence[Topic]) -> tuple[str, ...]:
    left = left_to_judge(store.judgements, topics)
    said = f"Keywords edited: {counted(left, 'stored text')} not yet judged again."
    return (said,) if left else ()


def _watched(store: Store, sources: Sequence[Source]) -> tuple[WatchedFeed, ...]:
    return watched_feeds(sources, states=store.feed_states())
