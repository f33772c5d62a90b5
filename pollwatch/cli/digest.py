"""pollwatch digest: what is told, and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, record, stamp, talk

if TYPE_CHECKING:
    from digest.compose import Digest, DigestStory
    from domain.story import Story
    from domain.subscriber import Subscriber
    from domain.topic import Topic
    from pollwatch.wiring import House

WEEK = timedelta(days=7)
# "--since 9999y" means everything, and must not leave the calendar.
LONGEST_SPAN = timedelta(days=365 * 100)


class Span(click.ParamType[timedelta]):
    """A length of time, written as everywhere else: 12h, 7d."""

    name = "span"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """The length of time, or a usage error that says what to write."""
        from pollwatch.loading.quantities import duration

        try:
            return duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Mailbox(click.ParamType[str]):
    """A mail address."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address, or a usage error that says what to write."""
        from digest.message import mailbox
        from domain.errors import DeliveryError

        try:
            return mailbox(value).addr_spec
        except DeliveryError as error:
            self.fail(str(error), param, ctx)


@click.group()
@common
def digest() -> None:
    """What readers are told."""


@digest.command(
    short_help="Print the digest; nothing is marked as told.",
    epilog="\b\nExamples:\n"
    "  pollwatch digest preview --since 2d\n"
    "  pollwatch digest preview --subscriber desk\n"
    "  pollwatch digest preview --open\n"
    "  pollwatch digest preview --mail desk@example.org\n",
)
@click.option("--subscriber", "subscriber_id", metavar="ID", help="What this one would be sent.")
@click.option(
    "--since",
    metavar="SPAN",
    type=Span(),
    help="What was first seen in the last 12h, 7d …; 7d unless said.",
)
@click.option("--open", "in_browser", is_flag=True, help="As a web page, in your browser.")
@click.option("--mail", "to", metavar="ADDRESS", type=Mailbox(), help="As a mail, sent there.")
@common
def preview(
    *, subscriber_id: str | None, since: timedelta | None, in_browser: bool, to: str | None
) -> None:
    """Print the digest; nobody is sent anything, and nothing is marked as told.

    Without a subscriber it holds everything that matched and was first seen in the span, told or
    not. With --open it is shown in your browser instead, and the path of the page is printed;
    with --mail it is sent to an address of yours.
    """
    if subscriber_id and since:
        raise click.UsageError(
            "--since goes without --subscriber: what a subscriber is sent depends on what was "
            "told before, not on time"
        )
    with house() as wired:
        for page in digests(wired, subscriber_id, since or WEEK):
            if in_browser:
                _open(page)
            if to:
                _mail(wired, page, subscriber_id, to)
            if not in_browser and not to:
                show(page)


def _open(page: Digest) -> None:
    import webbrowser
    from tempfile import mkdtemp

    from digest.render import render_html

    # The folder stays: a browser reads the page in its own time.
    file = Path(mkdtemp(prefix="pollwatch-digest-")) / f"{page.topic.id}.html"
    file.write_text(render_html(page), encoding="utf-8")
    data(str(file))
    if not webbrowser.open(file.as_uri()):
        talk("No browser was found here; open this file with one.")


def _mail(wired: House, page: Digest, subscriber_id: str | None, to: str) -> None:
    from digest.mailer import deliver
    from digest.message import to_message
    from domain.subscriber import MailFormat
    from pollwatch.wiring import envelope, mail_server

    reader = _subscriber(wired.config.subscribers, subscriber_id) if subscriber_id else None
    sealed = envelope(wired.config, to)
    message = to_message(page, envelope=sealed, wanted=reader.format if reader else MailFormat.HTML)
    deliver(
        message.as_bytes(), sender=sealed.sender.addr_spec, to=to, server=mail_server(wired.config)
    )
    talk(f"Sent to {to}: {message['Subject']}")


def show(page: Digest) -> None:
    """Print a digest, for people or for programs."""
    from digest.render import render_text

    if not given().json:
        data(render_text(page))
        return
    for section in page.sections:
        for story in section.stories:
            record(_record(page, story))


def digests(wired: House, subscriber_id: str | None, span: timedelta) -> Iterator[Digest]:
    """A digest for each topic: what a subscriber was not told, or what was first seen lately."""
    from zoneinfo import ZoneInfo

    from digest.compose import compose
    from domain.health import watched_feeds

    now = wired.clock()
    feeds = watched_feeds(wired.config.sources, states=wired.store.feed_states(), now=now)
    if subscriber_id is None:
        since, zone = now - min(span, LONGEST_SPAN), "UTC"
        told = _matched(wired, since)
    else:
        reader = _subscriber(wired.config.subscribers, subscriber_id)
        since, zone = None, reader.zone
        told = _untold(wired, reader)
    for topic, stories in told:
        yield compose(stories, topic=topic, feeds=feeds, since=since, now=now, zone=ZoneInfo(zone))


def _matched(wired: House, since: datetime) -> Iterator[tuple[Topic, Sequence[Story]]]:
    for topic in wired.config.topics:
        yield topic, wired.store.matched_stories(topic.id, since=since)


def _untold(wired: House, reader: Subscriber) -> Iterator[tuple[Topic, Sequence[Story]]]:
    from digest.wanted import wanted

    for topic in wired.config.topics:
        if topic.id in reader.topics:
            stories = wired.store.untold_stories(topic.id, subscriber=reader.id)
            yield topic, wanted(stories, reader)


def _subscriber(subscribers: Sequence[Subscriber], subscriber_id: str) -> Subscriber:
    from domain.errors import ConfigError

    found = [one for one in subscribers if one.id == subscriber_id]
    if not found:
        ids = ", ".join(one.id for one in subscribers) or "nobody"
        raise ConfigError(
            (f"there is no subscriber '{subscriber_id}'; subscribers.yaml names {ids}",)
        )
    return found[0]


def _record(digest: Digest, story: DigestStory) -> dict[str, object]:
    release = story.release
    return {
        "topic": digest.topic.id,
        "story": release.story_id,
        "release": release.id,
        "country": release.country,
        "institution": release.institution,
        "title": release.title,
        "lang": release.language,
        "published": stamp(release.published_at),
        "date": story.date,
        "sentence": "".join(piece.text for piece in story.sentence or story.title),
        "keywords": [
            {"term": reason.term, "language": reason.language, "passage": reason.passage}
            for reason in story.reasons
        ],
        "url": story.url,
        "also": [
            {"institution": place.institution, "date": place.date, "url": place.url}
            for place in story.also
        ],
        "changes": [
            {"old": list(change.old), "new": list(change.new), "seen": stamp(change.seen_at)}
            for change in story.changes
        ],
    }
