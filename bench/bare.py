"""What one would write in an afternoon: Scrapy with callbacks, feedparser, trafilatura, SQLite.

It keeps no manners, remembers nothing and judges nothing: the measure, not a rival.

    python bench/bare.py collect|poll HOSTS PORT DATABASE
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

import feedparser
import scrapy
import trafilatura
from press import ENTRIES, names, office
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.resolver import dnscache


class Bare(scrapy.Spider):
    name = "bare"
    custom_settings: ClassVar = {
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }

    def __init__(self, job: str, hosts: int, port: int, database: str) -> None:
        super().__init__()
        self.job, self.hosts, self.port, self.database = job, hosts, port, database
        self.rows: list[tuple[str, str, str, str]] = []
        self.unchanged = 0

    async def start(self) -> AsyncIterator[Any]:
        for host in names(self.hosts):
            if self.job == "collect":
                yield self.ask(host, "/feed", self.list_entries)
            else:
                feed = office(host, self.port, 1)["/feed"]
                yield self.ask(
                    host,
                    "/feed",
                    self.count,
                    headers={"If-None-Match": feed.header("ETag")},
                    meta={"handle_httpstatus_list": [304]},
                )

    def ask(self, host: str, path: str, callback: Any, **more: Any) -> scrapy.Request:
        return scrapy.Request(
            f"http://{host}:{self.port}{path}",
            callback=callback,
            cb_kwargs={"host": host},
            **more,
        )

    def count(self, response: Response, **_: str) -> None:
        self.unchanged += response.status == 304

    def list_entries(self, response: Response, host: str) -> Iterator[scrapy.Request]:
        for entry in feedparser.parse(response.body).entries:
            path = "/" + entry.link.split("/", 3)[3]
            yield self.ask(host, path, self.keep_release)

    def keep_release(self, response: Response, host: str) -> None:
        text = trafilatura.extract(response.text, include_comments=False) or ""
        self.rows.append((response.url, response.css("h1::text").get(""), text, host))

    def closed(self, _: str) -> None:
        with sqlite3.connect(self.database) as database:
            database.execute("create table releases (url text, title text, text text, host text)")
            database.executemany("insert into releases values (?, ?, ?, ?)", self.rows)
        expected = self.hosts * ENTRIES if self.job == "collect" else self.hosts
        brought = len(self.rows) if self.job == "collect" else self.unchanged
        if brought != expected:
            sys.exit(f"the bare script brought {brought} instead of {expected}")


if __name__ == "__main__":
    job, hosts, port, database = sys.argv[1:]
    process = CrawlerProcess()
    # The offices' names, known to Scrapy as if it had asked for them already.
    dnscache.update(dict.fromkeys(names(int(hosts)), "127.0.0.1"))
    process.crawl(Bare, job=job, hosts=int(hosts), port=int(port), database=database)
    process.start()
