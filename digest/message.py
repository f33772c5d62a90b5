"""How does a digest become a mail?

Pure: the same digest to the same reader is the same mail, byte for byte. Nothing that a press
office writes gets into a header: the subject is made of the topic, a number and a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from hashlib import sha256
from urllib.parse import quote

from digest.calendar import day_of
from digest.edition import Digest
from digest.render import render_html, render_html_part, render_text, subject
from domain.errors import DeliveryError
from domain.mail_address import taken_everywhere
from domain.subscriber import MailFormat

# Mail readers cut HTML at some 100 KB. Line ends are two bytes on the way, and gateways add lines.
LONGEST_PART = 95_000
THREAD = ("In-Reply-To", "References")
URL_LETTERS = "%/:?#[]@!$&'()*+,;=~"


class OneLine(UnstructuredHeader, BaseHeader):
    """A header that programs read: folding would encode its addresses where they are long."""

    def fold(self, *, policy: Policy) -> str:
        """Return the header as one line."""
        return f"{self.name}: {self}{policy.linesep}"


def _headers() -> HeaderRegistry:
    headers = HeaderRegistry()
    for name in ("Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", *THREAD):
        headers.map_to_type(name, OneLine)
    return headers


# Any server takes letters of seven bits.
POLICY = SMTP.clone(cte_type="7bit", header_factory=_headers())


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes to whom, and where one takes leave."""

    sender: Address
    to: Address
    unsubscribe_to: Address
    unsubscribe_url: str | None
    token: str = ""
    """By which the reader of this one mail takes leave; a trial has none."""


def mailbox(written: str, *, name: str = "") -> Address:
    """The address as servers take it: letters of other scripts only in the domain, encoded.

    >>> mailbox("desk@bücher.example").addr_spec
    'desk@xn--bcher-kva.example'
    """
    parts = taken_everywhere(written)
    if parts is None:
        raise DeliveryError(
            f"'{written}' is no address that every mail server takes",
            next_step="Write one like desk@example.org, without accents before the @",
        )
    return Address(name, *parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A digest as it stands in mails to whomever."""

    digest: Digest
    text: str
    part: str
    """As much of it as HTML as mail readers show; empty where text alone is wanted."""
    whole: str
    """All of it as HTML; empty like the part."""


def to_pages(digest: Digest, *, wanted: MailFormat) -> Pages:
    """What all mails of a digest share; it takes most of the work."""
    is_html = wanted is MailFormat.HTML
    return Pages(
        digest=digest,
        text=render_text(digest),
        part=render_html_part(digest, longest=LONGEST_PART) if is_html else "",
        whole=render_html(digest) if is_html else "",
    )


def to_message(digest: Digest, *, envelope: Envelope, wanted: MailFormat) -> EmailMessage:
    """The finished mail: text, and unless text alone is wanted HTML, with the whole attached."""
    return enveloped(to_pages(digest, wanted=wanted), envelope)


def enveloped(pages: Pages, envelope: Envelope) -> EmailMessage:
    """The finished mail to one reader."""
    digest = pages.digest
    message = text_mail(
        pages.text,
        envelope=envelope,
        subject=subject(digest),
        sent_at=digest.now.astimezone(digest.zone),
        kind="digest",
    )
    if pages.whole:
        _add_html(message, pages)
    return message


def text_mail(
    text: str, *, envelope: Envelope, subject: str, sent_at: datetime, kind: str
) -> EmailMessage:
    """A finished mail of a kind that mail programs can sort by."""
    domain = envelope.sender.domain
    message = EmailMessage(policy=POLICY)
    message["From"] = envelope.sender
    message["To"] = envelope.to
    message["Subject"] = subject
    message["Date"] = sent_at
    message["Message-ID"] = f"<{_mark(text, envelope=envelope, sent_at=sent_at)}@{domain}>"
    message["List-Id"] = f"<{kind}.pollwatch.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    _add_ways_out(message, envelope)
    message.set_content(text)
    return message


def _add_html(message: EmailMessage, pages: Pages) -> None:
    day = day_of(pages.digest.now, pages.digest.zone)
    message.add_alternative(pages.part, subtype="html")
    _bound(message, "alternative")
    message.add_attachment(pages.whole, subtype="html", filename=f"digest-{day.isoformat()}.html")
    _bound(message, "mixed")


def _bound(message: EmailMessage, name: str) -> None:
    """Part the parts by a line that none of them can hold: it bears their own checksum."""
    message.set_boundary(f"=_{name}_{message['Message-ID'].strip('<>').partition('@')[0]}")


def _mark(text: str, *, envelope: Envelope, sent_at: datetime) -> str:
    """What tells this mail from all others."""
    parts = (sent_at.astimezone(UTC).isoformat(), envelope.to.addr_spec, text)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _add_ways_out(message: EmailMessage, envelope: Envelope) -> None:
    """By mail always; by a click of the mail program where a public address takes it (RFC 8058)."""
    leave = f"unsubscribe {envelope.token}".rstrip()
    ways = [f"mailto:{envelope.unsubscribe_to.addr_spec}?subject={quote(leave)}"]
    if envelope.unsubscribe_url:
        ways.append(_with_token(quote(envelope.unsubscribe_url, safe=URL_LETTERS), envelope.token))
    message["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in ways)
    # Mail programs click nothing that is not encrypted.
    if ways[-1].lower().startswith("https://"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _with_token(url: str, token: str) -> str:
    if not token:
        return url
    address, fragment, rest = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}token={token}{fragment}{rest}"
