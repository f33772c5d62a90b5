"""Pages for tests without a network."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.page import Page

FETCHED_AT = datetime(2024, 3, 18, 12, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


def a_page(
    body: str | bytes,
    *,
    url: str = "https://press.economy.example/news/1",
    content_type: str = HTML,
) -> Page:
    """A good answer with this body."""
    return Page(
        url=url,
        headers=(("Content-Type", content_type),),
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=FETCHED_AT,
    )
