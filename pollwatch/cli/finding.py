"""pollwatch releases find: which releases hold these words?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, timedelta, tzinfo
from typing import TYPE_CHECKING

import click

from digest.calendar import day_of
from digest.plain import counted, one_line
from domain.urls import without_password
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import date_stamp, record, stamp, table, talk
from pollwatch.cli.quantities import LONGEST_SPAN, Span

if TYPE_CHECKING:
    from analysis.searching import TypedSearch
    from domain.search import Scope
    from domain.source import SourceId
    from domain.story import StoredRelease
    from pollwatch.wiring import House
    from storage.store import Store

HOW_TO_FIND = "`pollwatch releases find WORDS` shows ids"


@click.command(
    short_help="Find releases by their words.",
    epilog="\b\nExamples:\n"
    "  pollwatch releases find observers Georgia\n"
    "  pollwatch releases find '\"not recognise\" Donetsk' --since 30d\n"
    "  pollwatch releases find 'wybor*' --country PL --json\n",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--source", "source_id", metavar="ID", help="Only what this source published.")
@click.option("--country", metavar="CC", help="Only what sources of this country published.")
@click.option(
    "--since", metavar="SPAN", type=Span(), help="Only what is dated within the last 12h, 30d, 1y …"
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=30,
    help="At most so many; 30 unless said.",
)
@common
def find(
    *,
    words: Sequence[str],
    source_id: str | None,
    country: str | None,
    since: timedelta | None,
    limit: int,
) -> None:
    """Find the releases in which all WORDS occur, newest first.

    Capitals, accents and scripts do not matter. "Words in double quotes" stand one after another,
    word* is any word that begins so; nothing else has a meaning. Earlier texts of a release count
    too. Of a very long text the first 80,000 characters are looked at.
    """
    from analysis.searching import typed
    from domain.search import Scope
    from domain.source import SourceId

    wanted = typed(" ".join(words))
    if not wanted.terms:
        raise click.UsageError("there is no word to look for; write one, in any script")
    with house() as wired:
        scope = Scope(
            source_id=SourceId(source_id) if source_id else None,
            country=country.upper() if country else None,
            since=wired.clock() - min(since, LONGEST_SPAN) if since else None,
        )
        found = _found(wired, wanted, scope, at_most=limit + 1)
        unknown = _unknown(scope, wired.zones)
        _print(found, limit=limit, zones=wired.zones, unknown=unknown)


def named(store: Store, name: str) -> StoredRelease | None:
    """The release with this id, or else at this address; where there is none, that is said."""
    from domain.urls import is_web_address

    found = store.release_at(name) if is_web_address(name) else store.release(name)
    if found is None:
        talk(f"pollwatch: there is no release '{one_line(without_password(name))}'; {HOW_TO_FIND}")
    return found


def _found(
    wired: House, wanted: TypedSearch, scope: Scope, *, at_most: int
) -> Sequence[StoredRelease]:
    from analysis.searching import VERSION
    from scheduler.ingest import fold

    for number, left in enumerate(wired.store.fold_rest(fold, version=VERSION)):
        if number == 0 and not given().quiet:
            talk(f"Making {counted(left, 'older text')} ready for searches, this once …")
    return wired.store.find(wanted, scope=scope, at_most=at_most)


def _unknown(scope: Scope, sources: Collection[SourceId]) -> Iterator[str]:
    """What of a search nobody knows; rows may have brought it all the same."""
    from domain.actors import NAMES
    from pollwatch.loading.mistakes import nearest

    if scope.source_id and scope.source_id not in sources:
        near = nearest(scope.source_id, sources)
        mend = f"'{near}' is" if near else "`pollwatch sources list` shows those that are"
        yield one_line(f"No source '{scope.source_id}' is configured; {mend}.")
    if scope.country and scope.country not in NAMES:
        codes = {name: code for code, name in NAMES.items()}
        near = nearest(scope.country, codes)
        mend = f"{near} is {codes[near]}" if near else "codes are like PL, EU or UN"
        yield one_line(f"'{scope.country}' is no code of a country; {mend}.")


def _print(
    found: Sequence[StoredRelease],
    *,
    limit: int,
    zones: Mapping[SourceId, tzinfo],
    unknown: Iterable[str],
) -> None:
    shown = found[:limit]
    if given().json:
        for release in shown:
            record(_record(release, zones))
    elif shown:
        table(("Date", "From", "Id", "Title"), [_row(release, zones) for release in shown])
    if not given().quiet:
        if not found:
            talk(" ".join(["Nothing found.", *unknown]))
        elif len(found) > limit:
            talk(f"These are the newest {limit:,}; there are more (--limit).")


def _row(release: StoredRelease, zones: Mapping[SourceId, tzinfo]) -> tuple[str, ...]:
    # A day is the day that it was where it was written.
    zone = zones.get(release.source_id, UTC)
    # A date to come is the source's claim; what is surely true is when we saw it.
    stated = release.published_at and min(release.published_at, release.first_seen_at)
    day = day_of(stated, zone).isoformat() if stated else "not given"
    return day, release.country, release.id, release.title or "(no title)"


def identified(release: StoredRelease) -> dict[str, object]:
    """What a record of a release begins with: which one it is, and whose."""
    return {
        "release": release.id,
        "story": release.story_id,
        "source": release.source_id,
        "institution": release.institution,
        "country": release.country,
        "lang": release.language,
        "url": release.url,
        "title": release.title,
    }


def _record(release: StoredRelease, zones: Mapping[SourceId, tzinfo]) -> dict[str, object]:
    return {
        **identified(release),
        "published": date_stamp(release.published_at, zones.get(release.source_id, UTC)),
        "first_seen": stamp(release.first_seen_at),
        "relevant": any(match.is_match for match in release.matches),
    }
