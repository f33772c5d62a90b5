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

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from domain.actors import is_body, is_state
from domain.source import (
    Feed,
    FeedId,
    FeedKind,
    ListingRecipe,
    ReleaseRecipe,
    Source,
    SourceId,
    Trust,
)
from pollwatch.loading.checking import Declared, check, repeated
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.mistakes import Mistake, instead
from pollwatch.loading.quantities import duration
from pollwatch.loading.values import (
    Actor,
    AtLeastOne,
    ElementSelector,
    Language,
    Line,
    LinkSelector,
    Name,
    Rhythm,
    Selector,
    Several,
    WebAddress,
    Zone,
    actor,
    not_yet,
    one_of,
    read_by,
)

# An hour is quick enough for a morning digest, and no burden for any press office.
EVERY = timedelta(hours=1)
LONGEST_INTERVAL = timedelta(days=366)
KINDS_TO_COME = ("sitemap", "api")
AUTO = "auto"


def _kind(text: str) -> FeedKind:
    kinds = [str(kind) for kind in FeedKind]
    if text in KINDS_TO_COME:
        raise ValueError(f"'{text}' cannot be read yet; write one of these: {', '.join(kinds)}")
    if text not in kinds:
        raise ValueError(f"'{text}' is no kind of feed; {instead(text, kinds)}")
    return FeedKind(text)


def _voice(text: str) -> str:
    return text if text == "nobody" else actor(text)


def _interval(text: str) -> timedelta:
    length = duration(text)
    if length > LONGEST_INTERVAL:
        raise ValueError(f"{text!r} is longer than a year; write less")
    return length


Interval = Annotated[timedelta, read_by(_interval)]


class DeclaredListing(Declared):
    """Where a page that lists releases holds what."""

    item: ElementSelector = Field(examples=["article.teaser"])
    link: LinkSelector = Field(examples=["h3 a::attr(href)"])
    title: Selector = Field(examples=["h3 a::text"])
    date: Selector | None = None
    next: LinkSelector | None = None

    def recipe(self) -> ListingRecipe:
        """The value that readers of pages work with."""
        return ListingRecipe(
            item=self.item, link=self.link, title=self.title, date=self.date, next=self.next
        )


class DeclaredRelease(Declared):
    """What automatic extraction gets wrong, and which addresses are no releases."""

    title: Selector | None = None
    text: Selector | None = None
    date: Selector | None = None
    skip: Several[Line] = ()

    def recipe(self) -> ReleaseRecipe:
        """The value that extraction works with."""
        return ReleaseRecipe(title=self.title, text=self.text, date=self.date, skip=self.skip)


class DeclaredFeed(Declared):
    """One address where releases are listed; what it leaves out, the source says."""

    name: Name = Field(examples=["news"])
    kind: Annotated[FeedKind, read_by(_kind)] = Field(examples=["rss"])
    url: WebAddress = Field(examples=["https://ministry.example/press/rss"])
    language: AtLeastOne[Several[Language]] | None = None
    zone: Zone | None = None
    every: Interval | None = None
    expect: Rhythm | None = None
    listing: DeclaredListing | None = Field(default=None, validate_default=True)
    release: DeclaredRelease | None = None

    @field_validator("listing", mode="wrap")
    @classmethod
    def _fits_the_kind(
        cls, written: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> DeclaredListing | None:
        """Read a recipe where one belongs; ``auto`` is none, for the links are found without."""
        kind = info.data.get("kind")
        if kind == FeedKind.LISTING and written is None:
            raise ValueError(
                "is missing; write 'listing: auto', or item, link and title under 'listing:'"
            )
        if isinstance(written, str) and written != AUTO:
            raise ValueError(
                f"'{written}' is no recipe; write 'auto', or item, link and title under it"
            )
        listing: DeclaredListing | None = None if written == AUTO else read(written)
        if kind not in {None, FeedKind.LISTING} and written is not None:
            raise ValueError("belongs to 'kind: listing'; delete it, or change the kind")
        return listing


class DeclaredSource(Declared):
    """One institution and its feeds."""

    name: Line = Field(examples=["Ministry of Economy"])
    country: Actor = Field(examples=["FR"])
    language: AtLeastOne[Several[Language]] = Field(examples=["fr"])
    feeds: AtLeastOne[tuple[DeclaredFeed, ...]] = Field(
        strict=False, examples=["[{name: news, kind: rss, url: https://ministry.example/rss}]"]
    )
    home: WebAddress | None = None
    zone: Zone = "UTC"
    every: Interval = EVERY
    expect: Rhythm | None = None
    trust: Annotated[Trust, one_of(Trust)] = Trust.UNVERIFIED
    enabled: bool = True
    speaks_for: Annotated[str, read_by(_voice)] | None = None
    release: DeclaredRelease = DeclaredRelease()
    code: Annotated[None, not_yet("modules of code for odd sites")] = None


def read_sources(files: Sequence[LoadedFile]) -> tuple[tuple[Source, ...], tuple[Mistake, ...]]:
    """The sources that are switched on, in the order of their files; and what is wrong."""
    sources: list[Source] = []
    mistakes = [*_switching_off_nothing(files)]
    for file in files:
        if file.is_switched_off:
            continue
        declared, found = check(file.document, DeclaredSource)
        mistakes += [*found, *_misnamed(file), *repeated(file.document, items="feeds", key="name")]
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
        release=(feed.release or source.release).recipe(),
    )
