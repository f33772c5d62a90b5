"""How do commands speak? Data on stdout, talk on stderr, nothing foreign unwashed.

Nothing is coloured, so there is nothing for NO_COLOR to switch off.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo

import click

from digest.plain import JOINERS, WIDTH, columns, one_line, wrap
from domain.dates import day_only
from pollwatch.cli.options import given

GAP = "  "


def data(line: str = "") -> None:
    """Print what was asked for."""
    click.echo(line)


def record(value: Mapping[str, object]) -> None:
    """Print one JSON object on a line of its own, in UTF-8 whatever the terminal speaks."""
    line = json.dumps(value, ensure_ascii=False)
    # JSON can say half a surrogate pair where UTF-8 cannot.
    click.echo(line.encode("utf-8", errors="backslashreplace"))


def all_well(line: str) -> None:
    """Print an answer that nobody misses who asked for quiet."""
    if not given().quiet:
        data(line)


def talk(line: str = "") -> None:
    """Say something about the work to whoever is watching."""
    click.echo(line, err=True)


def is_watched() -> bool:
    """True where talk goes to a terminal, where somebody waits, and wants to hear it."""
    return sys.stderr.isatty() and not given().quiet


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """What shows how far it is, where somebody watches."""
    is_shown = is_watched()

    def show(words: str) -> None:
        if is_shown:
            click.echo(f"\r{words}", err=True, nl=False)

    yield show
    if is_shown:
        talk()


def printable(line: str) -> str:
    r"""A line of a file as it stands, with what could move or hide others in its escaped form.

    >>> printable("strong:\x1b[2J")
    'strong:\\x1b[2J'
    """
    return "".join(
        sign if sign.isprintable() or sign in JOINERS else sign.encode("unicode_escape").decode()
        for sign in line.expandtabs()
    )


def wrapped(text: str, *, indent: str = "") -> list[str]:
    """Foreign text as lines of 80 columns."""
    return wrap(one_line(text), indent=indent)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headings; the last column gives way where 80 columns do not suffice."""
    clean = [[one_line(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(columns, column)) for column in zip(*clean, strict=True)][:-1]
    room = WIDTH - sum(widths) - len(GAP) * len(widths)
    for *cells, last in clean:
        filled = [
            cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)
        ]
        data(GAP.join([*filled, _fitting(last, room)]).rstrip())


def moment(at: datetime | None) -> str:
    """A moment for people.

    >>> moment(datetime(2024, 3, 20, 7, 30, tzinfo=UTC)), moment(None)
    ('2024-03-20 07:30 UTC', 'never')
    """
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "never"


def stamp(at: datetime | None) -> str | None:
    """A moment for programs.

    >>> stamp(datetime(2024, 3, 20, 7, 30, tzinfo=UTC))
    '2024-03-20T07:30:00Z'
    """
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None


def dated(at: datetime | None, zone: tzinfo) -> str:
    """A date as far as it is known, for people; a day is one of the zone.

    >>> dated(datetime(2024, 3, 18, tzinfo=UTC), UTC), dated(None, UTC)
    ('2024-03-18', 'not given')
    """
    if at is None:
        return "not given"
    day = day_only(at, zone)
    return day.isoformat() if day else moment(at)


def date_stamp(at: datetime | None, zone: tzinfo) -> str | None:
    """A date as far as it is known, for programs.

    >>> date_stamp(datetime(2024, 3, 18, tzinfo=UTC), UTC)
    '2024-03-18'
    """
    day = day_only(at, zone) if at else None
    return day.isoformat() if day else stamp(at)


def _fitting(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    while text and columns(text) >= room:
        text = text[:-1]
    return f"{text.rstrip()}…"
