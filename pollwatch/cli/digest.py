"""pollwatch digest: what is told, and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pollwatch.cli import sending
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, record, stamp, talk
from pollwatch.cli.quantities import LONGEST_SPAN, Span

if TYPE_CHECKING:
    from digest.edition import Chapter, Digest, DigestStory
    from domain.subscriber import Subscriber
    from pollwatch.wiring import House

WEEK = timedelta(days=7)


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
    """Send readers what is new, and show what they are told."""


digest.add_command(sending.send)
digest.add_command(sending.list_)
digest.add_command(sending.show)


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
        reader = _subscriber(wired.config.subscribers, subscriber_id) if subscriber_id else None
        page = _untold(wired, reader) if reader else seen_within(wired, since or WEEK)
        if in_browser:
            _open(page)
        if to:
            _mail(wired, page, reader, to=to)
        if not in_browser and not to:
            show(page)


def _open(page: Digest) -> None:
    import webbrowser
    from tempfile import mkdtemp

    from digest.render import render_html

    # The folder stays: a browser reads the page in its own time.
    file = Path(mkdtemp(prefix="pollwatch-digest-")) / "digest.html"
    file.write_text(render_html(page), encoding="utf-8")
    data(str(file))
    if not webbrowser.open(file.as_uri()):
        talk("No browser was found here; open this file with one.")


def _mail(wired: House, page: Digest, reader: Subscriber | None, *, to: str) -> None:
    from digest.mailer import deliver
    from digest.message import to_message
    from domain.subscriber import MailFormat
    from pollwatch.settled import envelope, mail_server

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
    for chapter in page.chapters:
        for story, is_new in _stories(chapter):
            record(_record(chapter, story, is_new=is_new))


def _stories(chapter: Chapter) -> Iterator[tuple[DigestStory, bool]]:
    """What is news; and of a story which is not, its changes and each release that joined."""
    for section in chapter.sections:
        for story in section.stories:
            yield story, True
    for known in chapter.since_told:
        if known.known.changes:
            yield known.known, False
        for release in known.joined:
            yield release, False


def seen_within(wired: House, span: timedelta) -> Digest:
    """What matched and was first seen lately, told or not."""
    from scheduler.dispatch import first_seen

    now = wired.clock()
    return first_seen(
        now - min(span, LONGEST_SPAN),
        store=wired.store,
        topics=wired.config.topics,
        sources=wired.config.sources,
        now=now,
    )


def _untold(wired: House, reader: Subscriber) -> Digest:
    from scheduler.dispatch import untold

    return untold(
        reader,
        store=wired.store,
        topics=wired.config.topics,
        sources=wired.config.sources,
        now=wired.clock(),
    )


def _subscriber(subscribers: Sequence[Subscriber], subscriber_id: str) -> Subscriber:
    from domain.errors import ConfigError

    found = [one for one in subscribers if one.id == subscriber_id]
    if not found:
        ids = ", ".join(one.id for one in subscribers) or "nobody"
        raise ConfigError(
            (f"there is no subscriber '{subscriber_id}'; subscribers.yaml names {ids}",)
        )
    return found[0]


def _record(chapter: Chapter, story: DigestStory, *, is_new: bool) -> dict[str, object]:
    release = story.release
    return {
        "topic": chapter.topic.id,
        "further_topics": [topic.id for topic in story.further_topics],
        "story": release.story_id,
        "since_told": not is_new,
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
            {
                "institution": place.institution,
                "date": place.date,
                "url": place.url,
                "release": place.release_id,
            }
            for place in story.also
        ],
        "changes": [
            {"old": list(change.old), "new": list(change.new), "seen": stamp(change.seen_at)}
            for change in story.changes
        ],
    }
