"""Who mends is told of what no single poll can see, too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.poll import Outcome
from scheduler.rejudging import rules_of
from scheduler.upkeep import judge_feeds
from storage.store import Store
from tests.builders import NOW, a_visit
from tests.integration.mail.mailings import Desk, a_reader
from tests.integration.storage.saving import FEED, SOURCES, save
from tests.unit.digest.stories import ELECTIONS


@pytest.fixture
def desk(sqlite_url, post_office):
    """A desk whose feed brought something every other day, and who was mailed this morning."""
    with Store.open(sqlite_url, now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post_office())
        desk.readers = [a_reader(problems=True)]
        desk.now -= timedelta(days=10)
        for _ in range(5):
            desk.finds()
            desk.later(days=2)
        desk.send()
        yield desk


def notes(desk):
    return [
        [line for line in mail.get_content().splitlines() if "roblem:" in line]
        for mail in desk.mails
    ]


def a_day_without_news(desk):
    desk.later(days=1)
    save(desk.store, a_visit(outcome=Outcome.UNCHANGED, finished_at=desk.now))
    judge_feeds(desk.store, [FEED], now=desk.now)
    desk.send()


def test_a_silent_feed_is_told_once_and_so_is_its_end(desk):
    a_day_without_news(desk)
    a_day_without_news(desk)
    a_day_without_news(desk)
    a_day_without_news(desk)
    a_day_without_news(desk)
    a_day_without_news(desk)
    desk.later(days=1)
    desk.finds()
    judge_feeds(desk.store, [FEED], now=desk.now)
    desk.send()

    assert notes(desk) == [
        [],
        [],
        [],
        [],
        [],
        ["Problem: feed_silent, xx_economy/news: it answers well, and brought"],
        [],
        ["No longer a problem: feed_silent, xx_economy/news."],
    ]


def test_keywords_that_nobody_applied_are_told_after_a_day(desk):
    desk.store.judgements.remember_rules(rules_of((ELECTIONS,)), (ELECTIONS,), now=desk.now)
    desk.later(days=1)
    desk.send()

    assert notes(desk)[-1] == [
        "Problem: keywords_not_applied, keywords: 5 stored texts are judged by"
    ]
