"""Which settings hold here, when file, environment and command line each say something?

Environment (``POLLWATCH_CRAWL__DELAY``) beats file, the command line beats both. Each layer is
checked by itself, so that a mistake is reported where it was written. An empty variable says
nothing.

Not pydantic-settings: it reads the process's own environment instead of the one it is given,
takes ``"8"`` in a file for a number, and cannot say which layer a mistake stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pollwatch.loading.checking import Declared, check
from pollwatch.loading.documents import Document
from pollwatch.loading.folders import data_folder
from pollwatch.loading.mistakes import Mistake
from pollwatch.loading.settings import Settings

PREFIX = "POLLWATCH_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered:
    """What holds once every layer has had its say."""

    settings: Settings
    origins: Mapping[str, str]
    """Who says what holds, for options such as ``crawl.delay`` that are not left to their default:
    a file with its line, a variable, or the command line."""
    mistakes: tuple[Mistake, ...]
    """What is wrong in any of the layers."""


def settings_from(
    document: Document, *, environ: Mapping[str, str], overrides: Mapping[str, str]
) -> Layered:
    """What holds for each option.

    ``overrides`` come from the command line and name options as in ``database.url``.
    """
    texts = (*_variables(environ), *_options(overrides))
    layers = [
        (document, *check(document, Settings)),
        *((layer, *check(layer, Settings, is_text=True)) for layer in texts),
    ]
    said = [(layer, _with_secrets(settings)) for layer, settings, _ in layers if settings]
    settings = reduce(_laid_over, (settings for _, settings in said), Settings())
    if not settings.database.url:
        url = f"sqlite:///{data_folder(environ) / 'pollwatch.db'}"
        database = settings.database.model_copy(update={"url": url})
        settings = settings.model_copy(update={"database": database})
    return Layered(
        settings=settings,
        origins=dict(origin for layer, settings in said for origin in _origins(layer, settings)),
        mistakes=(
            *(each for _, _, found in layers for each in found),
            *_single_underscores(environ),
        ),
    )


def _origins(document: Document, settings: Settings) -> Iterator[tuple[str, str]]:
    """The place where each option of a layer was written."""
    for section in settings.model_fields_set:
        for option in getattr(settings, section).model_fields_set:
            line = document.line_of((section, option))
            yield f"{section}.{option}", f"{document.file}:{line}" if line else document.file


def mistake_about(
    path: tuple[str, str], text: str, *, document: Document, environ: Mapping[str, str]
) -> Mistake:
    """A mistake in an option, at the place where it was written."""
    variable = PREFIX + "__".join(path).upper()
    if environ.get(variable):
        return Mistake(file=variable, line=0, text=text)
    return document.mistake(path, text)


def _variables(environ: Mapping[str, str]) -> Iterator[Document]:
    """A layer for each variable; those without ``__`` are not about settings."""
    for name, text in environ.items():
        if name.startswith(PREFIX) and "__" in name and text:
            keys = name.removeprefix(PREFIX).lower().split("__")
            yield Document(file=name, value=_nested(keys, text))


def _options(overrides: Mapping[str, str]) -> Iterator[Document]:
    for name, text in overrides.items():
        yield Document(file=f"{name} on the command line", value=_nested(name.split("."), text))


def _nested(keys: list[str], text: str) -> dict[str, Any]:
    value: Any = text
    for key in reversed(keys):
        value = {key: value}
    return dict(value)


def _single_underscores(environ: Mapping[str, str]) -> Iterator[Mistake]:
    """``POLLWATCH_MAIL_HOST`` would be ignored without a word."""
    meant = {
        f"{PREFIX}{section}_{option}".upper(): f"{PREFIX}{section}__{option}".upper()
        for section, info in Settings.model_fields.items()
        for option in type(info.default).model_fields
    }
    for name in environ.keys() & meant.keys():
        text = f"is no setting; write {meant[name]}, with two underscores"
        yield Mistake(file=name, line=0, text=text)


def _with_secrets(layer: Settings) -> Settings:
    """What this layer leaves to files: a password, channels beside those that it names itself."""
    mail, alerts = layer.mail, layer.alerts
    update: dict[str, Declared] = {}
    if mail.password_file is not None and mail.password is None:
        update["mail"] = mail.model_copy(update={"password": mail.password_file})
    if alerts.channels_file is not None:
        channels = {**alerts.channels_file, **alerts.channels}
        update["alerts"] = alerts.model_copy(update={"channels": channels})
    return layer.model_copy(update=update)


def _laid_over(lower: Settings, upper: Settings) -> Settings:
    sections = {}
    for name in upper.model_fields_set:
        section = getattr(upper, name)
        said = {option: getattr(section, option) for option in section.model_fields_set}
        sections[name] = getattr(lower, name).model_copy(update=said)
    return lower.model_copy(update=sections)
