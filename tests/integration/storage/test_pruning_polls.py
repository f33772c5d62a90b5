"""Polls are kept for a while; what they left behind outlasts them."""

from datetime import timedelta

import pytest

from domain.evidence import Dropped, Retention
from tests.builders import a_failed_visit, a_problem, a_release, a_visit
from tests.integration.storage.saving import FEED, OTHER_FEED, after, rows, save

YEAR = Retention(unmatched=None, matched=None, polls=timedelta(days=365), mails=None)
A_YEAR_ON = after(days=365, hours=12)


@pytest.fixture
def polled(store):
    """A store with three polls of one feed, a day between them, and an old one of another."""
    for days in range(3):
        moment = after(days=days)
        save(store, a_visit(a_release(), started_at=moment, finished_at=moment))
    save(store, a_failed_visit(a_problem(place=OTHER_FEED.id), feed=OTHER_FEED))
    return store


def begun(database_url):
    return [
        (feed_id, str(started_at)[:10])
        for feed_id, started_at in rows(
            database_url, "SELECT feed_id, started_at FROM polls ORDER BY id"
        )
    ]


def test_polls_older_than_kept_go_and_the_last_of_each_feed_stays(polled, database_url):
    assert list(polled.prune(YEAR, now=A_YEAR_ON)) == [Dropped(polls=1)]
    assert begun(database_url) == [
        (FEED.id, "2024-03-19"),
        (FEED.id, "2024-03-20"),
        (OTHER_FEED.id, "2024-03-18"),
    ]


def test_looking_at_which_polls_are_due_drops_none(polled):
    assert polled.prunable(YEAR, now=A_YEAR_ON) == Dropped(polls=1)
    assert polled.counts().polls == 4


def test_health_and_problems_do_not_need_old_polls(polled):
    states, problems = polled.feed_states(), polled.problems(include_closed=True)
    list(polled.prune(YEAR, now=after(days=5000)))

    assert polled.feed_states() == states
    assert polled.problems(include_closed=True) == problems


def test_polls_kept_for_ever_stay(polled):
    forever = Retention(unmatched=None, matched=None, polls=None, mails=None)

    assert list(polled.prune(forever, now=after(days=5000))) == []
