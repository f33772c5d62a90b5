"""Who mails, and what the settings ask of it; for the command and for the daemon."""

from __future__ import annotations

from collections.abc import Sequence

from digest.channels import notify
from digest.mailer import deliver
from digest.message import Envelope
from domain.delivery import is_channel
from pollwatch.settled import envelope, mail_server
from pollwatch.wiring import House
from scheduler.alerting import Alerting
from scheduler.letters import Writer
from scheduler.mailing import Mailing, MailPlan
from scheduler.upkeep import refused_edit


def mailing(house: House, *, refused: Sequence[str] = ()) -> Mailing:
    """What makes the digests and alerts of a house that are due, and sends them.

    ``refused`` are the mistakes that kept an edit of the configuration from being taken on.
    """
    edits = (refused_edit(refused, now=house.clock()),) if refused else ()
    config = house.config
    settings = config.settings
    server = mail_server(config)

    def seal(address: str, token: str) -> Envelope:
        return envelope(config, address, token=token)

    channels = settings.alerts.channels

    def hand_over(message: bytes, address: str) -> None:
        if is_channel(address):
            notify(message, name=address, url=channels[address].get_secret_value())
            return
        names = envelope(config, address)
        deliver(message, sender=names.sender.addr_spec, to=names.to.addr_spec, server=server)

    return Mailing(
        store=house.store,
        subscribers=config.subscribers,
        writer=Writer(
            store=house.store,
            topics=config.topics,
            sources=config.sources,
            seal=seal,
            refused=edits,
        ),
        plan=MailPlan(backlog=settings.digest.backlog, per_hour=settings.mail.per_hour),
        deliver=hand_over,
        clock=house.clock,
        alerting=Alerting(
            store=house.store,
            topics=config.topics,
            sources=config.sources,
            seal=seal,
            pause=settings.alerts.pause,
            refused=edits,
            clock=house.clock,
        ),
    )
