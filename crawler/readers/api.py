"""What does an API list? What its declared paths find in an answer of a shape of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from w3lib.url import safe_url_string

from crawler.extract.dates import YEARS, read_date
from crawler.extract.json_paths import (
    PLACEHOLDER,
    filled,
    found_at,
    line_at,
    read_json,
    text_at,
)
from crawler.page import Page
from crawler.readers.keys import absolute
from crawler.readers.listed import Listed
from domain.errors import ParseError
from domain.release import Entry, EntryKey
from domain.source import ApiRecipe, Feed
from domain.urls import canonical_url

# Some count milliseconds.
LATEST_SECOND = 100_000_000_000
# Stands for the number while an address is brought into the form in which it is asked for.
ANY_NUMBER = "1234567890"


def read_api(page: Page, feed: Feed) -> Listed:
    """The entries that an answer holds, in its order, and where older ones stand.

    Raises ParseError where it holds no list where one was declared.
    """
    recipe = feed.api
    if recipe is None:
        raise ParseError(f"{feed.id} does not say what its answer holds")
    answer = read_json(page)
    items = found_at(answer, recipe.items)
    if not isinstance(items, list):
        raise ParseError(
            f"{page.url} answers with JSON that has no list at '{recipe.items}'",
            next_step="See what it holds now, and mend items in the source's file, under api",
        )
    return Listed(
        entries=tuple(_entry(item, recipe=recipe, page=page, feed=feed) for item in items),
        next_url=_older_url(answer, items, page=page, feed=feed),
        hint=f"the list at '{recipe.items}' is there, but holds nothing; do the parameters of the"
        " address still mean what they did?",
    )


def _entry(item: Any, *, recipe: ApiRecipe, page: Page, feed: Feed) -> Entry:
    is_made = recipe.link.startswith(("http://", "https://"))
    link = filled(recipe.link, item) if is_made else line_at(item, recipe.link)
    url = absolute(page.url, link)
    title = line_at(item, recipe.title)
    return Entry(
        key=EntryKey(line_at(item, recipe.id) or (canonical_url(url) if url else title)),
        url=url,
        title=title,
        published_at=_moment(line_at(item, recipe.date), recipe=recipe, feed=feed),
        summary=text_at(item, recipe.text),
    )


def _moment(said: str, *, recipe: ApiRecipe, feed: Feed) -> datetime | None:
    if not said or recipe.date_format is None:
        return read_date(said, zone=feed.zone, languages=feed.languages) if said else None
    try:
        if recipe.date_format == "unix":
            seconds = float(said)
            moment = datetime.fromtimestamp(
                seconds / 1000 if abs(seconds) > LATEST_SECOND else seconds, UTC
            )
        else:
            moment = datetime.strptime(said, recipe.date_format)  # noqa: DTZ007 - zone comes next
            moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(feed.zone))
        return moment.astimezone(UTC) if moment.year in YEARS else None
    except (ValueError, OverflowError, OSError):
        return None


def _older_url(answer: Any, items: Sequence[Any], *, page: Page, feed: Feed) -> str | None:
    """Where the answer says that older entries stand, or where counting on leads."""
    older = feed.api.older if feed.api else None
    if not older or not items:
        return None
    if not older.startswith(("http://", "https://")):
        return absolute(page.url, line_at(answer, older)) or None
    is_page = PLACEHOLDER.findall(older) == ["page"]
    number = _number(page.url, older)
    if number is None:
        number = _number(feed.url, older)
    if number is None:
        number = 1 if is_page else 0
    return PLACEHOLDER.sub(str(number + (1 if is_page else len(items))), older)


def _number(url: str, older: str) -> int | None:
    """The number that an address has where ``older`` counts; None where it is another address."""
    before, _, after = safe_url_string(PLACEHOLDER.sub(ANY_NUMBER, older)).partition(ANY_NUMBER)
    pattern = rf"{re.escape(before)}(\d{{1,9}}){re.escape(after)}"
    found = re.fullmatch(pattern, safe_url_string(url))
    return int(found[1]) if found else None
