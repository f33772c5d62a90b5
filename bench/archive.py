"""A database of very many judged releases, to measure with; written past the store.

Two thousand different texts of some 2.5 KB are judged as any others are, in the languages of the
shipped keyword files, and stand in the database again and again. One in eight holds a sentence
about an election, or one that looks like it.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from press import sentence

from analysis.keywords import compile_topics
from domain.reading import Match, Reading
from domain.release import Release
from domain.topic import Topic
from pollwatch.loading import load
from scheduler.ingest import read
from storage.store import Store
from tests.builders import a_release

DIFFERENT = 2_000
SENTENCES = 22
"""Some 2.5 KB."""
ABOUT_ELECTIONS = 8
"""One in so many."""
FIRST_SEEN = datetime(2024, 1, 1, tzinfo=UTC)
BATCH = 10_000


def shipped() -> tuple[Topic, ...]:
    """The topics that come with the program."""
    return load(None, environ={"POLLWATCH_SOURCES__SHIPPED": "false"}).topics


def make(file: Path, *, releases: int) -> None:
    """Fill a new SQLite file with so many releases, one text and one story each."""
    topics = shipped()
    keywords = compile_topics(topics)
    now = datetime.now(UTC)
    with Store.open(f"sqlite:///{file}", now=now) as store:
        store.judgements.remember_rules(keywords.rules, topics, now=now)
    readings = [read(release, keywords) for release in _different(topics)]
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("INSERT INTO sources VALUES ('xx_economy', 'Economy', 'FR', NULL, 0)")
        numbers = iter(range(1, releases + 1))
        while batch := list(islice(numbers, BATCH)):
            connection.execute("BEGIN")
            _write(connection, batch, readings)
            connection.execute("COMMIT")
        connection.execute("INSERT INTO judged VALUES (1, ?, ?)", [releases, keywords.rules])


def _different(topics: Sequence[Topic]) -> Iterator[Release]:
    words = random.Random("archive")
    examples = [example for topic in topics for example in topic.examples]
    for number in range(DIFFERENT):
        example = words.choice(examples)
        said = [sentence(words) for _ in range(SENTENCES)]
        if number % ABOUT_ELECTIONS == 0:
            said[words.randrange(3)] = example.text
        yield a_release(title=said[0], text="\n".join(said[1:]), language=example.language)


def _write(
    connection: sqlite3.Connection, numbers: Sequence[int], readings: Sequence[Reading]
) -> None:
    texts: list[tuple[Any, ...]] = []
    folded, matches, hits = [], [], []
    for number in numbers:
        reading = readings[number % len(readings)]
        seen_at = f"{FIRST_SEEN + timedelta(seconds=20 * number):%Y-%m-%d %H:%M:%S.%f}"
        text = reading.text
        texts.append(
            (number, number, "xx_economy", f"https://economy.example/{number}", f"u{number}",
             f"c{number}", text.title, text.text, text.language, reading.language, seen_at, 1,
             f"f{number}", text.fingerprint.words, "{}", seen_at, seen_at)
        )  # fmt: skip
        languages = " ".join(reading.folded.languages)
        folded.append((number, reading.folded.version, reading.folded.text, languages))
        for match in reading.matches:
            matches.append(_match(number, match))
            hits += _hits(number, match)
    ids = [(number, f"r{number}", number) for number in numbers]
    stories = [(number, f"s{number}") for number, _, _ in ids]
    _insert(connection, "stories", "id, public_id", stories)
    _insert(connection, "releases", "id, public_id, story_id", ids)
    _insert(
        connection,
        "texts",
        "id, release_id, source_id, canonical_url, url_checksum, checksum, title, text,"
        " declared_language, language, published_at, fingerprint_version, fingerprint, words,"
        " witnesses, first_seen_at, last_seen_at",
        texts,
    )
    _insert(connection, "folded", "text_id, version, text, languages", folded)
    _insert(connection, "matches", "text_id, topic, score, is_match, part, start, stop", matches)
    _insert(
        connection,
        "hits",
        "text_id, topic, position, term, language, kind, part, start, stop, counts, first_word,"
        " last_word, is_in_lead",
        hits,
    )


def _insert(
    connection: sqlite3.Connection, table: str, columns: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    marks = ", ".join("?" for _ in columns.split(","))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _match(number: int, match: Match) -> tuple[Any, ...]:
    where = (match.where.value, match.start, match.end)
    return (number, match.topic, match.score, match.is_match, *where)


def _hits(number: int, match: Match) -> list[tuple[Any, ...]]:
    return [
        (number, match.topic, position, hit.term, hit.language, hit.kind.value, hit.where.value,
         hit.start, hit.end, hit.counts, hit.first_word, hit.last_word, hit.is_in_lead)
        for position, hit in enumerate(match.hits)
    ]  # fmt: skip
