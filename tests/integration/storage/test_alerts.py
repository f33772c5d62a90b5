"""What is remembered of alerts, in both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.delivery import DeliveryState, DueAlert, Letter, Written
from domain.subscriber import SubscriberId
from tests.builders import NOW, a_release, a_visit
from tests.integration.storage.saving import after, save

DESK = SubscriberId("desk")
LETTER = Letter(
    address="desk@example.org",
    message_id="<1>",
    subject="Alert: Elections",
    message=b"Subject: Alert: Elections\r\n\r\nOne.\r\n",
    token="token",
)


def due(**changes):
    values = {
        "subscriber": DESK,
        "alert_of": "elections",
        "problems": (),
        "since": after(days=-2),
        "pause": timedelta(hours=1),
    }
    return DueAlert(**values | changes)


def make(store, *, now):
    return store.deliveries.make_alert(due(), write=written, now=now)


def written(untold):
    """Tells of everything, where there is anything."""
    stories = untold.stories["elections"]
    return Written(
        letters=(LETTER,) if stories else (),
        told=frozenset(release.id for story in stories for release in story.releases),
    )


def fresh(store, *, now):
    found = store.deliveries.news_at_once(due(), now=now)
    return found and [story.releases[0].url for story in found.stories["elections"]]


def untold(store):
    return [story.alerted_at for story in store.untold_stories("elections", subscriber=DESK)]


@pytest.fixture
def alerted(store):
    """A store with a match that an alert tells of, and the delivery of that."""
    store.deliveries.meet(DESK, topics=["elections"], old_since=NOW, now=NOW)
    save(store, a_visit(a_release()))
    make(store, now=after(minutes=1))
    claimed = store.deliveries.claim(now=after(minutes=1), per_hour=9, but_not=())
    assert claimed
    return store, claimed[0]


def test_an_alert_belongs_to_a_topic_and_to_no_day(alerted):
    _, delivery = alerted

    assert (delivery.alert_of, delivery.day) == ("elections", None)


def test_within_the_pause_nobody_is_asked_what_is_new(alerted):
    store, _ = alerted

    assert fresh(store, now=after(minutes=60)) is None
    assert fresh(store, now=after(minutes=61)) == []


def test_an_alert_from_the_future_keeps_no_other_back(alerted):
    store, _ = alerted

    assert fresh(store, now=NOW) == []


def test_a_day_may_have_several_alerts(alerted):
    store, _ = alerted
    url = "https://press.economy.example/news/9"
    words = {"title": "Vote in Chad", "text": "Of the vote in Chad.", "url": url}
    save(store, a_visit(a_release(**words)))

    assert make(store, now=after(hours=2))
    assert len(store.deliveries.listed()) == 2


def test_what_waits_to_be_told_at_once_was_not_sent_at_once_yet(alerted):
    store, _ = alerted

    assert untold(store) == [None]


def test_a_story_that_was_sent_at_once_says_when_it_arrived(alerted):
    store, delivery = alerted
    store.deliveries.mark_delivered(delivery, now=after(minutes=7))

    assert untold(store) == [after(minutes=7)]


def test_an_alert_that_is_given_up_tells_nothing(alerted):
    store, delivery = alerted
    store.deliveries.give_up(delivery, answer="550 no", now=after(minutes=7))
    [held] = store.deliveries.listed()

    assert held.state is DeliveryState.GIVEN_UP
    assert fresh(store, now=after(hours=2)) == ["https://press.economy.example/news/1"]
