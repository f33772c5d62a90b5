"""Who mails, and what the settings ask of it; for the command and for the daemon."""

from __future__ import annotations

from collections.abc import Sequence

from digest.mailer import deliver
from digest.message import Envelope
from pollwatch.settled import envelope, mail_server
from pollwatch.wiring import House
from scheduler.letters import Writer
from scheduler.mailing import Mailing, MailPlan


def mailing(house: House, *, remarks: Sequence[str] = ()) -> Mailing:
    """What makes the digests of a house that are due, and sends them.

    ``remarks`` are told to those who run the program, with every digest.
    """
    config = house.config
    settings = config.settings
    server = mail_server(config)

    def seal(address: str, token: str) -> Envelope:
        return envelope(config, address, token=token)

    def hand_over(message: bytes, address: str) -> None:
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
            remarks=remarks,
        ),
        plan=MailPlan(backlog=settings.digest.backlog, per_hour=settings.mail.per_hour),
        deliver=hand_over,
        clock=house.clock,
    )
