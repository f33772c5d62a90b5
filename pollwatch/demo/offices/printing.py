"""How does an office print its feeds and pages?

From templates, in the office's own style and charset. The same day gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from jinja2 import Environment, PackageLoader

from pollwatch.demo.answers import Answer, Asked, Office, Response, dated, moved, page
from pollwatch.demo.offices.press import PressFeed, PressOffice, PressRelease

FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
}
LIST_QUERY = "?page="
RELATED = 3


def _as_html(release: PressRelease) -> str:
    """The whole text as feeds carry it: markup within markup."""
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in release.paragraphs)


TEMPLATES = Environment(
    loader=PackageLoader("pollwatch.demo.offices"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["feed_types"] = FEED_TYPES
TEMPLATES.filters["as_html"] = _as_html
TEMPLATES.filters["rfc822"] = format_datetime


def print_office(office: PressOffice) -> Office:
    """Every path of an office: feeds, releases, an API, the front page and the robots.txt."""
    paths: dict[str, Response] = {}
    for feed in office.feeds:
        paths[feed.path] = _feed_printer(office, feed)
        for release in feed.releases:
            paths[release.path] = _release_printer(office, feed, release.path)
            if _is_path(release.moved_to):
                paths[release.moved_to] = _page_printer(office, feed, release)
    if office.robots:
        paths["/robots.txt"] = page(office.robots, content_type="text/plain")
    front = office.feeds[0]
    paths["/api/releases"] = _api_printer(front)
    return {"/": _feed_printer(office, front, form="teasers"), **paths}


def print_feed(office: PressOffice, feed: PressFeed, asked: Asked, *, form: str) -> Answer:
    """A feed or listing as it stands on the day, with validators where the office has them."""
    standing = feed.standing(asked.day)
    entries = tuple(entry for entry in standing for _ in range(1 + entry.is_repeated))
    number = _page_number(asked)
    shown = entries[(number - 1) * feed.size : number * feed.size]
    has_more = number * feed.size < len(entries)
    template = f"{form}.xml" if form in FEED_TYPES else f"{form}.html"
    body = _fill(
        template,
        office=office,
        feed=feed,
        asked=asked,
        title=feed.title,
        releases=shown,
        next_page=f"{feed.path}{LIST_QUERY}{number + 1}" if has_more else "",
    )
    kind = _content_type(office, form)
    if not feed.has_validators:
        return Answer(headers=(("Content-Type", kind),), body=body)
    return dated(body, at=_last_change(standing, asked.day), content_type=kind)


def _feed_printer(
    office: PressOffice, feed: PressFeed, *, form: str | None = None
) -> Callable[[Asked], Answer]:
    return lambda asked: print_feed(office, feed, asked, form=form or feed.form)


def _api_printer(feed: PressFeed) -> Callable[[Asked], Answer]:
    """The front page's releases, as a program would want them; nobody links it."""

    def answer(asked: Asked) -> Answer:
        listed = [
            {"headline": one.title, "path": one.path, "day": f"{one.at:%d.%m.%Y}"}
            for one in feed.standing(asked.day)
        ]
        text = json.dumps({"data": {"releases": listed}}, ensure_ascii=False)
        return page(text, content_type="application/json")

    return answer


def _release_printer(office: PressOffice, feed: PressFeed, path: str) -> Callable[[Asked], Answer]:
    def answer(asked: Asked) -> Answer:
        standing = {release.path: release for release in feed.standing(asked.day)}
        release = standing.get(path)
        if release is None:
            return page("<!doctype html><title>404</title><h1>404</h1>", status=404)
        if release.moved_to:
            return moved(_target(release, asked), status=302)
        return _print_release(office, feed, asked, release)

    return answer


def _page_printer(
    office: PressOffice, feed: PressFeed, release: PressRelease
) -> Callable[[Asked], Answer]:
    return lambda asked: _print_release(office, feed, asked, release)


def _print_release(
    office: PressOffice, feed: PressFeed, asked: Asked, release: PressRelease
) -> Answer:
    others = (other for other in feed.standing(asked.day) if other.path != release.path)
    body = _fill(
        f"{office.style}.html",
        office=office,
        feed=feed,
        asked=asked,
        title=release.title,
        release=release,
        first_at=feed.first_at(release),
        related=tuple(others)[:RELATED],
    )
    return Answer(headers=(("Content-Type", _content_type(office, office.style)),), body=body)


def _target(release: PressRelease, asked: Asked) -> str:
    if _is_path(release.moved_to):
        return release.moved_to
    host, _, path = release.moved_to.removeprefix("//").partition("/")
    return asked.address(f"/{path}", host=host)


def _is_path(target: str) -> bool:
    """True for a path of the same office; another office's begins with two slashes."""
    return target.startswith("/") and not target.startswith("//")


def _fill(template: str, *, office: PressOffice, **values: Any) -> bytes:
    text = TEMPLATES.get_template(template).render(office=office, **values)
    # Characters that an old charset lacks are written as references, as old sites do.
    return text.encode(office.charset, errors="xmlcharrefreplace")


def _content_type(office: PressOffice, form: str) -> str:
    if form in FEED_TYPES:
        return FEED_TYPES[form]
    # Sites of the table age leave it to the page to say its charset.
    return "text/html" if office.style == "table" else f"text/html; charset={office.charset}"


def _page_number(asked: Asked) -> int:
    _, _, number = asked.path.partition(LIST_QUERY)
    return int(number) if number.isdecimal() and int(number) else 1


def _last_change(standing: tuple[PressRelease, ...], day: date) -> datetime:
    return standing[0].at if standing else datetime.fromisoformat(f"{day}T00:00:00+00:00")
