"""What has each press office of the town written, and when?

A file of ``texts`` holds one office: how its site looks, which feeds it has, and its releases.
What stands at an address on a day is what was published there last: so a later release at the
same path is a correction of the earlier one, or the next text of a rolling address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml


class Subject(StrEnum):
    """What a release is about, for those who check what the watch makes of it."""

    THE_VOTE = "the vote"
    """The founding case: Russia's vote of March 2024, at home or in occupied territory."""
    ANOTHER_VOTE = "another vote"
    LOOK_ALIKE = "look-alike"
    """Speaks of votes or of elected bodies, and of no public election."""
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class PressRelease:
    """One text, as published at one moment."""

    path: str
    at: datetime
    title: str
    paragraphs: tuple[str, ...]
    about: Subject
    decisive: str
    """The first words of the sentence that a reader would quote; of founding statements only."""
    moved_to: str
    """Where its listed path leads: a path, or ``//host/path``; empty where it is served itself."""
    is_correction: bool
    is_undated: bool
    is_repeated: bool
    """Stands in the listing twice."""
    is_unlinked: bool
    """Stands in the listing without an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFeed:
    """One listing of an office."""

    path: str
    form: str
    """The template that prints it."""
    title: str
    language: str
    size: int
    """Entries a page."""
    is_full: bool
    """Carries whole texts, not their first paragraphs only."""
    has_validators: bool
    releases: tuple[PressRelease, ...]

    def standing(self, day: date) -> tuple[PressRelease, ...]:
        """What is to be read on a day, newest first: the last text of each address."""
        published = (release for release in self.releases if release.at.date() <= day)
        last = {release.path: release for release in sorted(published, key=_moment)}
        return tuple(sorted(last.values(), key=_moment, reverse=True))

    def first_at(self, release: PressRelease) -> datetime:
        """When a release was published, before it was corrected."""
        if not release.is_correction:
            return release.at
        return min(other.at for other in self.releases if other.path == release.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class PressOffice:
    """An office with its site."""

    id: str
    """The id of the source that watches it."""
    host: str
    name: str
    charset: str
    style: str
    """The template that prints its releases."""
    sample_note: str
    """Says in the office's language that the texts are samples."""
    date_pattern: str
    months: tuple[str, ...]
    menu: tuple[str, ...]
    labels: Mapping[str, str]
    footer: str
    robots: str
    feeds: tuple[PressFeed, ...]

    def written_date(self, at: datetime) -> str:
        """A day as this office writes it on its pages."""
        month = self.months[at.month - 1] if self.months else str(at.month)
        return self.date_pattern.format(at=at, month=month)


@cache
def press_offices() -> tuple[PressOffice, ...]:
    """All offices of the town, in the order of their ids."""
    texts = files(__package__) / "texts"
    found = sorted(texts.iterdir(), key=lambda file: file.name)
    return tuple(
        _office(
            file.name.removesuffix(".yaml"), yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
        )
        for file in found
    )


def _moment(release: PressRelease) -> datetime:
    return release.at


def _office(office_id: str, written: Mapping[str, Any]) -> PressOffice:
    zone = ZoneInfo(written["zone"])
    return PressOffice(
        id=office_id,
        host=written["host"],
        name=written["name"],
        charset=written.get("charset", "utf-8"),
        style=written["style"],
        sample_note=written["sample_note"],
        date_pattern=written["date"],
        months=tuple(written.get("months", "").split()),
        menu=tuple(written["menu"]),
        labels=written["labels"],
        footer=written["footer"],
        robots=written.get("robots", ""),
        feeds=tuple(_feed(feed, zone, written["language"]) for feed in written["feeds"]),
    )


def _feed(written: Mapping[str, Any], zone: ZoneInfo, language: str) -> PressFeed:
    return PressFeed(
        path=written["path"],
        form=written["form"],
        title=written["title"],
        language=written.get("language", language),
        size=written.get("size", 20),
        is_full=written.get("full", False),
        has_validators=written.get("validators", True),
        releases=tuple(_release(release, zone) for release in written["releases"]),
    )


def _release(written: Mapping[str, Any], zone: ZoneInfo) -> PressRelease:
    at: datetime = written["at"]
    return PressRelease(
        path=written["path"],
        at=at.replace(tzinfo=zone),
        title=written["title"],
        paragraphs=tuple(_paragraphs(written["text"])),
        about=Subject(written.get("about", Subject.ORDINARY)),
        decisive=written.get("decisive", ""),
        moved_to=written.get("moved_to", ""),
        is_correction=written.get("correction", False),
        is_undated=written.get("undated", False),
        is_repeated=written.get("repeated", False),
        is_unlinked=written.get("unlinked", False),
    )


def _paragraphs(text: str) -> Iterable[str]:
    """Paragraphs stand apart by an empty line; their own lines are only for the file."""
    return (" ".join(part.split("\n")) for part in text.strip().split("\n\n"))
