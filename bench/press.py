"""A town to measure with: feeds of thirty releases, each a page of the size that offices have."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from pollwatch.demo.answers import Answer, Office, Offices, dated

ENTRIES = 30
PUBLISHED = datetime(2024, 3, 18, 9, tzinfo=UTC)
WORDS = (
    "ministry minister statement visit agreement cooperation partners region security council "
    "delegation support development programme citizens embassy consular services energy trade "
    "climate dialogue meeting representatives government parliament bilateral relations border "
    "assistance humanitarian the of and to in for with on at by from that this will has been"
).split(" ")
# What surrounds a release on a real page: menus, teasers, share buttons, scripts and styles.
MENU = "".join(
    f'<li class="nav-item level-2"><div class="wrap"><a class="nav-link" href="/topic/{n}">'
    f"<span>Topic number {n}</span></a></div></li>"
    for n in range(90)
)
TEASERS = "".join(
    f'<div class="col-md-4"><div class="card"><a href="/news/{n}/more"><img src="/i/{n}.jpg" '
    f'alt=""></a><div class="card-body"><time>18.03.2024</time><h3><a href="/news/{n}/more">'
    f'Another release of number {n}</a></h3><p class="teaser">What the other release says, '
    f'in a line or two.</p><ul class="share"><li><a href="#m">Mail</a></li><li><a href="#p">'
    "Print</a></li></ul></div></div></div>"
    for n in range(30)
)
SCRIPT = "<script>" + "window.dataLayer=window.dataLayer||[];" * 220 + "</script>"
STYLE = "<style>" + ".teaser{margin:0;padding:1em 0;color:#123456}" * 120 + "</style>"


def sentence(words: random.Random) -> str:
    return " ".join(words.choices(WORDS, k=words.randint(9, 22))).capitalize() + "."


def release(host: str, number: int) -> bytes:
    words = random.Random(f"{host}/{number}")
    paragraphs = "".join(
        f"<p>{sentence(words)} <strong>{sentence(words)}</strong> {sentence(words)} "
        f'<a href="/background/{n}">{sentence(words)}</a></p>\n'
        for n in range(9)
    )
    title = sentence(words)[:-1]
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{STYLE}{SCRIPT}'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{PUBLISHED.isoformat()}"></head><body>'
        f'<header class="site"><nav><ul>{MENU}</ul></nav></header><div class="page"><div '
        f'class="row"><div class="content"><article class="release"><h1>{title}</h1>'
        f'<div class="text">{paragraphs}</div></article></div><div class="related"><h2>Related'
        f"</h2>{TEASERS}</div></div></div><footer><ul>{MENU}</ul></footer></body></html>"
    ).encode()


def office(host: str, port: int, entries: int) -> Office:
    words = random.Random(host)
    items = "".join(
        f"<item><title>{sentence(words)[:-1]}</title><link>http://{host}:{port}/news/{n}</link>"
        f"<guid>http://{host}/news/{n}</guid><pubDate>Mon, 18 Mar 2024 09:00:00 GMT</pubDate>"
        f"<description>{sentence(words)} {sentence(words)}</description></item>"
        for n in range(entries)
    )
    feed = f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'
    pages: dict[str, Answer] = {
        f"/news/{n}": dated(release(host, n), at=PUBLISHED) for n in range(entries)
    }
    return {
        "/robots.txt": Answer(headers=(("Content-Type", "text/plain"),), body=b"User-agent: *\n"),
        "/feed": dated(feed.encode(), at=PUBLISHED, content_type="application/rss+xml"),
        **pages,
    }


def names(hosts: int) -> list[str]:
    return [f"office{number}.example" for number in range(hosts)]


def _serve(hosts: int, entries: int, port: int, ready: Connection) -> None:
    from pollwatch.demo.town import Town

    offices: Offices = {name: office(name, port, entries) for name in names(hosts)}
    with Town(offices, port=port):
        ready.send("open")
        ready.recv()


@contextmanager
def town(*, hosts: int, entries: int, port: int) -> Iterator[None]:
    """The town in a process of its own, so that its work is not counted."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(hosts, entries, port, theirs), daemon=True)
    process.start()
    ours.recv()
    try:
        yield
    finally:
        ours.send(None)
        process.join(timeout=5)


def write_config(folder: Path, *, hosts: int, port: int) -> None:
    """The same offices as pollwatch wants them declared."""
    addresses = "\n".join(f'"{name}" = "127.0.0.1"' for name in names(hosts))
    (folder / "settings.toml").write_text(
        "[sources]\nshipped = false\n"
        f'[crawl]\ndelay = "0ms"\nreleases_per_run = {ENTRIES}\nat_once = 16\n'
        f"[crawl.hosts]\n{addresses}\n"
    )
    sources = folder / "sources" / "xx"
    sources.mkdir(parents=True)
    for number, name in enumerate(names(hosts)):
        (sources / f"xx_office{number}.yaml").write_text(
            f"name: Office {number}\ncountry: XX\nlanguage: en\ntrust: reconstructed\nfeeds:\n"
            f"  - name: news\n    kind: rss\n    url: http://{name}:{port}/feed\n"
        )
