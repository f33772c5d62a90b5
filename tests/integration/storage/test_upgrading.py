"""A database of an older program, filled, becomes one of this program; nothing is lost."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import MetaData

from analysis.fingerprint import VERSION as MARKS
from analysis.searching import VERSION, typed
from domain.rules import UNKNOWN, Judged
from domain.search import Scope
from scheduler.ingest import fold, mark
from storage.store import Store
from storage.upgrade import configuration
from tests.builders import NOW, TEXT, TITLE
from tests.integration.storage.saving import after, opened, rows

OLDER = ["0001", "0002", "0003", "0004", "0005", "0006", "0007"]
"""Every revision before the last; each was the last of some program."""


@pytest.fixture(params=["empty_sqlite", "empty_postgresql"])
def new_url(request):
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=OLDER)
def filled_url(request, new_url):
    """A database as that program left it, with a release in it."""
    with opened(new_url) as connection:
        command.upgrade(configuration(connection), request.param)
        _fill(connection)
    return new_url


def _fill(connection):
    tables = MetaData()
    tables.reflect(connection)
    for name, row in ROWS:
        # Older programs had fewer tables.
        if name in tables.tables:
            connection.execute(tables.tables[name].insert(), row)


DOCUMENT = 3079417745118934173
"""The mark of its address and source."""
TIMES = {"first_seen_at": NOW, "last_seen_at": NOW}
ADDRESS = "https://press.economy.example/news/1"
ROWS = (
    ("sources", {"id": "xx_economy", "name": "Ministry of Economy", "country": "FR"}),
    ("stories", {"id": 1, "public_id": "s1"}),
    ("releases", {"id": 1, "public_id": "r1", "story_id": 1}),
    (
        "texts",
        {
            "id": 1,
            "release_id": 1,
            "source_id": "xx_economy",
            "canonical_url": ADDRESS,
            "url_checksum": "a",
            "checksum": "b",
            "title": TITLE,
            "text": TEXT,
            "declared_language": "en",
            "language": "en",
            "published_at": NOW,
            "fingerprint_version": 1,
            "fingerprint": "c",
            "words": 14,
            "witnesses": {"title": "heading"},
            **TIMES,
        },
    ),
    (
        "appearances",
        {
            "id": 1,
            "text_id": 1,
            "origin": "xx_economy/news 1",
            "origin_checksum": "d",
            "url": ADDRESS,
            "title": TITLE,
            **TIMES,
        },
    ),
    (
        "originals",
        {
            "text_id": 1,
            "url": ADDRESS,
            "headers": [["Content-Type", "text/html"]],
            # b"page", compressed.
            "body": bytes.fromhex("789c2b484c4f0500041a019e"),
            "fetched_at": NOW,
            "checksum": "e",
        },
    ),
    ("judged", {"first_id": 1, "last_id": 1, "rules": UNKNOWN}),
    (
        "deliveries",
        {
            "id": 7,
            "subscriber": "desk",
            "day": NOW.date(),
            "address": "desk@example.org",
            "message_id": "<1>",
            "subject": "Elections: 1 story",
            # b"mail", compressed.
            "message": bytes.fromhex("789ccb4dcccc0100041901a4"),
            "token_checksum": "f",
            "state": "waiting",
            "made_at": NOW,
            "attempts": 0,
            "next_attempt_at": NOW,
            "answer": "",
        },
    ),
)


def test_an_upgraded_database_is_the_one_that_the_program_knows(filled_url):
    with Store.open(filled_url, now=after(days=1)) as store:
        assert store.check() == ()


def test_an_upgraded_database_holds_what_it_held(filled_url):
    with Store.open(filled_url, now=after(days=1)) as store:
        release = store.release("r1")
        (exhibit,) = store.evidence("r1").exhibits
    assert (release.title, release.text, release.published_at) == (TITLE, TEXT, NOW)
    assert (exhibit.page.body, exhibit.page.dropped_at) == (b"page", None)


@pytest.mark.parametrize("filled_url", ["0006", "0007"], indirect=True)
def test_a_mail_that_waited_before_an_upgrade_is_sent_after_it(filled_url):
    with Store.open(filled_url, now=after(days=1)) as store:
        (delivery, message) = store.deliveries.claim(now=after(days=1), per_hour=9, but_not=())
    assert (delivery.id, delivery.day, delivery.alert_of) == (7, NOW.date(), None)
    assert message == b"mail"


def test_older_texts_can_be_made_ready_for_searches(filled_url):
    with Store.open(filled_url, now=after(days=1)) as store:
        assert list(store.fold_rest(fold, version=VERSION)) == [1]
        (found,) = store.find(typed("elections"), scope=Scope(), at_most=5)
    assert found.id == "r1"


def test_older_texts_can_be_made_ready_for_comparisons(filled_url):
    with Store.open(filled_url, now=after(days=1)) as store:
        assert list(store.judgements.mark_rest(mark, version=MARKS)) == [1]
    held = rows(filled_url, "SELECT fingerprint, words, document FROM texts")
    assert held == [
        ("6548722ce0ff8d9f8d3ec9d1bd61a10180257690d9dd4afc47f0d194c9d0d5a8", 13, DOCUMENT)
    ]
    # Sixteen of its words, one of its title, sixteen of what it names; of 18 March 2024.
    assert rows(filled_url, "SELECT day, text_id, count(*) FROM bands GROUP BY day, text_id") == [
        (738963, 1, 33)
    ]


def test_nobody_knows_which_rules_judged_older_texts(filled_url):
    with Store.open(filled_url, now=after(days=1)) as store:
        assert store.judgements.ranges(since=None) == (Judged(first=1, last=1, rules=UNKNOWN),)


def test_a_copy_is_kept_beside_an_upgraded_sqlite_database(empty_sqlite_url, tmp_path):
    with opened(empty_sqlite_url) as connection:
        command.upgrade(configuration(connection), "0001")
        _fill(connection)
    Store.open(empty_sqlite_url, now=NOW).close()
    copy = tmp_path / "pollwatch.db.0001-20240318T090000Z.backup"

    assert rows(f"sqlite:///{copy}", "SELECT version_num FROM alembic_version") == [("0001",)]
    assert rows(f"sqlite:///{copy}", "SELECT title FROM texts") == [(TITLE,)]
