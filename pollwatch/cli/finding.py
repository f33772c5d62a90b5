"""pollwatch releases find: which releases hold these words?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from digest.plain import counted
from pollwatch.cli.digest import LONGEST_SPAN, Span
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import record, stamp, table, talk

if TYPE_CHECKING:
    from analysis.searching import TypedSearch
    from domain.search import Scope
    from domain.source import SourceId
    from domain.story import StoredRelease
    from pollwatch.wiring import House


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
@click.option("--since", metavar="SPAN", type=Span(), help="Only the last 12h, 30d, 1y …")
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
        # A day is the day that it was where it was written.
        zones = {source.id: source.zone for source in wired.config.sources}
        _print(_found(wired, wanted, scope, at_most=limit + 1), limit=limit, zones=zones)


def _found(
    wired: House, wanted: TypedSearch, scope: Scope, *, at_most: int
) -> Sequence[StoredRelease]:
    from analysis.searching import VERSION
    from scheduler.ingest import fold

    for number, left in enumerate(wired.store.fold_rest(fold, version=VERSION)):
        if number == 0 and not given().quiet:
            talk(f"Making {counted(left, 'older text')} ready for searches, this once …")
    return wired.store.find(wanted, scope=scope, at_most=at_most)


def _print(found: Sequence[StoredRelease], *, limit: int, zones: Mapping[SourceId, str]) -> None:
    shown = found[:limit]
    if given().json:
        for release in shown:
            record(_record(release))
    elif shown:
        table(("Date", "From", "Id", "Title"), [_row(release, zones) for release in shown])
    if not given().quiet:
        if not found:
            talk("Nothing found.")
        elif len(found) > limit:
            talk(f"These are the newest {limit:,}; there are more (--limit).")


def _row(release: StoredRelease, zones: Mapping[SourceId, str]) -> tuple[str, ...]:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(zones.get(release.source_id, "UTC"))
    # A date to come is the source's claim; what is surely true is when we saw it.
    stated = release.published_at and min(release.published_at, release.first_seen_at)
    day = f"{stated.astimezone(zone):%Y-%m-%d}" if stated else "not given"
    return day, release.country, release.id, release.title or "(no title)"


def _record(release: StoredRelease) -> dict[str, object]:
    return {
        "release": release.id,
        "story": release.story_id,
        "source": release.source_id,
        "institution": release.institution,
        "country": release.country,
        "lang": release.language,
        "url": release.url,
        "title": release.title,
        "published": stamp(release.published_at),
        "first_seen": stamp(release.first_seen_at),
        "relevant": any(match.is_match for match in release.matches),
    }
