"""Which of two files does each thing come from: the shipped one, or a user's own?

Reads no more than it must, so that it also answers where files hold mistakes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from domain.errors import ConfigError
from pollwatch.loading.documents import Document
from pollwatch.loading.files import LoadedFile, loaded
from pollwatch.loading.folders import overlay
from pollwatch.loading.layers import settings_from
from pollwatch.loading.mistakes import instead
from pollwatch.loading.settings import SourcesSettings
from pollwatch.loading.sources import is_named


class Standing(StrEnum):
    """What a file is beside its twin, and whether it counts."""

    SHIPPED = "shipped"
    OWN = "own"
    REPLACED = "replaced"
    """A user's own file stands for the shipped one."""
    EXTENDED = "extended"
    """A user's own file adds to the shipped one; what it leaves out still holds."""
    SWITCHED_OFF = "switched off"
    LEFT_OUT = "left out"
    """By ``[sources] shipped`` or ``only``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFile:
    """A file that counts, or would if it were not left out."""

    name: str
    """Its path in a configuration folder: ``sources/pl/pl_mfa.yaml``."""
    path: Path
    shipped: Path | None
    """The shipped file of the same name, where this one is a user's own."""
    standing: Standing


def standing_files(
    base: Path, own: Path | None, *, environ: Mapping[str, str]
) -> tuple[StandingFile, ...]:
    """Every file of both folders, once a name, in the order of names."""
    files = overlay(base, own)
    read = {name: loaded(file) for name, file in files.items()}
    settings = _sources_settings(read, environ)
    if own is not None and own.resolve() == base.resolve():
        read = {name: replace(file, is_own=False) for name, file in read.items()}
    off = {
        str(PurePosixPath(name).parent)
        for name, file in read.items()
        if name.startswith("topics/") and file.document.value.get("enabled") is False
    }
    return tuple(
        StandingFile(
            name=name,
            path=file.path,
            shipped=file.replaces,
            standing=_standing(read[name], settings, topics_off=off),
        )
        for name, file in files.items()
    )


def named(written: str, *, among: Collection[str], folders: Sequence[Path]) -> tuple[str, ...]:
    """The names that somebody means: one itself, those of a folder, or that of a source's id.

    A path on disk may be written too, as a shell completes it. ConfigError where there is none.
    """
    names = {PurePosixPath(written).as_posix(), *_inside(Path(written), folders)}
    found = tuple(
        name
        for name in among
        if any(folder == "." or f"{name}/".startswith(f"{folder}/") for folder in names)
        or (name.startswith("sources/") and PurePosixPath(name).stem == written)
    )
    if not found:
        mend = instead(written, among)
        text = f"'{written}' is no file of the configuration; {mend}"
        raise ConfigError((f"{text} (`pollwatch config where` shows all)",))
    return found


def _inside(path: Path, folders: Sequence[Path]) -> Iterator[str]:
    for folder in folders:
        if path.exists() and path.resolve().is_relative_to(folder.resolve()):
            yield path.resolve().relative_to(folder.resolve()).as_posix()


def _sources_settings(
    read: Mapping[str, LoadedFile], environ: Mapping[str, str]
) -> SourcesSettings:
    file = read.get("settings.toml")
    written = file.document if file and file.is_own else Document(file="settings.toml")
    return settings_from(written, environ=environ, overrides={}).settings.sources


def _standing(
    file: LoadedFile, settings: SourcesSettings, *, topics_off: Collection[str]
) -> Standing:
    path = PurePosixPath(file.name)
    if str(path.parent) in topics_off:
        return Standing.SWITCHED_OFF
    if path.parts[0] == "sources":
        if file.document.value.get("enabled") is False:
            return Standing.SWITCHED_OFF
        if _is_left_out(file, settings):
            return Standing.LEFT_OUT
    return _of_own(file) if file.is_own else Standing.SHIPPED


def _of_own(file: LoadedFile) -> Standing:
    # What settings leave out keeps its default; and the shipped subscribers are nobody.
    if file.beneath is not None or file.name == "settings.toml":
        return Standing.EXTENDED
    is_alone = not file.replaces_shipped or file.name == "subscribers.yaml"
    return Standing.OWN if is_alone else Standing.REPLACED


def _is_left_out(file: LoadedFile, settings: SourcesSettings) -> bool:
    source_id = PurePosixPath(file.name).stem
    is_wanted = file.is_own or settings.shipped
    is_chosen = any(is_named(source_id, pattern) for pattern in settings.only)
    return not is_wanted or (bool(settings.only) and not is_chosen)
