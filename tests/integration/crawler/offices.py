"""What the press offices of these tests publish."""

from __future__ import annotations

from collections.abc import Iterable

from pollwatch.demo.town import Answer, page

NAME = "press.economy.example"
OTHER = "files.economy.example"
RSS = "application/rss+xml; charset=utf-8"


def item(number: int, *, link: str | None = None, title: str | None = None) -> str:
    """One item of a feed; its page is /news/NUMBER."""
    address = f"/news/{number}" if link is None else link
    return (
        f"<item><title>{title or f'Release {number}'}</title><link>{address}</link>"
        f"<guid isPermaLink='false'>id-{number}</guid>"
        "<pubDate>Mon, 18 Mar 2024 10:00:00 +0100</pubDate></item>"
    )


def feed_text(items: Iterable[str]) -> str:
    """An RSS feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Press</title>{''.join(items)}</channel></rss>"
    )


def a_feed_of(*numbers: int) -> Answer:
    """A feed that lists these releases."""
    return page(feed_text(map(item, numbers)), content_type=RSS)


def release_text(number: int) -> str:
    """The page of a release."""
    return f"""<html lang="en"><head><title>Release {number} | Economy</title></head>
<body><nav><a href="/">Home</a></nav><main><h1>Release {number}</h1>
<p>The ministry does not recognise the vote that was held on the occupied territory.</p>
<p>It was neither free nor fair, and its result number {number} has no effect whatsoever.</p>
</main><footer>Imprint and contact</footer></body></html>"""


def a_release_page(number: int) -> Answer:
    """A good page with one release."""
    return page(release_text(number))


def an_office(*numbers: int, **others: Answer) -> dict[str, Answer]:
    """A feed at /feed that lists these releases, and their pages."""
    pages = {f"/news/{number}": a_release_page(number) for number in numbers}
    return {"/feed": a_feed_of(*numbers)} | pages | {f"/{k}": v for k, v in others.items()}
