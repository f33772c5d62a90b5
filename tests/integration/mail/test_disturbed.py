"""Mail while the machine misbehaves: clocks leap, and notes cannot be written."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from storage.store import Store
from tests.builders import NOW
from tests.integration.mail.mailings import Desk
from tests.integration.storage.saving import SOURCES, opened


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/pollwatch.db"


@pytest.fixture
def desk(url, post_office):
    """A desk whose reader had his digest of 18 March, of what was found before."""
    with Store.open(url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post_office())
        desk.finds("Vote long ago")
        desk.send()
        desk.post.handler.received.clear()
        yield desk


def sent_at(desk, *moments):
    """The days of the digests that arrive when the clock shows these moments, one after another."""
    for moment in moments:
        desk.now = datetime.fromisoformat(f"2024-03-{moment}").replace(tzinfo=UTC)
        desk.send()
    return [mail["Subject"].split(", ")[1].removesuffix(" March 2024") for mail in desk.mails]


@pytest.mark.parametrize(
    ("moments", "days"),
    [
        pytest.param(["18 22:00", "19 06:59", "19 09:30"], ["19"], id="asleep at seven"),
        pytest.param(["18 22:00", "19 07:01", "19 04:00", "19 07:02"], ["19"], id="set back"),
        pytest.param(["18 22:00", "19 23:00", "18 23:00", "19 07:00"], ["19"], id="a day ahead"),
        pytest.param(["18 22:00", "21 12:00", "22 12:00"], ["21", "22"], id="asleep for days"),
        pytest.param(
            ["18 10:00", "20 10:00", "18 10:00", "19 10:00", "20 10:00", "21 10:00"],
            ["20", "19", "21"],
            id="two days ahead",
        ),
    ],
)
def test_however_the_clock_leaps_no_digest_is_left_out_and_none_comes_twice(desk, moments, days):
    assert sent_at(desk, *moments) == days


@contextmanager
def unwritable(url):
    """A database that has room for everything but the outcome of a mail."""
    with opened(url) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE OF state, attempts ON deliveries"
            " BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    yield
    with opened(url) as connection:
        connection.exec_driver_sql("DROP TRIGGER full")


@pytest.fixture
def unnoted(desk, url):
    """What was sent where the note of a delivery could not be written; there is room again."""
    desk.later(days=1)
    with unwritable(url):
        yield desk.send()


def test_a_mail_that_could_not_be_noted_ends_the_pass_and_says_why(desk, unnoted):
    assert "database or disk is full" in str(unnoted.unnoted)
    assert desk.states()[1:] == [("desk", "waiting")]


def test_what_could_not_be_noted_is_noted_by_the_next_pass_and_not_sent_again(desk, url):
    desk.later(days=1)
    with unwritable(url):
        desk.send()
    after = desk.send()

    assert after.unnoted is None
    assert desk.arrived == ["desk"]
    assert desk.states()[1:] == [("desk", "delivered")]


def test_a_failure_that_could_not_be_noted_is_noted_by_the_next_pass(desk, url):
    desk.later(days=1)
    desk.server = desk.post.told(port=1)
    with unwritable(url):
        desk.send()
    desk.server = desk.post.told()
    desk.send()
    noted = desk.store.deliveries.waiting()[0].attempts
    desk.later(minutes=5)
    desk.send()

    assert (noted, desk.arrived) == (1, ["desk"])


def test_what_was_never_noted_goes_out_again_byte_for_byte_once_its_sender_is_gone(desk, url):
    desk.later(days=1)
    with unwritable(url):
        desk.send()
    desk.store.close()
    with Store.open(url, now=desk.now) as desk.store:
        desk.send()
    first, again = [mail.original_content for mail in desk.post.handler.received]

    assert first == again
