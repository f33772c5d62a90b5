"""What does the configuration say, all files together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from domain.source import Source
from domain.subscriber import Subscriber
from domain.topic import Topic
from pollwatch.loading.documents import Document
from pollwatch.loading.files import LoadedFile, checksum_of, loaded
from pollwatch.loading.folders import ConfigFile, misplaced, overlay, shipped
from pollwatch.loading.layers import mistake_about, settings_from
from pollwatch.loading.mistakes import Mistake, instead, raise_if_any
from pollwatch.loading.settings import Settings
from pollwatch.loading.sources import is_named, narrowed, read_sources
from pollwatch.loading.subscribers import read_subscribers
from pollwatch.loading.topics import read_topics

NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that files, environment and command line say, without a mistake."""

    settings: Settings
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    subscribers: tuple[Subscriber, ...]
    folder: Path | None
    """The user's own folder, where there is one."""
    checksum: str
    """Of all files that count: another one means that something was edited."""
    origins: Mapping[str, str]
    """Who says what holds for an option such as ``crawl.delay``; others have their default."""


def load(
    folder: Path | None,
    *,
    environ: Mapping[str, str],
    overrides: Mapping[str, str] = NO_OVERRIDES,
    base: Path | None = None,
) -> Config:
    """The configuration, or one ConfigError with all mistakes of all files.

    ``folder`` overlays ``base``, which is what comes with the program unless another is given;
    ``overrides`` are settings from the command line, by names such as ``database.url``.
    """
    files = overlay(base or shipped(), folder)
    basic = [loaded(files[name]) for name in ("settings.toml", "subscribers.yaml") if name in files]
    # The shipped settings show the defaults to people; the program knows them by itself.
    written = _document([file for file in basic if file.is_own], "settings.toml")
    layered = settings_from(written, environ=environ, overrides=overrides)
    settings = layered.settings
    source_files = [loaded(file) for file in _source_files(files, settings)]
    topic_files = [loaded(file) for name, file in files.items() if name.startswith("topics/")]

    sources, in_sources = read_sources(source_files)
    topics, in_topics = read_topics(topic_files)
    subscribers, in_subscribers = read_subscribers(
        _document(basic, "subscribers.yaml"),
        topics=[topic.id for topic in topics],
        channels=settings.alerts.channels,
    )
    raise_if_any(
        [
            *(misplaced(folder) if folder else ()),
            *layered.mistakes,
            *in_sources,
            *in_topics,
            *in_subscribers,
            *_naming_nothing(source_files, settings, written=written, environ=environ),
        ]
    )
    return Config(
        settings=settings,
        sources=narrowed(sources, settings.sources.only),
        topics=topics,
        subscribers=subscribers,
        folder=folder,
        checksum=checksum_of([*basic, *source_files, *topic_files]),
        origins=layered.origins,
    )


def _document(files: Sequence[LoadedFile], name: str) -> Document:
    """The document of a file that need not be there."""
    return next((file.document for file in files if file.name == name), Document(file=name))


def _source_files(files: Mapping[str, ConfigFile], settings: Settings) -> Iterator[ConfigFile]:
    for name, file in files.items():
        if name.startswith("sources/") and (file.is_own or settings.sources.shipped):
            yield file


def _naming_nothing(
    files: Sequence[LoadedFile],
    settings: Settings,
    *,
    written: Document,
    environ: Mapping[str, str],
) -> Iterator[Mistake]:
    """A misspelt pattern would leave sources out without a word."""
    ids = [PurePosixPath(file.name).stem for file in files]
    for pattern in settings.sources.only:
        if not any(is_named(source_id, pattern) for source_id in ids):
            text = f"only: no source is called '{pattern}'; {instead(pattern, ids)}"
            yield mistake_about(("sources", "only"), text, document=written, environ=environ)
