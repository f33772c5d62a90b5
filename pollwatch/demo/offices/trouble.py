"""Which offices of the town make trouble, and how?

The texts say what offices publish; here stands what goes wrong on the way. What is slow or
large lives in offices of its own, so that it costs nobody else's releases anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from http import HTTPStatus

from pollwatch.demo.answers import (
    Answer,
    Asked,
    Drip,
    Office,
    Offices,
    Response,
    gzip_bomb,
    moved,
    page,
)
from pollwatch.demo.offices.press import PressOffice
from pollwatch.demo.offices.printing import print_feed

BROKEN_DAY = date(2024, 3, 19)
REDESIGN_DAY = date(2024, 3, 19)
RETRY_AFTER = "600"

CONSENT_WALL = page(
    """<!doctype html>
<html lang="en"><head><title>Before you continue</title></head><body>
<div class="consent-wall" role="dialog" aria-modal="true"><h1>Before you continue</h1>
<p>We and our 412 partners use cookies to store and access information on your device. Please accept
all cookies to continue to the site.</p>
<form action="/consent" method="post"><button name="consent" value="accept">Accept all</button>
<button name="consent" value="reject">Reject all</button> <a href="/consent/options">Manage
options</a></form><p>You can withdraw your consent at any time in our privacy policy.</p></div>
</body></html>
"""
)
NO_ENTRY = page(
    "<!doctype html><title>403 Forbidden</title><h1>Forbidden</h1>",
    status=HTTPStatus.FORBIDDEN,
)
OUT_OF_ORDER = page(
    "<!doctype html><title>500</title><h1>Out of order</h1>",
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
)
NOT_NOW = Answer(
    status=HTTPStatus.TOO_MANY_REQUESTS,
    headers=(("Retry-After", RETRY_AFTER), ("Content-Type", "text/plain")),
    body=b"Too many questions. Come back in ten minutes.\n",
)


def with_trouble(offices: Mapping[str, PressOffice], printed: Offices) -> Offices:
    """The printed offices, and over them what goes wrong."""
    troubles: dict[str, Office] = {
        "buitenlandse-zaken.netherlands.example": {
            path: _broken_on_one_day(response)
            for path, response in printed["buitenlandse-zaken.netherlands.example"].items()
        },
        "esteri.italy.example": {"/it/rss.xml": moved("/it/sala_stampa/feed")},
        "redesign.example": {"/press": _redesigned(offices["redesign.example"])},
        "busy.example": {"/press/one-moment": NOT_NOW},
        "trouble.example": {
            "/pages/dripping": Answer(
                body=b"<p>drop</p>" * 1000, drip=Drip(size=1, pause=timedelta(milliseconds=200))
            ),
            "/pages/endless": Answer(body=b"<p>And so on.</p>\n" * 4096, endless=True),
            "/pages/bomb": gzip_bomb(),
            "/pages/cut": Answer(body=b"<h1>A page that is cut short</h1>" * 100, cut_short=True),
            "/torn.rss": _torn(printed["trouble.example"]["/torn.rss"]),
        },
        "closed.example": {"/press.rss": NO_ENTRY, "/robots.txt": NO_ENTRY},
        "consent.example": {"/press.rss": CONSENT_WALL},
    }
    hosts = {**printed, **troubles}
    return {host: {**printed.get(host, {}), **troubles.get(host, {})} for host in hosts}


def _broken_on_one_day(response: Response) -> Callable[[Asked], Answer]:
    return lambda asked: OUT_OF_ORDER if asked.day == BROKEN_DAY else _ask(response, asked)


def _redesigned(office: PressOffice) -> Callable[[Asked], Answer]:
    (feed,) = office.feeds

    def answer(asked: Asked) -> Answer:
        form = feed.form if asked.day < REDESIGN_DAY else "cards"
        return print_feed(office, feed, asked, form=form)

    return answer


def _torn(response: Response) -> Callable[[Asked], Answer]:
    """The feed up to the middle of its last entry, as a file that was not written to its end."""

    def answer(asked: Asked) -> Answer:
        whole = _ask(response, asked)
        middle = whole.body.rindex(b"<description>")
        return Answer(headers=(("Content-Type", "application/rss+xml"),), body=whole.body[:middle])

    return answer


def _ask(response: Response, asked: Asked) -> Answer:
    return response if isinstance(response, Answer) else response(asked)
