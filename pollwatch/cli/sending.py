"""pollwatch digest send, list, show: what goes out, and what went."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, is_watched, moment, record, stamp, table, talk

if TYPE_CHECKING:
    from domain.delivery import Delivery
    from scheduler.mailing import Sent

STATES = {
    "waiting": "waiting",
    "delivered": "delivered",
    "given_up": "given up",
    "withdrawn": "withdrawn",
}
DROPPED = "The mail itself was dropped: it was kept for as long as [keep] mails says"


@click.command(
    short_help="Send every digest that is due.",
    epilog="\b\nExample:\n  pollwatch run --quiet; pollwatch digest send\n",
)
@common
def send() -> Exit:
    """Send each subscriber the digest that is due by his hour, and whatever still waits.

    A digest is sent once a day however often this runs, and a mail that was put off is tried again
    after its pause. Exits 1 where a mail could not be
    delivered, 3 where the server takes none at all; off a terminal it is silent when all is well.
    """
    from pollwatch.mailing import mailing

    with house() as wired:
        sent = mailing(wired).send_due()
        per_hour = wired.config.settings.mail.per_hour
    if is_watched():
        for delivery in sent.delivered:
            talk(f"Sent to {delivery.address}: {delivery.subject}")
        if not sent.digests and not sent.delivered:
            talk("No digest is due.")
    if given().json:
        record(_sent_record(sent))
    tell_failures(sent)
    return _tell_waiting(sent, per_hour=per_hour)


def tell_failures(sent: Sent) -> None:
    """Say what could not be made, or will not be tried again."""
    for unmade in sent.unmade:
        talk(
            f"pollwatch: the {unmade.what} of {unmade.subscriber} was not made:"
            f" {one_line(unmade.reason)}"
        )
    for delivery in sent.given_up:
        why = one_line(delivery.answer)
        talk(f"pollwatch: the {_kind(delivery)} for {delivery.address} was given up: {why}")
        talk("What it told stands in the next digest, unless it came to another address.")
    if sent.unnoted:
        talk(f"pollwatch: {one_line(str(sent.unnoted))}")
        talk("How the last mail went could not be noted; it goes out again, byte for byte.")


def _tell_waiting(sent: Sent, *, per_hour: int) -> Exit:
    """Say what waits, and why; the code that follows from everything."""
    failed = [delivery for delivery in sent.waiting if delivery.answer]
    in_line = len(sent.waiting) - len(failed)
    put_off = [delivery for delivery in failed if delivery.id in sent.put_off]
    if sent.trouble:
        talk(f"pollwatch: {one_line(str(sent.trouble))}. {counted(len(sent.waiting), 'mail')} kept")
        return Exit.FAILED
    if sent.unnoted:
        return Exit.FAILED
    # Of what was put off before it was told then; cron is told once.
    for delivery in failed if is_watched() else put_off:
        talk(
            f"pollwatch: the {_kind(delivery)} for {delivery.address} waits until"
            f" {moment(delivery.next_attempt_at)}: {one_line(delivery.answer)}"
        )
    if in_line and not given().quiet:
        talk(
            f"{counted(in_line, 'mail waits', 'mails wait')} for a later hour: no more than"
            f" {per_hour:,} an hour are sent ([mail] per_hour)."
        )
    return Exit.LOOK if sent.unmade or sent.given_up or put_off else Exit.DONE


@click.command(
    "list",
    short_help="List what was sent, and what waits.",
    epilog="\b\nExamples:\n  pollwatch digest list\n  pollwatch digest list --json\n",
)
@common
def list_() -> None:
    """List every mail that was made, newest first: when, to whom, and how that ended."""
    with house() as wired:
        deliveries = wired.store.deliveries.listed()
    if given().json:
        for delivery in deliveries:
            record(_record(delivery))
    elif deliveries:
        headings = ("ID", "DAY", "STATE", "TRIES", "TO", "WHY")
        table(headings, [_row(delivery) for delivery in deliveries])
    else:
        all_well("No digest was made so far.")


@click.command(
    short_help="Print a mail that was made.",
    epilog="\b\nExamples:\n"
    "  pollwatch digest show 12\n"
    "  pollwatch digest show 12 --eml > digest.eml\n",
)
@click.argument("number", metavar="ID", type=click.IntRange(min=1))
@click.option("--eml", is_flag=True, help="The whole mail, byte for byte, as a mail file.")
@common
def show(*, number: int, eml: bool) -> Exit:
    """Print a mail as it was or will be sent, and what became of it."""
    with house() as wired:
        found = wired.store.deliveries.find(number)
    if found is None:
        talk(f"pollwatch: there is no mail {number}. `pollwatch digest list` shows all.")
        return Exit.FAILED
    delivery, message = found
    text = _text(message) if message else None
    if eml and message is None:
        talk(f"pollwatch: {DROPPED}. `pollwatch digest show {number}` says how it ended.")
        return Exit.FAILED
    if eml:
        click.echo(message, nl=False)
    elif given().json:
        record(_record(delivery) | {"text": text})
    else:
        data("\n".join(_head(delivery)) + "\n")
        data(f"{DROPPED}." if text is None else text)
    return Exit.DONE


def _head(delivery: Delivery) -> list[str]:
    if delivery.settled_at:
        when = f" {moment(delivery.settled_at)}"
    else:
        when = f", again at {moment(delivery.next_attempt_at)}" if delivery.attempts else ""
    attempts = counted(delivery.attempts, "attempt")
    return [
        f"To       {delivery.address} ({delivery.subscriber})",
        f"Subject  {delivery.subject}",
        f"Mail     {delivery.message_id}",
        f"State    {STATES[delivery.state]}{when}, {attempts}",
        *([f"Why      {one_line(delivery.answer)}"] if delivery.answer else []),
    ]


def _text(message: bytes) -> str:
    mail = message_from_bytes(message, EmailMessage, policy=default)
    body = mail.get_body(("plain",))
    text: str = body.get_content() if body else ""
    return text.replace("\r\n", "\n").rstrip("\n")


def _kind(delivery: Delivery) -> str:
    return "digest" if delivery.alert_of is None else "alert"


def _row(delivery: Delivery) -> tuple[str, ...]:
    return (
        str(delivery.id),
        delivery.day.isoformat() if delivery.day else f"{delivery.made_at:%Y-%m-%d} alert",
        STATES[delivery.state],
        str(delivery.attempts),
        delivery.address,
        delivery.answer,
    )


def _record(delivery: Delivery) -> dict[str, object]:
    is_waiting = delivery.settled_at is None
    return {
        "id": delivery.id,
        "subscriber": delivery.subscriber,
        "kind": _kind(delivery),
        "day": delivery.day.isoformat() if delivery.day else None,
        "to": delivery.address,
        "subject": delivery.subject,
        "message_id": delivery.message_id,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "made": stamp(delivery.made_at),
        "settled": stamp(delivery.settled_at),
        "next_attempt": stamp(delivery.next_attempt_at) if is_waiting else None,
        "why": one_line(delivery.answer) or None,
    }


def _sent_record(sent: Sent) -> dict[str, object]:
    return {
        "digests": sent.digests,
        "delivered": [delivery.id for delivery in sent.delivered],
        "waiting": [delivery.id for delivery in sent.waiting],
        "given_up": [delivery.id for delivery in sent.given_up],
        "unmade": [unmade.subscriber for unmade in sent.unmade],
        "trouble": one_line(str(sent.trouble)) if sent.trouble else None,
    }
