"""How does the crawler behave as a guest?

One small value says it all: who we are, how long we pause, how much we take. Scrapy gets its
settings from here, and nothing of it that is not named here: its defaults do not verify
certificates, keep cookies, take proxies from the environment and open consoles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any

HANDLER = "crawler.spiders.handler.PressDownloadHandler"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPolicy:
    """Manners and limits of a crawl."""

    user_agent: str
    """Starts with the word that robots.txt files know us by, and names a contact."""
    delay: timedelta
    """From the end of one request to a host to the start of the next."""
    timeout: timedelta
    """For one answer, from the first byte we send to the last one we get."""
    page_limit: int
    """Bytes of one answer, also after decompression."""
    at_once: int
    """Requests under way at one time, each to another host."""
    releases_per_run: int
    """Releases fetched in one poll of a feed; the rest is owed. 0: list only."""
    longest_visit: timedelta = timedelta(hours=1)
    """For one poll of a feed with all its pages; what is not reached by then is owed."""
    allow_private: bool = False
    """Whether addresses in private networks and on this machine may be dialled."""
    hosts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Names whose address an operator wrote down; this machine is allowed there, for trials."""
    ca_file: str | None = None
    """Certificates (PEM) to trust instead of the system's."""

    @property
    def product_token(self) -> str:
        """The name that a robots.txt addresses us by.

        >>> CrawlPolicy(
        ...     user_agent="pollwatch/1.0 (+https://press.example/bot)",
        ...     delay=timedelta(seconds=2), timeout=timedelta(seconds=30),
        ...     page_limit=5_000_000, at_once=8, releases_per_run=30,
        ... ).product_token
        'pollwatch'
        """
        return self.user_agent.split("/", 1)[0].split(" ", 1)[0]


def scrapy_settings(policy: CrawlPolicy) -> dict[str, Any]:
    """Everything that Scrapy may do for us, by name; what is not listed is off.

    The ``_BASE`` tables are replaced, not added to: a component that a later Scrapy brings
    along stays out until we name it.
    """
    return {
        "ADDONS": {},
        "CONCURRENT_REQUESTS": 0,  # bounded by our own gate
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "COOKIES_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES_BASE": {
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
        },
        "DOWNLOAD_DELAY": 0,  # hosts keep the pause, across processes
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_HANDLERS_BASE": {"http": HANDLER, "https": HANDLER},
        "DOWNLOAD_MAXSIZE": policy.page_limit,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_WARNSIZE": 0,
        "EXTENSIONS_BASE": {},
        "POLLWATCH_CA_FILE": policy.ca_file,
        "REDIRECT_ENABLED": False,  # each hop goes through our own door
        "RETRY_ENABLED": False,
        "SPIDER_MIDDLEWARES_BASE": {},
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "TELNETCONSOLE_ENABLED": False,
    }
