"""pollwatch releases: what was published, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from digest.plain import address, one_line
from pollwatch.cli import changes, finding
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, moment, record, stamp, talk, wrapped
from pollwatch.hits import hit_record, hit_words

if TYPE_CHECKING:
    from domain.reading import Match
    from domain.release import Appearance
    from domain.story import StoredRelease


@click.group()
@common
def releases() -> None:
    """What was published, and what is known of it."""


releases.add_command(finding.find)
releases.add_command(changes.diff)


@releases.command(
    short_help="Show one release and all that is known of it.",
    epilog="\b\nExample:\n  pollwatch releases show r2k4m7p9\n",
)
@click.argument("release_id", metavar="ID")
@common
def show(*, release_id: str) -> Exit:
    """Show one release: text, hits, appearances, revisions, and where each field is from."""
    with house() as wired:
        release = wired.store.release(release_id)
    if release is None:
        talk(f"pollwatch: there is no release '{one_line(release_id)}'")
        return Exit.FAILED
    if given().json:
        record(_record(release))
    else:
        data("\n".join(_page(release)))
    return Exit.DONE


def _page(release: StoredRelease) -> Iterator[str]:
    yield from wrapped(release.title or "(no title)")
    yield from wrapped(release.institution)
    yield ""
    yield from _facts(release)
    for match in release.matches:
        yield ""
        yield from _judgement(release, match)
    yield ""
    yield "Appearances"
    for seen in release.appearances:
        yield from _appearance(seen)
    yield ""
    yield "Revisions"
    for revision in release.revisions[:-1]:
        yield from wrapped(f"{moment(revision.seen_at)}: {revision.title}", indent="  ")
        yield from _paragraphs(revision.text, indent="    ")
    yield f"  {moment(release.revisions[-1].seen_at)}: the text in force"
    yield ""
    yield "Text"
    yield from _paragraphs(release.text, indent="  ")


def _facts(release: StoredRelease) -> Iterator[str]:
    witnesses = ", ".join(f"{field}: {one}" for field, one in release.witnesses.items())
    facts = {
        "Release": f"{release.id}, in story {release.story_id}",
        "Source": f"{release.source_id}, {release.country}",
        "Address": address(release.url),
        "Published": _dated(release.published_at).removeprefix("dated "),
        "Language": release.language or "not known",
        "First seen": moment(release.first_seen_at),
        "Witnesses": witnesses or "none",
    }
    for name, value in facts.items():
        yield f"{name:<12}{one_line(value)}"


def _judgement(release: StoredRelease, match: Match) -> Iterator[str]:
    verdict = "matches" if match.is_match else "does not match"
    yield one_line(f"Topic {match.topic}: {verdict}, with a score of {match.score:g}")
    for hit in match.hits:
        said = f"{hit.kind} {hit.term} ({hit.language}): “{hit_words(release, hit)}”"
        counts = "" if hit.counts else "; does not count"
        yield from wrapped(f"{said} at {hit.start} in the {hit.where}{counts}", indent="  ")


def _appearance(seen: Appearance) -> Iterator[str]:
    yield from wrapped(seen.title or "(no title)", indent="  ")
    yield f"    {address(seen.url)}"
    yield f"    first seen {moment(seen.first_seen_at)}, {_dated(seen.published_at)}"
    yield from wrapped(f"listed as {seen.origin}", indent="    ")


def _dated(published_at: datetime | None) -> str:
    return f"dated {moment(published_at)}" if published_at else "date not given"


def _paragraphs(text: str, *, indent: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from wrapped(paragraph, indent=indent)
        yield ""


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
        "text": release.text,
        "published": stamp(release.published_at),
        "first_seen": stamp(release.first_seen_at),
        "matches": [_match_record(release, match) for match in release.matches],
        "appearances": [_appearance_record(seen) for seen in release.appearances],
        "revisions": [
            {"seen": stamp(revision.seen_at), "title": revision.title, "text": revision.text}
            for revision in release.revisions
        ],
        "witnesses": dict(release.witnesses),
    }


def _match_record(release: StoredRelease, match: Match) -> dict[str, object]:
    return {
        "topic": match.topic,
        "relevant": match.is_match,
        "score": match.score,
        "hits": [hit_record(release, hit) for hit in match.hits],
    }


def _appearance_record(seen: Appearance) -> dict[str, object]:
    return {
        "origin": seen.origin,
        "url": seen.url,
        "title": seen.title,
        "published": stamp(seen.published_at),
        "first_seen": stamp(seen.first_seen_at),
        "last_seen": stamp(seen.last_seen_at),
    }
