"""How is a source recorded, and how are its recordings read again?

A recording lies in a user's own folder, under ``recordings/``: a folder a source, named by ids
alone. Its pages belong to their publishers and stay on the user's machine; ``expected.yaml`` says
what we read in them, and counts once a person has compared it with the site.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from domain.errors import PollwatchError
from domain.source import Feed, Source
from pollwatch.exploring import converse

if TYPE_CHECKING:
    from crawler.page import Page
    from crawler.readers import Listed
    from crawler.recording import FeedRecording
    from crawler.spiders.asking import Guest
    from pollwatch.wiring import House
    from scheduler.trying import Trial

FOLDER = "recordings"
EXPECTED = "expected.yaml"
MOST_MAPS = 2
NOT_REVIEWED = """\
# Compare this with the site, correct it, and delete the next line.
reviewed: no
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What was recorded of a source, and what could not be."""

    files: Mapping[str, bytes]
    """By name: the pages, and what is expected of them."""
    failed: tuple[str, ...]
    """Why a feed or a page of it is missing, a sentence each."""


def record(house: House, source: Source) -> Recording:
    """Fetch the list and two releases of each feed, politely, and draft what is read there."""
    feeds = source.feeds
    taken, failed = converse(house, partial(_record, feeds=feeds))
    return _written(taken, failed)


def refuse_reviewed(folder: Path) -> None:
    """Nothing, for a folder without an expectation, or with one that nobody has reviewed.

    Raises PollwatchError where a person's work would be lost.
    """
    expected = folder / EXPECTED
    if expected.exists() and "reviewed" not in _load(expected):
        raise PollwatchError(
            f"{expected} was reviewed, and is not overwritten",
            next_step="Move its folder away to record anew; as long as old addresses live, keep it",
        )


def save(recording: Recording, folder: Path) -> None:
    """Write a recording into its folder; raises PollwatchError where that cannot be."""
    refuse_reviewed(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in recording.files.items():
            (folder / name).write_bytes(body)
    except OSError as error:
        raise PollwatchError(
            f"{folder} cannot be written ({error.strerror})", next_step="See who may write there"
        ) from error


def differences(folder: Path, feeds: Sequence[Feed]) -> Iterator[str]:
    """What is read otherwise in a recording than it says, a sentence each."""
    from crawler.recording import reread

    known = {feed.name: feed for feed in feeds}
    expected = _load(folder / EXPECTED)
    if expected.pop("reviewed", None) is not None:
        yield f"{folder / EXPECTED}: nobody has reviewed it; compare it, and delete that line"
    bodies = {file.name: file.read_bytes() for file in folder.iterdir() if file.name != EXPECTED}
    for name, said in expected.items():
        if name not in known:
            yield f"{folder / EXPECTED}: the source has no feed '{name}'"
            continue
        try:
            yield from reread(known[name], said, bodies)
        except (KeyError, TypeError, AttributeError) as error:
            yield f"{folder / EXPECTED}: {name} is not written as `sources record` does ({error!r})"


def _load(file: Path) -> dict[str, Any]:
    # As text, every date of it: what is compared was written as text.
    found = yaml.load(file.read_text(encoding="utf-8"), Loader=_Plain)  # noqa: S506 - it makes text and numbers only
    return found if isinstance(found, dict) else {}


class _Plain(yaml.SafeLoader):
    """YAML without moments: those stay as they are written."""


_Plain.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


async def _record(
    trial: Trial,  # noqa: ARG001 - as every talk has it
    guest: Guest,
    *,
    feeds: Sequence[Feed],
) -> tuple[list[FeedRecording], list[str]]:
    taken: list[FeedRecording] = []
    failed: list[str] = []
    for feed in feeds:
        try:
            taken.append(await _record_feed(guest, feed, failed))
        except PollwatchError as error:
            failed.append(f"{feed.id}: {error}")
    return taken, failed


async def _record_feed(guest: Guest, feed: Feed, failed: list[str]) -> FeedRecording:
    from crawler.extract.by_kind import release_on
    from crawler.extract.detail import asked_url
    from crawler.recording import FeedRecording, first_releases, kept

    page, listed = await _listing(guest, feed)
    entries = first_releases(listed.entries, skip=feed.release.skip)
    listing = kept(page, name=feed.name)
    releases = []
    for number, entry in enumerate(entries, start=1):
        try:
            url = asked_url(entry, feed)
            found = page if feed.parts else await guest.fetch(url, languages=feed.languages)
            one = kept(found, name=f"{feed.name}-{number}")
            await asyncio.to_thread(release_on, one.page, entry, feed)
            releases.append((entry, one))
        except PollwatchError as error:
            failed.append(f"{feed.id}: {error}")
    return FeedRecording(feed=feed, listing=listing, releases=tuple(releases))


async def _listing(guest: Guest, feed: Feed) -> tuple[Page, Listed]:
    """The feed's page; of an index of maps, the first that lists something."""
    from crawler.sites import read_listed

    page = await guest.fetch(feed.url, languages=feed.languages)
    listed = await asyncio.to_thread(read_listed, page, feed)
    for url in listed.maps[:MOST_MAPS]:
        if not listed.entries:
            page = await guest.fetch(url, languages=feed.languages)
            listed = await asyncio.to_thread(read_listed, page, feed)
    return page, listed


def _written(taken: Sequence[FeedRecording], failed: Sequence[str]) -> Recording:
    from crawler.recording import expectation

    pages = [kept for one in taken for kept in (one.listing, *(page for _, page in one.releases))]
    expected = {one.feed.name: expectation(one) for one in taken}
    text = yaml.safe_dump(expected, sort_keys=False, allow_unicode=True, width=100)
    files = {page.name: page.page.body for page in pages}
    if taken:
        files[EXPECTED] = (NOT_REVIEWED + text).encode()
    return Recording(files=files, failed=tuple(failed))
