"""What may stand in one field of a file, and what do we make of it?

Types for the models that declare what files hold. Each reads what a person wrote into the value
that the program works with, or refuses it with a sentence that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from cssselect import SelectorError
from parsel import Selector as Page
from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from domain.actors import BODIES, GROUPS, NAMES
from domain.mail_address import taken_everywhere
from domain.source import Expectation
from domain.urls import is_web_address
from pollwatch.loading import quantities
from pollwatch.loading.languages import language
from pollwatch.loading.mistakes import instead, nearest

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

_ANY_PAGE = Page(text="<p></p>")
# Selectors are read one inside the other, and Python reads so many; pages need a tenth of it.
LONGEST_SELECTOR = 300


def read_by(reader: Callable[[str], T]) -> BeforeValidator:
    """Reads one word, number or line; anything else is refused."""

    def read(written: object) -> T:
        if isinstance(written, str | int | float) and not isinstance(written, bool):
            return reader(str(written))
        raise ValueError("holds something else than one text; write it on one line")

    return BeforeValidator(read)


def one_of(choices: type[Choice]) -> BeforeValidator:
    """Reads a word of a fixed list."""

    def choose(written: str) -> Choice:
        words = [str(choice) for choice in choices]
        if written not in words:
            raise ValueError(f"'{written}' is not known; {instead(written, words)}")
        return choices(written)

    return read_by(choose)


def _one_or_more(written: object) -> object:
    """One value stands for a list of one."""
    return tuple(written) if isinstance(written, list) else (written,)


def _not_empty(written: object) -> object:
    if written == []:
        raise ValueError("the list is empty; write at least one")
    return written


def _all_is_none(written: object) -> object:
    return None if written == "all" else written


def _joined_by_commas(written: object) -> object:
    return ", ".join(map(str, written)) if isinstance(written, list) else written


@cache
def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        near = nearest(text, available_timezones()) or "one like Europe/Warsaw"
        raise ValueError(f"'{text}' is no time zone; write {near} instead") from None
    return text


def actor(text: str) -> str:
    """The code itself, if it is one of the list of actors."""
    if text in NAMES:
        return text
    by_name = {name.lower(): code for code, name in NAMES.items()} | {"uk": "GB"}
    meant = text.upper() if text.upper() in NAMES else by_name.get(text.lower())
    codes = f"a code of ISO 3166-1 such as PL, or {', '.join([*BODIES, *GROUPS])}, INT, XX"
    mend = f"'{meant}' instead" if meant else codes
    raise ValueError(f"'{text}' is no country or body that we know; write {mend}")


def web_address(text: str) -> str:
    """The address itself, if everybody may ask it."""
    # Before an '@' stands who signs in: that is nobody's to read, here or in what quotes from it.
    shown = f"'{text}'" if "@" not in text else "what is written"
    if not is_web_address(text) or re.search(r"\s", text):
        raise ValueError(f"{shown} is no web address; write one that begins with https://")
    if "@" in urlsplit(text).netloc:
        raise ValueError(
            "holds a name or password; what the press may read needs none: write the address "
            "without what stands before the '@'"
        )
    return text


@cache
def selector(text: str) -> str:
    """The selector itself, if it can be asked of a page; finding nothing there is no mistake."""
    if len(text) > LONGEST_SELECTOR:
        raise ValueError(
            f"'{text[:40]}…' has more than {LONGEST_SELECTOR} characters; no page needs so long a "
            "selector: write one like 'h3 a::attr(href)'"
        )
    try:
        _ANY_PAGE.css(text)
    except (SelectorError, ValueError) as error:
        raise ValueError(
            f"'{text}' cannot be a CSS selector ({error}); write one like 'h3 a::attr(href)'"
        ) from None
    return text


def _element(text: str) -> str:
    if "::" in text:
        raise ValueError(
            f"'{text}' names a text; write '{text.split('::', maxsplit=1)[0]}' instead"
        )
    return selector(text)


def _link(text: str) -> str:
    if "::" not in text:
        raise ValueError(
            f"'{text}' names an element, not its address; write '{text}::attr(href)' instead"
        )
    return selector(text)


def _mail_address(text: str) -> str:
    if not taken_everywhere(text):
        accents = ", without accents before the @" if not text.isascii() else ""
        raise ValueError(f"'{text}' is no mail address; write one like desk@example.org{accents}")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", text):
        raise ValueError(f"'{text}' cannot be a name; write small letters, digits, '_' and '-'")
    return text


def _line(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write a text")
    # Persian and Hindi words are spelled with joiners, which Python counts among control signs.
    if not text.replace("\u200c", "").replace("\u200d", "").isprintable():
        raise ValueError("holds a line break or a control character; write it on one line")
    return text.strip()


Several = Annotated[tuple[T, ...], Field(strict=False), BeforeValidator(_one_or_more)]
AtLeastOne = Annotated[T, BeforeValidator(_not_empty)]
OrAll = Annotated[Several[T] | None, BeforeValidator(_all_is_none)]
Line = Annotated[str, AfterValidator(_line)]
Name = Annotated[str, read_by(_name)]
Duration = Annotated[
    timedelta, read_by(quantities.duration), PlainSerializer(quantities.written_duration)
]
Size = Annotated[int, read_by(quantities.size), PlainSerializer(quantities.written_size)]
Rhythm = Annotated[Expectation, read_by(quantities.expectation)]
TimeOfDay = Annotated[time, read_by(quantities.time_of_day)]
Days = Annotated[
    tuple[int, ...], read_by(quantities.days_of_week), BeforeValidator(_joined_by_commas)
]
Zone = Annotated[str, read_by(_zone)]
Actor = Annotated[str, read_by(actor)]
Language = Annotated[str, read_by(language)]
WebAddress = Annotated[str, read_by(web_address)]
MailAddress = Annotated[str, read_by(_mail_address)]
Selector = Annotated[str, read_by(selector)]
ElementSelector = Annotated[str, read_by(_element)]
LinkSelector = Annotated[str, read_by(_link)]
