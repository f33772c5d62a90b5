"""pollwatch stories: what makes one announcement of several releases, and who knows better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

import click

from digest.plain import address, counted, one_line
from pollwatch.cli.finding import identified
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import all_well, data, date_stamp, dated, moment, record, stamp, wrapped

if TYPE_CHECKING:
    from domain.reading import Likeness
    from domain.source import SourceId
    from domain.story import Membership, StoredRelease
    from pollwatch.belonging import Reason

    Zones = Mapping[SourceId, tzinfo]


class Because(click.ParamType[str]):
    """A reason in words."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The reason on one line, or a usage error where it says nothing."""
        return one_line(value) or self.fail("say why, in a few words", param, ctx)


because_option = click.option(
    "--because",
    metavar="WHY",
    type=Because(),
    required=True,
    help="Your reason; `stories show` gives it.",
)


@click.group()
@common
def stories() -> None:
    """Show why releases make one story; join and split by hand."""


@stories.command(
    short_help="Show the releases of a story, and why each is in.",
    epilog="\b\nExamples:\n"
    "  pollwatch stories show s3w5x8z2\n"
    "  pollwatch stories show https://ministry.example/statement\n",
)
@click.argument("name", metavar="ID|ADDRESS")
@common
def show(*, name: str) -> None:
    """Show a story: its releases, why each belongs to it, and what is near and kept apart.

    The id or address may also be that of one of its releases.
    """
    with house() as wired:
        found = wired.store.memberships.of(name)
        zones = wired.zones
    if given().json:
        record(_record(found, zones))
    else:
        data("\n".join(_page(found, zones)))


@stories.command(
    short_help="Make one story of two, for good.",
    epilog="\b\nExample:\n"
    "  pollwatch stories join r2k4m7p9 r5n8t3v6 --because 'One joint statement.'\n",
)
@click.argument("one", metavar="ID|ADDRESS")
@click.argument("other", metavar="ID|ADDRESS")
@because_option
@common
def join(*, one: str, other: str, because: str) -> None:
    """Make one story of two, whatever is found when they are compared.

    Nobody is mailed for it: who was told of the one counts as told of the other. To undo it, split.
    """
    with house() as wired:
        is_new = wired.join_stories(one, other, because=because)
        story = wired.store.memberships.of(one).story.id
    _print(story, "One story", is_new=is_new)


@stories.command(
    short_help="Take releases out of their story, for good.",
    epilog="\b\nExample:\n"
    "  pollwatch stories split r5n8t3v6 --because 'Its own words, a week later.'\n",
)
@click.argument("names", metavar="ID|ADDRESS…", nargs=-1, required=True)
@because_option
@common
def split(*, names: Sequence[str], because: str) -> None:
    """Take releases out of their story, whatever is found when they are compared.

    Several leave together. Nobody is mailed what he was told before. To undo it, join.
    """
    with house() as wired:
        is_new = wired.split_stories(names, because=because)
        story = wired.store.memberships.of(names[0]).story.id
    _print(story, "A story of its own", is_new=is_new)


def _print(story: str, words: str, *, is_new: bool) -> None:
    if given().json:
        record({"story": story, "changed": is_new})
    else:
        all_well(f"{words} {'now' if is_new else 'already'}: {story}")


def _page(found: Membership, zones: Zones) -> Iterator[str]:
    from pollwatch.belonging import joined, kept_apart

    story = found.story
    reasons = {reason.release.id: reason for reason in joined(found, zones=zones)}
    yield f"Story {story.id}: {counted(len(story.releases), 'release')}"
    for number, release in enumerate(story.releases, start=1):
        yield ""
        yield from _release(found, release, number=f"{number}", zones=zones)
        if release.id in reasons:
            yield from wrapped(reasons[release.id].sentence, indent="   ")
    if found.near:
        yield ""
        yield "Near, and kept apart"
    for reason in kept_apart(found, zones=zones):
        yield ""
        yield from _stranger(reason, zones)
    if found.more_near:
        yield ""
        yield f"and {counted(found.more_near, 'more release')} that are less alike"


def _release(
    found: Membership, release: StoredRelease, *, number: str, zones: Zones
) -> Iterator[str]:
    from pollwatch.belonging import addresses

    first, *others = wrapped(release.title or "(no title)", indent="   ")
    yield f"{number:<3}{first[3:]}"
    yield from others
    yield from wrapped(f"{release.institution}, {release.country}", indent="   ")
    yield from _facts(release, zones)
    yield f"   {address(release.url)}"
    for further in addresses(found, release):
        yield f"   {address(further.url)}"
        yield from wrapped(
            f"One release with the first address: {further.sentence}", indent="     "
        )
    if changes := len(release.revisions) - 1:
        last = moment(release.revisions[-1].seen_at)
        said = f"Changed {counted(changes, 'time')}, last {last}"
        yield from wrapped(f"{said}: pollwatch releases diff {release.id}", indent="   ")


def _facts(release: StoredRelease, zones: Zones) -> Iterator[str]:
    date = dated(release.published_at, zones.get(release.source_id, UTC))
    language = release.language or "language not known"
    yield f"   {release.id} · {date} · {one_line(language)}"


def _stranger(reason: Reason, zones: Zones) -> Iterator[str]:
    release = reason.release
    yield from wrapped(release.title or "(no title)", indent="   ")
    yield from wrapped(f"{release.institution}, {release.country}", indent="   ")
    yield from _facts(release, zones)
    yield from wrapped(reason.sentence, indent="   ")


def _record(found: Membership, zones: Zones) -> dict[str, object]:
    from pollwatch.belonging import joined, kept_apart

    reasons = {reason.release.id: reason for reason in joined(found, zones=zones)}
    return {
        "story": found.story.id,
        "releases": [
            _release_record(found, release, reasons.get(release.id), zones)
            for release in found.story.releases
        ],
        "kept_apart": [
            {**identified(reason.release), "why": _reason_record(reason)}
            for reason in kept_apart(found, zones=zones)
        ],
        "more_kept_apart": found.more_near,
    }


def _release_record(
    found: Membership, release: StoredRelease, reason: Reason | None, zones: Zones
) -> dict[str, object]:
    from pollwatch.belonging import addresses

    return {
        **identified(release),
        "published": date_stamp(release.published_at, zones.get(release.source_id, UTC)),
        "first_seen": stamp(release.first_seen_at),
        "revisions": [stamp(revision.seen_at) for revision in release.revisions[1:]],
        "addresses": [
            {"url": further.url, **_likeness_record(further.likeness), "sentence": further.sentence}
            for further in addresses(found, release)
        ],
        "why": _reason_record(reason) if reason else None,
    }


def _reason_record(reason: Reason) -> dict[str, object]:
    return {
        "release": reason.other.id,
        **_likeness_record(reason.likeness),
        "sentence": reason.sentence,
    }


def _likeness_record(likeness: Likeness) -> dict[str, object]:
    return {
        "verdict": likeness.verdict,
        "strength": round(likeness.strength, 4),
        "reason": likeness.reason,
        "method": likeness.method,
    }
