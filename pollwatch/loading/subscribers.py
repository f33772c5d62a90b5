"""Who gets which digest, and when: what does ``subscribers.yaml`` declare?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import time
from typing import Annotated

from pydantic import Field

from domain.subscriber import AtOnce, MailFormat, Subscriber, SubscriberId, WhenEmpty
from pollwatch.loading.checking import Declared, check, repeated
from pollwatch.loading.documents import Document
from pollwatch.loading.mistakes import Mistake, instead
from pollwatch.loading.values import (
    Actor,
    AtLeastOne,
    Days,
    Language,
    MailAddress,
    Name,
    OrAll,
    Several,
    TimeOfDay,
    Zone,
    one_of,
)

EVERY_DAY = tuple(range(7))


class DeclaredAlerts(Declared):
    """What a reader is told at once."""

    countries: OrAll[Actor] = ()
    problems: bool = False
    channels: Several[Name] = ()


class DeclaredSubscriber(Declared):
    """One reader; ``all`` stands wherever everything is meant."""

    id: Name = Field(examples=["desk"])
    to: AtLeastOne[Several[MailAddress]] = Field(examples=["desk@example.org"])
    topics: OrAll[Name] = None
    elections: OrAll[Name] = None
    countries: OrAll[Actor] = None
    languages: OrAll[Language] = None
    at: TimeOfDay = time(7)
    days: Days = EVERY_DAY
    zone: Zone = "UTC"
    when_empty: Annotated[WhenEmpty, one_of(WhenEmpty)] = WhenEmpty.SHORT
    format: Annotated[MailFormat, one_of(MailFormat)] = MailFormat.HTML
    problems: bool = False
    alerts: DeclaredAlerts | None = None


class DeclaredSubscribers(Declared):
    """All readers."""

    subscribers: Annotated[tuple[DeclaredSubscriber, ...], Field(strict=False)] = ()


def read_subscribers(
    document: Document, *, topics: Sequence[str], channels: Collection[str]
) -> tuple[tuple[Subscriber, ...], tuple[Mistake, ...]]:
    """The subscribers in the order of the file.

    ``topics`` and ``channels`` are those there are to choose from.
    """
    declared, found = check(document, DeclaredSubscribers)
    mistakes = [*found, *repeated(document, items="subscribers", key="id")]
    listed = declared.subscribers if declared else ()
    for position, subscriber in enumerate(listed):
        for topic in subscriber.topics or ():
            if topic not in topics:
                text = f"topics: there is no topic '{topic}'; {instead(topic, topics)}"
                mistakes.append(document.mistake(("subscribers", position, "topics"), text))
        if subscriber.alerts:
            place = ("subscribers", position, "alerts")
            found_here = _about_alerts(subscriber.alerts, channels=channels)
            mistakes += [document.mistake((*place, key), text) for key, text in found_here]
    return tuple(_subscriber(each, topics=topics) for each in listed), tuple(mistakes)


def _about_alerts(
    alerts: DeclaredAlerts, *, channels: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What cannot be meant, each with the key that it is about."""
    if alerts.countries == () and not alerts.problems:
        text = "alerts: asks for nothing; write 'countries: all' or 'problems: true' under it"
        yield "countries", text
    for name in alerts.channels:
        if name not in channels:
            mend = instead(name, channels) if channels else "name it in settings.toml"
            yield (
                "channels",
                f"channels: no channel '{name}' stands under [alerts.channels]; {mend}",
            )


def _at_once(declared: DeclaredAlerts) -> AtOnce:
    return AtOnce(
        countries=declared.countries, problems=declared.problems, channels=declared.channels
    )


def _subscriber(declared: DeclaredSubscriber, *, topics: Sequence[str]) -> Subscriber:
    return Subscriber(
        id=SubscriberId(declared.id),
        to=declared.to,
        topics=tuple(topics) if declared.topics is None else declared.topics,
        elections=declared.elections,
        countries=declared.countries,
        languages=declared.languages,
        at=declared.at,
        days=declared.days,
        zone=declared.zone,
        when_empty=declared.when_empty,
        format=declared.format,
        # Who is told at once is told by the digest what could not be delivered.
        problems=declared.problems or bool(declared.alerts and declared.alerts.problems),
        alerts=_at_once(declared.alerts) if declared.alerts else None,
    )
