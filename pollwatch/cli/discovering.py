"""pollwatch sources discover: what has a site that could be watched?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from digest.plain import address, counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, is_watched, record, stamp, talk, wrapped

if TYPE_CHECKING:
    from crawler.discover import Found
    from pollwatch.exploring import Exploration


@click.command(
    short_help="Find the feeds of a site, and draft its file.",
    epilog="\b\nExamples:\n"
    "  pollwatch sources discover https://ministry.example/\n"
    "  pollwatch sources discover https://ministry.example/ > draft.yaml\n",
)
@click.argument("url", metavar="URL")
@common
def discover(*, url: str) -> Exit:
    """Look around on a site for feeds, sitemaps and listings, and draft its file on stdout.

    URL is its home page, or better the page where it lists its press releases. Feeds that the
    page names are asked for, else usual addresses; then pages that it links as press or news.
    That is some ten requests, at the pace of all others, and robots.txt holds. Nothing is
    stored, and only what answered and could be read is drafted.

    Exits 1 where nothing was found.
    """
    from pollwatch.drafting import written
    from pollwatch.exploring import drafted, explore

    watched = is_watched()
    with house(absent="make") as wired:
        seen = explore(
            wired,
            _checked(url),
            on_request=lambda asked: talk(f"… {address(asked)}") if watched else None,
        )
        draft = drafted(seen.discovery, on=wired.clock().date())
    text = written(draft) if draft else ""
    if given().json:
        record(_record(seen, text))
    else:
        talk("\n".join(_lines(seen)))
        if draft:
            data(text.rstrip())
            talk(f"\nSave it as {draft.file} in your folder; `pollwatch sources try {draft.id}`.")
    return Exit.DONE if draft else Exit.LOOK


def _checked(url: str) -> str:
    from domain.urls import is_web_address, without_credentials

    if not is_web_address(url):
        raise click.BadParameter(f"{url!r} is no web address; write one that begins with https://")
    return without_credentials(url)


def _lines(seen: Exploration) -> Iterator[str]:
    found = seen.discovery
    yield f"{one_line(found.name)}, {address(found.url)}"
    for one in found.found:
        same = f"; the same releases as {address(one.same_as)}" if one.same_as else ""
        said = f"{one.kind} {address(one.url)}: {_counts(one)}; {one.how}{same}"
        yield from _hanging("  found      ", said)
    for missed in found.not_found:
        reason = missed.reason.removeprefix(missed.url).strip(": ")
        yield from _hanging("  not there  ", f"{address(missed.url)}: {reason}; {missed.how}")
    if not found.found:
        yield "  Nothing was found. If the site lists its releases on another page, name that one."
    hosts = len({one.split("/")[2] for one in seen.requests})
    robots = sum(one.endswith("/robots.txt") for one in seen.requests)
    asked = counted(len(seen.requests), "request")
    yield f"  {asked} to {counted(hosts, 'host')}, {robots} of them for robots.txt.\n"


def _counts(found: Found) -> str:
    newest = f", newest {found.newest_at:%Y-%m-%d}" if found.newest_at else ", without dates"
    return counted(len(found.entries), "entry", "entries") + newest


def _hanging(name: str, text: str) -> list[str]:
    first, *more = wrapped(text, indent=" " * len(name))
    return [name + first.strip(), *more]


def _record(seen: Exploration, draft: str) -> dict[str, object]:
    found = seen.discovery
    return {
        "url": found.url,
        "name": one_line(found.name),
        "language": found.language,
        "found": [
            {
                "kind": one.kind,
                "url": one.url,
                "how": one.how,
                "entries": len(one.entries),
                "newest": stamp(one.newest_at),
                "same_as": one.same_as or None,
            }
            for one in found.found
        ],
        "not_found": [
            {"url": one.url, "how": one.how, "reason": one.reason} for one in found.not_found
        ],
        "requests": list(seen.requests),
        "draft": draft or None,
    }
