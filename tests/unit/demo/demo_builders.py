"""Small offices for the tests of the town; valid by default."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pollwatch.demo.answers import Answer, Asked
from pollwatch.demo.offices.press import PressFeed, PressOffice, PressRelease, Subject
from pollwatch.demo.offices.printing import print_office


def a_release(**changes: Any) -> PressRelease:
    fields: dict[str, Any] = {
        "path": "/news/bridge",
        "at": datetime(2024, 3, 18, 10, 30, tzinfo=UTC),
        "title": "A bridge is opened",
        "paragraphs": ("The bridge is open.", "Trams follow in May."),
        "about": Subject.ORDINARY,
        "decisive": "",
        "moved_to": "",
        "is_correction": False,
        "is_undated": False,
        "is_repeated": False,
        "is_unlinked": False,
    }
    return PressRelease(**{**fields, **changes})


def a_feed(*releases: PressRelease, **changes: Any) -> PressFeed:
    fields: dict[str, Any] = {
        "path": "/feed",
        "form": "rss",
        "title": "News",
        "language": "en",
        "size": 20,
        "is_full": False,
        "has_validators": True,
        "releases": releases,
    }
    return PressFeed(**{**fields, **changes})


def an_office(*feeds: PressFeed, **changes: Any) -> PressOffice:
    fields: dict[str, Any] = {
        "id": "xx_bridges",
        "host": "bridges.example",
        "name": "Office of Bridges",
        "charset": "utf-8",
        "style": "article",
        "sample_note": "Sample text.",
        "date_pattern": "{at.day} {month} {at.year}",
        "months": ("January", "February", "March"),
        "menu": ("About",),
        "labels": {"published": "Published", "updated": "Updated", "next": "Next"},
        "footer": "Office of Bridges",
        "robots": "",
        "feeds": feeds,
    }
    return PressOffice(**{**fields, **changes})


def answered(
    office: PressOffice, path: str, *, day: date = date(2024, 3, 20), query: str = ""
) -> Answer:
    """What an office says at a path, as the town would ask it."""
    response = print_office(office)[path]
    asked = Asked(host=office.host, path=path + query, headers={}, day=day, port=8080)
    return response if isinstance(response, Answer) else response(asked)
