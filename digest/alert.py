"""How does an alert look: as a mail, and in a channel?

A mail is plain text and complete. What goes through a channel is short: chats cut long messages or
refuse them, and a phone shows three lines. Alerts of one thing make one thread, so their subject is
always the same, and each answers a first mail that nobody ever sent.

Pure: nothing that a press office writes gets into a header, and nothing of it calls people in a
chat, or passes there for a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256

from digest.edition import Digest, DigestStory
from digest.message import POLICY, THREAD, Envelope, text_mail
from digest.plain import address, counted, one_line, shortened
from digest.render import render_alert
from domain.delivery import Untold

# The least that a common chat takes is 2,000.
LONGEST_SHORT = 1_800
LONGEST_TITLE = 200
WORD_JOINER = "\N{WORD JOINER}"
QUIET = str.maketrans({"@": f"@{WORD_JOINER}", "<": "‹", ">": "›", "[": "(", "]": ")", "`": "'"})
QUIET_ADDRESS = str.maketrans({"@": "%40", "<": "%3C", ">": "%3E"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What one subscriber is told at once, as it stands in mails and channels."""

    subject: str
    """The same for all alerts of one thing."""
    thread: str
    """What all alerts of one thing to one subscriber have in common."""
    text: str
    short: str
    written_at: datetime
    """In the reader's zone."""


def of_stories(digest: Digest, *, title: str, thread: str) -> Alert:
    """An alert of all stories of a digest, which are of one topic."""
    stories = [
        story
        for chapter in digest.chapters
        for section in chapter.sections
        for story in section.stories
    ]
    return Alert(
        subject=f"Alert: {shortened(one_line(title), 80) or 'no topic'}",
        thread=thread,
        text=render_alert(digest, heading=""),
        short=_short([_in_short(story) for story in stories]),
        written_at=digest.now.astimezone(digest.zone),
    )


def of_problems(digest: Digest, untold: Untold, *, thread: str) -> Alert:
    """An alert of problems that opened and of those that are over; the digest's notes name them."""
    opened, over = len(untold.opened), len(untold.closed)
    said = [f"{counted(opened, 'problem')} opened"] * bool(opened)
    said += [f"{counted(over, 'problem is', 'problems are')} over"] * bool(over)
    return Alert(
        subject="Alert: problems",
        thread=thread,
        text=render_alert(digest, heading=", ".join(said)),
        short=_short([_quiet(note) for note in digest.notes]),
        written_at=digest.now.astimezone(digest.zone),
    )


def alert_mail(alert: Alert, envelope: Envelope) -> EmailMessage:
    """The finished mail to one reader."""
    message = text_mail(
        alert.text,
        envelope=envelope,
        subject=alert.subject,
        sent_at=alert.written_at,
        kind="alert",
    )
    for header in THREAD:
        message[header] = f"<{_checksum(alert.thread)}@{envelope.sender.domain}>"
    return message


def alert_note(alert: Alert, *, channel: str) -> EmailMessage:
    """The finished message for a channel, kept in the form of a mail without an address."""
    message = EmailMessage(policy=POLICY)
    mark = _checksum(alert.thread, alert.written_at.isoformat(), channel, alert.short)
    message["Subject"] = alert.subject
    message["Date"] = alert.written_at
    message["Message-ID"] = f"<{mark}@{channel}>"
    message.set_content(alert.short)
    return message


def _checksum(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _in_short(story: DigestStory) -> str:
    title = shortened(_quiet("".join(piece.text for piece in story.title)), LONGEST_TITLE)
    where = _quiet(f"{story.institution} · {story.date}")
    return f"{title or '(no title)'}\n{where}\n{address(story.url).translate(QUIET_ADDRESS)}"


def _quiet(text: str) -> str:
    """The text as one line that a chat takes for nothing but text."""
    return one_line(text).translate(QUIET)


def _short(parts: Sequence[str]) -> str:
    """As many of the parts as fit, and how many there are besides."""
    shown = list(_fitting(parts))
    left = len(parts) - len(shown)
    more = [f"… and {left:,} more: see the mail, or what pollwatch lists."] if left else []
    return "\n\n".join([*shown, *more])


def _fitting(parts: Sequence[str]) -> Iterator[str]:
    room = LONGEST_SHORT
    for part in parts:
        room -= len(part) + 2
        if room < 0:
            return
        yield part
