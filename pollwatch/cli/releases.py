"""pollwatch releases: what was published, and what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import click

from digest.plain import address, one_line
from domain.reading import HitKind
from pollwatch.cli import changes, finding
from pollwatch.cli.exits import Exit
from pollwatch.cli.finding import identified, named
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import (
    data,
    date_stamp,
    dated,
    moment,
    record,
    stamp,
    wrapped,
)
from pollwatch.hits import hit_record, hit_words

if TYPE_CHECKING:
    from domain.reading import Hit, Match
    from domain.release import Appearance
    from domain.story import StoredRelease
    from domain.topic import Topic

    Place = tuple[str, str, str, int]
    """The topic and term of a hit, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A release with what its source and the keyword files say of it."""

    release: StoredRelease
    zone: tzinfo
    """Where its source counts days."""
    reasons: Mapping[Place, str]
    """What hits do; those that today's keywords find too."""


@click.group()
@common
def releases() -> None:
    """Find and show what was published."""


releases.add_command(finding.find)
releases.add_command(changes.diff)


@releases.command(
    short_help="Show one release and all that is known of it.",
    epilog="\b\nExamples:\n"
    "  pollwatch releases show r2k4m7p9\n"
    "  pollwatch releases show https://ministry.example/statement\n",
)
@click.argument("name", metavar="ID|ADDRESS")
@common
def show(*, name: str) -> Exit:
    """Show one release: text, hits, appearances, revisions, and where each field is from.

    An id stands in digests and in what `releases find` prints. At an address it is the release
    that was seen there last.
    """
    with house() as wired:
        release = named(wired.store, name)
        zones, topics = wired.zones, wired.config.topics
        boilerplate = wired.store.judgements.boilerplate()
    if release is None:
        return Exit.FAILED
    shown = Shown(
        release=release,
        zone=zones.get(release.source_id, UTC),
        reasons=_reasons(
            release, topics, boilerplate=boilerplate.get(release.source_id, frozenset())
        ),
    )
    if given().json:
        record(_record(shown))
    else:
        data("\n".join(_page(shown)))
    return Exit.DONE


def _reasons(
    release: StoredRelease, topics: Sequence[Topic], *, boilerplate: Collection[str]
) -> Mapping[Place, str]:
    if all(hit.counts for match in release.matches for hit in match.hits):
        return {}
    from analysis.boilerplate import stretches
    from analysis.keywords import compile_topics

    explanations = compile_topics(topics).explain(
        release.title,
        release.text,
        release.language,
        boilerplate=stretches(release.text, boilerplate),
    )
    return {
        _place(explanation.topic.id, finding.hit): finding.reason
        for explanation in explanations
        for finding in explanation.findings
    }


def _place(topic: str, hit: Hit) -> Place:
    return topic, hit.term, hit.where, hit.start


def _page(shown: Shown) -> Iterator[str]:
    release = shown.release
    yield from wrapped(release.title or "(no title)")
    yield from wrapped(release.institution)
    yield ""
    yield from _facts(shown)
    for match in release.matches:
        yield ""
        yield from _judgement(shown, match)
    yield ""
    yield "Appearances"
    for seen in release.appearances:
        yield from _appearance(seen, shown.zone)
    yield ""
    yield "Revisions"
    for revision in release.revisions[:-1]:
        yield from wrapped(f"{moment(revision.seen_at)}: {revision.title}", indent="  ")
        yield from _paragraphs(revision.text, indent="    ")
    yield f"  {moment(release.revisions[-1].seen_at)}: the text in force"
    yield ""
    yield "Text"
    yield from _paragraphs(release.text, indent="  ")


def _facts(shown: Shown) -> Iterator[str]:
    release = shown.release
    witnesses = ", ".join(f"{field}: {one}" for field, one in release.witnesses.items())
    facts = {
        "Release": f"{release.id}, in story {release.story_id}",
        "Source": f"{release.source_id}, {release.country}",
        "Address": address(release.url),
        "Published": dated(release.published_at, shown.zone),
        "Language": release.language or "not known",
        "First seen": moment(release.first_seen_at),
        "Witnesses": witnesses or "none",
    }
    for name, value in facts.items():
        yield f"{name:<12}{one_line(value)}"


def _judgement(shown: Shown, match: Match) -> Iterator[str]:
    verdict = "matches" if match.is_match else "does not match"
    yield one_line(f"Topic {match.topic}: {verdict}, with a score of {match.score:g}")
    for hit in match.hits:
        said = f"{hit.kind} {hit.term} ({hit.language}): “{hit_words(shown.release, hit)}”"
        reason = _reason(shown, match.topic, hit)
        verb = "" if hit.kind is HitKind.TRAP else "does not count: "
        idle = f"; {verb}{reason}" if reason else ""
        yield from wrapped(f"{said} at {hit.start} in the {hit.where}{idle}", indent="  ")


def _reason(shown: Shown, topic: str, hit: Hit) -> str | None:
    """Why a hit does not count; None where it does."""
    if hit.counts:
        return None
    reason = shown.reasons.get(_place(topic, hit))
    return f"it {reason}" if reason else "the keywords of that day said why, not those of today"


def _appearance(seen: Appearance, zone: tzinfo) -> Iterator[str]:
    yield from wrapped(seen.title or "(no title)", indent="  ")
    yield f"    {address(seen.url)}"
    date = seen.published if seen.published_at is None else dated(seen.published_at, zone)
    said = f"dated {date}" if date else "date not given"
    yield f"    first seen {moment(seen.first_seen_at)}, {said}"
    came = "imported" if seen.is_imported else "listed"
    yield from wrapped(f"{came} as {seen.origin}", indent="    ")


def _paragraphs(text: str, *, indent: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from wrapped(paragraph, indent=indent)
        yield ""


def _record(shown: Shown) -> dict[str, object]:
    release = shown.release
    return {
        **identified(release),
        "text": release.text,
        "published": date_stamp(release.published_at, shown.zone),
        "first_seen": stamp(release.first_seen_at),
        "matches": [_match_record(shown, match) for match in release.matches],
        "appearances": [_appearance_record(seen, shown.zone) for seen in release.appearances],
        "revisions": [
            {"seen": stamp(revision.seen_at), "title": revision.title, "text": revision.text}
            for revision in release.revisions
        ],
        "witnesses": dict(release.witnesses),
    }


def _match_record(shown: Shown, match: Match) -> dict[str, object]:
    return {
        "topic": match.topic,
        "relevant": match.is_match,
        "score": match.score,
        "hits": [
            {**hit_record(shown.release, hit), "reason": _reason(shown, match.topic, hit)}
            for hit in match.hits
        ],
    }


def _appearance_record(seen: Appearance, zone: tzinfo) -> dict[str, object]:
    return {
        "origin": seen.origin,
        "imported": seen.is_imported,
        "url": seen.url,
        "title": seen.title,
        "published": date_stamp(seen.published_at, zone) or seen.published or None,
        "first_seen": stamp(seen.first_seen_at),
        "last_seen": stamp(seen.last_seen_at),
    }
