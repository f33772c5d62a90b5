"""What do the settings ask of each room? The values that the rooms define for themselves."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from domain.evidence import Retention
from pollwatch.loading import Config

if TYPE_CHECKING:
    from crawler.policy import CrawlPolicy
    from digest.mailer import MailServer
    from digest.message import Envelope


def crawl_policy(config: Config) -> CrawlPolicy:
    """The manners and limits that the settings ask of the crawler."""
    from crawler.policy import CrawlPolicy

    crawl = config.settings.crawl
    return CrawlPolicy(
        user_agent=crawl.user_agent,
        delay=crawl.delay,
        timeout=crawl.timeout,
        page_limit=crawl.page_limit,
        at_once=crawl.at_once,
        releases_per_run=crawl.releases_per_run,
        allow_private=crawl.allow_private,
        hosts=crawl.hosts,
        ca_file=crawl.ca_file,
    )


def retention(config: Config) -> Retention:
    """How long the settings keep what."""
    keep = config.settings.keep
    return Retention(
        unmatched=keep.originals_unmatched,
        matched=keep.originals_matched,
        polls=keep.polls,
        mails=keep.mails,
    )


def mail_server(config: Config) -> MailServer:
    """The server that the settings hand our mail to."""
    from digest.mailer import MailServer

    mail = config.settings.mail
    return MailServer(
        host=mail.host,
        port=mail.port,
        tls=mail.tls,
        username=mail.username,
        password=mail.password.get_secret_value() if mail.password else "",
    )


def envelope(config: Config, to: str, *, token: str = "") -> Envelope:
    """Who writes to this address, as the settings say; else this machine does."""
    from digest.message import Envelope, mailbox

    mail = config.settings.mail
    sender = mail.sender or f"pollwatch@{socket.gethostname()}"
    return Envelope(
        sender=mailbox(sender, name="pollwatch"),
        to=mailbox(to),
        unsubscribe_to=mailbox(mail.unsubscribe_to or sender),
        unsubscribe_url=mail.unsubscribe_url,
        token=token,
    )
