"""Who publishes, and where: what do the files under ``sources/`` declare?

One institution a file. The models are the format; ``docs/sources.md`` explains it to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field

from crawler.sites import SITES
from domain.actors import is_body, is_state
from domain.source import Feed, FeedId, Source, SourceId, Trust
from pollwatch.loading.checking import Declared, check, repeated
from pollwatch.loading.feeds import DeclaredFeed, DeclaredRelease, Interval
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.mistakes import Mistake, instead
from pollwatch.loading.values import (
    Actor,
    AtLeastOne,
    Language,
    Line,
    Rhythm,
    Several,
    WebAddress,
    Zone,
    actor,
    one_of,
    read_by,
)

# An hour is quick enough for a morning digest, and no burden for any press office.
EVERY = timedelta(hours=1)


def _voice(text: str) -> str:
    return text if text == "nobody" else actor(text)


def _code(text: str) -> str:
    if text not in SITES:
        raise ValueError(
            f"there is no module crawler/sites/{text}.py; {instead(text, SITES)}, or delete this"
        )
    return text


class DeclaredSource(Declared):
    """One institution and its feeds."""

    name: Line = Field(examples=["Ministry of Economy"])
    country: Actor = Field(examples=["FR"])
    language: AtLeastOne[Several[Language]] = Field(examples=["fr"])
    feeds: AtLeastOne[tuple[DeclaredFeed, ...]] = Field(
        strict=False, examples=["[{name: news, kind: rss, url: https://ministry.example/rss}]"]
    )
    own_name: Line | None = None
    home: WebAddress | None = None
    zone: Zone = "UTC"
    every: Interval = EVERY
    expect: Rhythm | None = None
    trust: Annotated[Trust, one_of(Trust)] = Trust.UNVERIFIED
    enabled: bool = True
    speaks_for: Annotated[str, read_by(_voice)] | None = None
    release: DeclaredRelease = DeclaredRelease()
    code: Annotated[str, read_by(_code)] | None = None


def read_sources(files: Sequence[LoadedFile]) -> tuple[tuple[Source, ...], tuple[Mistake, ...]]:
    """The sources that are switched on, in the order of their files; and what is wrong."""
    sources: list[Source] = []
    mistakes = [*_switching_off_nothing(files)]
    for file in files:
        if file.is_switched_off:
            continue
        declared, found = check(file.document, DeclaredSource)
        mistakes += [*found, *_misnamed(file), *repeated(file.document, items="feeds", key="name")]
        mistakes += _standing_in_for_nobody(file)
        if declared and declared.enabled:
            sources.append(_source(declared, source_id=SourceId(PurePosixPath(file.name).stem)))
    return tuple(sources), tuple(mistakes)


def narrowed(sources: Sequence[Source], only: Sequence[str]) -> tuple[Source, ...]:
    """The sources that patterns such as ``eu/*`` or ``pl_mfa`` name; all without patterns."""
    return tuple(
        source
        for source in sources
        if not only or any(is_named(source.id, pattern) for pattern in only)
    )


def is_named(source_id: str, pattern: str) -> bool:
    """True where a pattern names this source, with its folder or without.

    >>> is_named("eu_council", "eu/*"), is_named("pl_mfa", "pl_mfa"), is_named("pl_mfa", "pl")
    (True, True, False)
    """
    folder = source_id.partition("_")[0]
    return fnmatchcase(source_id, pattern) or fnmatchcase(f"{folder}/{source_id}", pattern)


def _switching_off_nothing(files: Sequence[LoadedFile]) -> Iterator[Mistake]:
    """An ``enabled: false`` under a misspelt name would leave the source on."""
    catalogue = [file.name for file in files if not file.is_own or file.replaces_shipped]
    for file in files:
        if file.is_switched_off and catalogue and file.name not in catalogue:
            mend = instead(file.name, catalogue)
            text = f"switches off nothing: no shipped file has this name; {mend}"
            yield file.document.mistake((), text)


def _misnamed(file: LoadedFile) -> Iterator[Mistake]:
    path = PurePosixPath(file.name)
    folder, stem = path.parent.name, path.stem
    if not re.fullmatch(r"[a-z]{2,8}", folder):
        text = f"the folder '{folder}' is no code in small letters; name it like pl, eu or int"
        yield file.document.mistake((), text)
    elif not re.fullmatch(rf"{folder}_[a-z0-9_]+", stem):
        text = f"the name '{stem}' does not begin with its folder's code, or holds more than "
        text += f"small letters, digits and '_'; name it like {folder}_mfa.yaml"
        yield file.document.mistake((), text)


def _standing_in_for_nobody(file: LoadedFile) -> Iterator[Mistake]:
    """A fallback stands in for a feed that is polled by itself."""
    listed = file.document.value.get("feeds")
    feeds = [
        feed for feed in (listed if isinstance(listed, list) else ()) if isinstance(feed, dict)
    ]
    primary = [str(feed.get("name")) for feed in feeds if "fallback_for" not in feed]
    for position, feed in enumerate(feeds):
        name = feed.get("fallback_for")
        if name is not None and name not in primary:
            text = f"fallback_for: '{name}' is no feed of this file that is polled by itself; "
            path = ("feeds", position, "fallback_for")
            yield file.document.mistake(path, text + instead(str(name), primary))


def _source(declared: DeclaredSource, *, source_id: SourceId) -> Source:
    return Source(
        id=source_id,
        name=declared.name,
        country=declared.country,
        languages=declared.language,
        zone=declared.zone,
        trust=declared.trust,
        speaks_for=_speaker(declared),
        feeds=tuple(_feed(feed, declared, source_id=source_id) for feed in declared.feeds),
        own_name=declared.own_name,
        home=declared.home,
    )


def _speaker(declared: DeclaredSource) -> str | None:
    """Whose voice the source is: as written, else its state's or its body's."""
    if declared.speaks_for:
        return None if declared.speaks_for == "nobody" else declared.speaks_for
    has_voice = is_state(declared.country) or is_body(declared.country)
    return declared.country if has_voice else None


def _feed(feed: DeclaredFeed, source: DeclaredSource, *, source_id: SourceId) -> Feed:
    return Feed(
        id=FeedId(f"{source_id}/{feed.name}"),
        source_id=source_id,
        name=feed.name,
        kind=feed.kind,
        url=feed.url,
        languages=feed.language or source.language,
        zone=feed.zone or source.zone,
        every=feed.every or source.every,
        expect=feed.expect or source.expect,
        listing=feed.listing.recipe() if feed.listing else None,
        api=feed.api.recipe() if feed.api else None,
        pages=feed.pages or (),
        parts=feed.parts,
        fallback_for=FeedId(f"{source_id}/{feed.fallback_for}") if feed.fallback_for else None,
        code=source.code,
        release=(feed.release or source.release).recipe(),
    )
