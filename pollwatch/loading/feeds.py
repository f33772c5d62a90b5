"""Where does a source list its releases, and how is each kind of list read?

The models of what stands under ``feeds`` in a source's file.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from domain.source import ApiRecipe, DetailRecipe, FeedKind, ListingRecipe, ReleaseRecipe
from pollwatch.loading.checking import Declared
from pollwatch.loading.mistakes import instead
from pollwatch.loading.paths import DateFormat, DetailAddress, JsonPath, Link, Older
from pollwatch.loading.quantities import duration
from pollwatch.loading.values import (
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
    read_by,
)

LONGEST_INTERVAL = timedelta(days=366)
OWN_KEYS = {
    "listing": (
        FeedKind.LISTING,
        "write 'listing: auto', or item, link and title under 'listing:'",
    ),
    "api": (FeedKind.API, "write items, title and link under 'api:'"),
    "pages": (
        FeedKind.SITEMAP,
        "write parts of the addresses of releases, 'pages: [/press/]', or 'pages: all'",
    ),
    "parts": (FeedKind.PAGE, None),
}
"""Keys that belong to one kind each; and what to write where they are missing, if they may not."""
OF_THEMSELVES = {"listing": "auto", "pages": "all"}
"""Words that say that nothing is to be declared."""


def _kind(text: str) -> FeedKind:
    kinds = [str(kind) for kind in FeedKind]
    if text not in kinds:
        raise ValueError(f"'{text}' is no kind of feed; {instead(text, kinds)}")
    return FeedKind(text)


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
        return ListingRecipe(**dict(self))


class DeclaredDetail(Declared):
    """Where a second call for each entry goes, and where its answer holds what."""

    url: DetailAddress = Field(examples=["https://ministry.example/api/news/{id}"])
    text: JsonPath = Field(examples=["body"])
    title: JsonPath | None = None
    date: JsonPath | None = None

    def recipe(self) -> DetailRecipe:
        """The value that extraction works with."""
        return DetailRecipe(**dict(self))


class DeclaredApi(Declared):
    """Where an answer in JSON holds what."""

    items: JsonPath = Field(examples=["results"])
    title: JsonPath = Field(examples=["title"])
    link: Link = Field(examples=["url"])
    id: JsonPath | None = None
    date: JsonPath | None = None
    date_format: DateFormat | None = None
    text: JsonPath | None = None
    older: Older | None = None
    detail: DeclaredDetail | None = Field(default=None, validate_default=True)

    @field_validator("detail")
    @classmethod
    def _knows_what_it_asks_for(
        cls, detail: DeclaredDetail | None, info: ValidationInfo
    ) -> DeclaredDetail | None:
        if detail and "{id}" in detail.url and not info.data.get("id"):
            raise ValueError("asks for '{id}'; write a line 'id' above, with its path in an item")
        return detail

    def recipe(self) -> ApiRecipe:
        """The value that readers of JSON work with."""
        detail = self.detail.recipe() if self.detail else None
        return ApiRecipe(**{**dict(self), "detail": detail})


class DeclaredRelease(Declared):
    """What automatic extraction gets wrong, and which addresses are no releases."""

    title: Selector | None = None
    text: Selector | None = None
    date: Selector | None = None
    skip: Several[Line] = ()

    def recipe(self) -> ReleaseRecipe:
        """The value that extraction works with."""
        return ReleaseRecipe(**dict(self))


class DeclaredFeed(Declared):
    """One address where releases are listed; what it leaves out, the source says."""

    name: Name = Field(examples=["news"])
    kind: Annotated[FeedKind, read_by(_kind)] = Field(examples=["rss"])
    url: WebAddress = Field(examples=["https://ministry.example/press/rss"])
    language: AtLeastOne[Several[Language]] | None = None
    zone: Zone | None = None
    every: Interval | None = None
    expect: Rhythm | None = None
    fallback_for: Name | None = None
    listing: DeclaredListing | None = Field(default=None, validate_default=True)
    api: DeclaredApi | None = Field(default=None, validate_default=True)
    pages: AtLeastOne[Several[Line]] | None = Field(default=None, validate_default=True)
    parts: ElementSelector | None = None
    release: DeclaredRelease | None = None

    @field_validator(*OWN_KEYS, mode="wrap")
    @classmethod
    def _fits_the_kind(
        cls, written: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        """Read what belongs to one kind where it does."""
        key, kind = str(info.field_name), info.data.get("kind")
        own, wanted = OWN_KEYS[key]
        if written is None:
            if kind == own and wanted:
                raise ValueError(f"is missing; {wanted}")
            return None
        if key == "listing" and isinstance(written, str) and written != "auto":
            raise ValueError(
                f"'{written}' is no recipe; write 'auto', or item, link and title under it"
            )
        found = None if written == OF_THEMSELVES.get(key) else read(written)
        if kind not in {None, own}:
            raise ValueError(f"belongs to 'kind: {own}'; delete it, or change the kind")
        return found
