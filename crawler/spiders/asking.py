"""How does somebody ask for addresses that no feed lists? One by one, with the same manners.

Looking around on a site is a conversation: what one page says decides which one is asked for
next. So a guest gets a door to ask at, for as long as the conversation lasts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import scrapy
from scrapy import Request
from scrapy.http import Response

from crawler.page import Page
from crawler.spiders.fetching import Fetcher


@dataclass(slots=True, kw_only=True)
class Guest:
    """Asks for addresses, one at a time, and remembers all that was asked."""

    fetcher: Fetcher
    requests: list[str] = field(default_factory=list)
    """Every request that went out: those for robots.txt and those after redirects, too."""

    async def fetch(self, url: str, *, languages: Sequence[str] = ()) -> Page:
        """The page at an address.

        Raises FetchError where there is no good answer.
        """
        return await self.fetcher.fetch(url, languages=languages)


@dataclass(slots=True, kw_only=True)
class Conversation:
    """What a guest wants to do, and what came of it."""

    talk: Callable[[Guest], Coroutine[Any, Any, Any]]
    fetcher: Callable[..., Fetcher]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    said: asyncio.Task[Any] | None = None
    """None until the crawl has begun; cancelled by a stop."""


class AskingSpider(scrapy.Spider):
    """Stays open as long as a conversation lasts."""

    name = "asking"

    def __init__(self, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.conversation = conversation
        self.guest = Guest(fetcher=conversation.fetcher(download=self._download))

    async def _download(self, request: Request) -> Response:
        """Scrapy's engine exists only once the crawl has begun."""
        self.guest.requests.append(request.url)
        return await self.crawler.engine.download_async(request)

    async def start(self) -> AsyncIterator[Any]:
        """Let the guest talk until all is said, or we are told to stop."""
        conversation = self.conversation
        conversation.said = asyncio.create_task(conversation.talk(self.guest))
        stop = asyncio.create_task(conversation.stopping.wait())
        await asyncio.wait((conversation.said, stop), return_when=asyncio.FIRST_COMPLETED)
        conversation.said.cancel()
        stop.cancel()
        await asyncio.wait((conversation.said, stop))
        return
        yield  # makes this the generator that Scrapy wants
