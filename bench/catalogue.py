"""What does it take to poll the whole catalogue: a first round, and one in which nothing changed?

Every source that config/ ships, its files rewritten so that each host answers on the loopback.
A feed that is declared by its structure gets the page that was rebuilt for it under tests/sources;
every other one gets twenty entries of its kind. Their releases are pages of the size that offices
have. Printed: wall time, CPU time and the largest memory of each round, and what it brought. The
stand-ins speak http, so what TLS costs is left out; the pause a host gets decides the wall time.

    python bench/catalogue.py [DELAY]          the pause, else the one that config/ ships: 2s
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socket
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from press import PUBLISHED, release, sentence

from domain.source import Feed, FeedKind
from pollwatch.demo.answers import Answer, Response, dated
from pollwatch.loading import load

ROOT = Path(__file__).parents[1]
REBUILT = ROOT / "tests" / "sources"
ENTRIES = 20
ADDRESS = re.compile(r"https?://([\w.-]+\.[a-z]{2,})(?::\d+)?(?=[/\s\"'<?]|$)", re.IGNORECASE)
TYPES = {".html": "text/html; charset=utf-8", ".json": "application/json", ".xml": "text/xml"}


class Office(dict[str, Response]):
    """Feeds at their addresses, and a release at every other one."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self.host = host

    def get(self, path: str, default: Any = None) -> Any:  # type: ignore[override]
        if path in self:
            return self[path]
        if path == "/robots.txt":
            return default
        return dated(release(self.host, crc32(path.encode())), at=PUBLISHED)


def here(text: str, port: int) -> str:
    """Text in which every host answers at this port."""
    return ADDRESS.sub(rf"http://\1:{port}", text)


def stand_in(feed: Feed, port: int) -> Answer:
    source, _, name = feed.id.partition("/")
    for suffix, content_type in TYPES.items():
        if (page := REBUILT / source / f"{name}{suffix}").is_file():
            body = here(page.read_text("utf-8"), port).encode()
            return dated(body, at=PUBLISHED, content_type=content_type)
    body, content_type = GENERIC[feed.kind](feed)
    return dated(body.encode(), at=PUBLISHED, content_type=content_type)


def _links(feed: Feed) -> Iterator[tuple[str, str]]:
    parts, words = urlsplit(feed.url), random.Random(feed.id)
    pattern = (feed.pages or ("",))[0].replace("*", "x").strip("/")
    for number in range(ENTRIES):
        path = "/".join(part for part in (pattern, feed.id, str(number)) if part)
        yield f"http://{parts.netloc}/{path}", sentence(words)[:-1]


def _rss(feed: Feed) -> tuple[str, str]:
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
        "<pubDate>Mon, 18 Mar 2024 09:00:00 GMT</pubDate>"
        f"<description>{title}.</description></item>"
        for url, title in _links(feed)
    )
    text = f'<rss version="2.0"><channel><title>{feed.id}</title>{items}</channel></rss>'
    return text, "application/rss+xml"


def _listing(feed: Feed) -> tuple[str, str]:
    rows = "".join(
        f"<li><time datetime='2024-03-18'>18 March 2024</time><a href='{url}'>{title}</a></li>"
        for url, title in _links(feed)
    )
    return f"<!doctype html><title>Press</title><ul>{rows}</ul>", TYPES[".html"]


def _sitemap(feed: Feed) -> tuple[str, str]:
    urls = "".join(f"<url><loc>{url}</loc></url>" for url, _ in _links(feed))
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f"<urlset xmlns='{space}'>{urls}</urlset>", TYPES[".xml"]


def _page(feed: Feed) -> tuple[str, str]:
    return release(feed.id, 0).decode(), TYPES[".html"]


GENERIC: dict[FeedKind, Callable[[Feed], tuple[str, str]]] = {
    FeedKind.RSS: _rss,
    FeedKind.JSON_FEED: _rss,
    FeedKind.SITEMAP: _sitemap,
    FeedKind.LISTING: _listing,
    FeedKind.API: _listing,
    FeedKind.PAGE: _page,
}


def feeds_of(folder: Path) -> list[Feed]:
    return [feed for source in load(folder, environ={}).sources for feed in source.feeds]


def _serve(name: str, port: int, ready: Connection) -> None:
    from pollwatch.demo.town import Town

    offices: dict[str, Office] = {}
    for feed in feeds_of(Path(name)):
        parts = urlsplit(feed.url)
        host = (parts.hostname or "").lower()
        office = offices.setdefault(host, Office(host))
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        office[path] = stand_in(feed, port)
    with Town(defaultdict(lambda: Office("elsewhere"), offices), port=port):
        ready.send("open")
        ready.recv()


@contextmanager
def stand_ins(folder: Path, port: int) -> Iterator[None]:
    """All hosts in a process of their own, so that their work is not counted."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(str(folder), port, theirs), daemon=True)
    process.start()
    ours.recv()
    try:
        yield
    finally:
        ours.send(None)
        process.join(timeout=5)


def write_config(folder: Path, *, port: int, delay: str) -> None:
    shutil.copytree(ROOT / "config" / "sources", folder / "sources")
    hosts: set[str] = set()
    for file in folder.glob("sources/*/*.yaml"):
        text = file.read_text("utf-8")
        hosts |= {host.lower() for host in ADDRESS.findall(text)}
        file.write_text(here(text, port), "utf-8")
    for page in REBUILT.glob("*/*"):
        if page.suffix in TYPES:
            hosts |= {host.lower() for host in ADDRESS.findall(page.read_text("utf-8"))}
    named = "\n".join(f'"{host}" = "127.0.0.1"' for host in sorted(hosts))
    (folder / "settings.toml").write_text(
        f'[sources]\nshipped = false\n[crawl]\ndelay = "{delay}"\n[crawl.hosts]\n{named}\n'
    )


def a_round(folder: Path) -> tuple[float, float, float, dict[str, Any]]:
    """Wall seconds, CPU seconds and megabytes of one run over everything, and what it says."""
    began = time.monotonic()
    with (folder / "said").open("w+") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pollwatch", "run", "--all", "--json"),
                *("--config", str(folder), "--db", str(folder / "bench.db")),
            ],
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        wall = time.monotonic() - began
        out.seek(0)
        said = json.loads(out.read().splitlines()[-1])
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def free_port() -> int:
    with socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def main(delay: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        write_config(folder, port=port, delay=delay)
        feeds = feeds_of(folder)
        hosts = {urlsplit(feed.url).hostname for feed in feeds}
        print(f"{len(feeds)} feeds of {len(hosts)} hosts, a pause of {delay} a host")
        with stand_ins(folder, port):
            for round_ in ("first round", "the rest, as owed", "nothing changed"):
                wall, cpu, memory, said = a_round(folder)
                outcomes = Counter(feed["outcome"] for feed in said["feeds"])
                problems = Counter(code for feed in said["feeds"] for code in feed["problems"])
                print(
                    f"{round_:<18} {wall:7.1f} s wall {cpu:7.1f} s CPU {memory:6.0f} MB"
                    f"  {said['releases']:,} releases, "
                    + ", ".join(f"{count} {word}" for word, count in outcomes.items())
                )
                if problems:
                    print(" " * 19 + ", ".join(f"{n} {code}" for code, n in problems.items()))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "2s")
