"""Which stories does a subscriber want to read, and which wish cannot be granted yet?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.story import StoredRelease, Story
from domain.subscriber import Subscriber


def wanted(stories: Iterable[Story], subscriber: Subscriber) -> tuple[Story, ...]:
    """The stories of which a release comes from a chosen country, in a chosen language."""
    return tuple(
        story
        for story in stories
        if any(_is_wanted(release, subscriber) for release in story.releases)
    )


def at_once(
    stories: Iterable[Story], subscriber: Subscriber, *, topic: str, since: datetime
) -> tuple[Story, ...]:
    """Those of the wanted stories that a state published since then which alerts are asked of.

    What a source dates earlier than that is no news, whenever we came to see it.
    """
    wishes = subscriber.alerts
    if wishes is None:
        return ()
    return tuple(
        story
        for story in wanted(stories, subscriber)
        if any(
            (match := release.match(topic)) is not None
            and match.is_match
            and (wishes.countries is None or release.country in wishes.countries)
            and (release.published_at is None or release.published_at >= since)
            for release in story.releases
        )
    )


def unheeded(subscriber: Subscriber) -> tuple[str, ...]:
    """What a digest does not do although its reader asked for it, a sentence each."""
    if subscriber.elections is None:
        return ()
    chosen = ", ".join(subscriber.elections) or "none"
    return (f"This digest tells of all elections: the choice of {chosen} has no effect yet.",)


def _is_wanted(release: StoredRelease, subscriber: Subscriber) -> bool:
    if subscriber.countries is not None and release.country not in subscriber.countries:
        return False
    # A text whose language nobody knows is rather read in vain than missed.
    if subscriber.languages is None or release.language is None:
        return True
    return release.language in subscriber.languages
