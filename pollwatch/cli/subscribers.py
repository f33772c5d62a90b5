"""pollwatch subscribers: who gets what, and who wants none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.plain import one_line
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, record, table, talk

if TYPE_CHECKING:
    from domain.delivery import Standing
    from domain.subscriber import Subscriber

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.group()
@common
def subscribers() -> None:
    """Show who is mailed, and stop mails."""


@subscribers.command(
    "list",
    epilog="\b\nExamples:\n  pollwatch subscribers list\n  pollwatch subscribers list --json\n",
)
@common
def list_() -> None:
    """List who gets which digest, when, and when the last one was."""
    from domain.delivery import NEVER_MET

    with house(absent="go without") as wired:
        readers = wired.config.subscribers
        standings = wired.store.deliveries.standings()
    pairs = [(reader, standings.get(reader.id, NEVER_MET)) for reader in readers]
    if given().json:
        for reader, standing in pairs:
            record(_record(reader, standing))
    elif pairs:
        table(("ID", "AT", "LAST", "TO"), [_row(*pair) for pair in pairs])
    else:
        all_well("Nobody is mailed: subscribers.yaml names no subscriber.")


@subscribers.command(
    epilog="\b\nExamples:\n"
    "  pollwatch subscribers stop desk\n"
    "  pollwatch subscribers stop 3f9c0a1d52e84b7796aa0c4d8e21f5b36d70c9e4\n"
)
@click.argument("who", metavar="ID|TOKEN")
@common
def stop(*, who: str) -> None:
    """Mail a subscriber nothing any more, whatever subscribers.yaml says.

    A token stands in the subject of mails that ask for it, and stops one address. Nothing undoes
    it: who wants mail again gets a new entry in subscribers.yaml, with an id of its own.
    """
    from domain.delivery import EVERY_ADDRESS
    from domain.errors import ConfigError

    with house() as wired:
        post = wired.store.deliveries
        named = [reader.id for reader in wired.config.subscribers]
        known = {str(name): name for name in (*post.standings(), *named)}
        holder = (known[who], EVERY_ADDRESS) if who in known else post.holder_of(who)
        if holder is None:
            mistake = f"'{one_line(who)}' is neither a subscriber nor a token that was mailed"
            names = ", ".join(named) or "nobody"
            raise ConfigError((f"{mistake}; subscribers.yaml names {names}",))
        subscriber, address = holder
        post.stop(subscriber, address=address, now=wired.clock())
    if not given().quiet:
        talk(f"Nothing is mailed to {address or subscriber} any more.")


def _row(reader: Subscriber, standing: Standing) -> tuple[str, ...]:
    last = standing.last_digest_on
    return (
        reader.id,
        f"{reader.at:%H:%M} {reader.zone} {_days(reader)}",
        last.isoformat() if last else "none",
        ", ".join(_address(to, standing) for to in reader.to),
    )


def _address(to: str, standing: Standing) -> str:
    return f"{to} (stopped)" if _is_stopped(to, standing) else to


def _is_stopped(to: str, standing: Standing) -> bool:
    from domain.delivery import is_stopped

    return is_stopped(standing, to)


def _days(reader: Subscriber) -> str:
    """As the file takes them: ``mon-fri``, or each by itself."""
    first, last = min(reader.days), max(reader.days)
    if len(reader.days) == last - first + 1 > 1:
        return f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"
    return ",".join(WEEKDAYS[day] for day in reader.days)


def _alerts_record(reader: Subscriber) -> dict[str, object] | None:
    wishes = reader.alerts
    if wishes is None:
        return None
    return {
        "countries": list(wishes.countries) if wishes.countries is not None else None,
        "problems": wishes.problems,
        "channels": list(wishes.channels),
    }


def _record(reader: Subscriber, standing: Standing) -> dict[str, object]:
    last = standing.last_digest_on
    return {
        "id": reader.id,
        "to": list(reader.to),
        "stopped": [to for to in reader.to if _is_stopped(to, standing)],
        "topics": list(reader.topics),
        "countries": list(reader.countries) if reader.countries is not None else None,
        "languages": list(reader.languages) if reader.languages is not None else None,
        "at": f"{reader.at:%H:%M}",
        "days": [WEEKDAYS[day] for day in reader.days],
        "zone": reader.zone,
        "when_empty": reader.when_empty,
        "format": reader.format,
        "problems": reader.problems,
        "alerts": _alerts_record(reader),
        "last_digest": last.isoformat() if last else None,
    }
