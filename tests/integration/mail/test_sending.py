"""Digests on their way: when they are made, to whom they go, and what they tell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.subscriber import SubscriberId, WhenEmpty
from storage.store import Store
from tests.builders import NOW
from tests.integration.mail.mailings import Desk, a_desk, a_reader, on_the_next_morning, to


@pytest.fixture
def desk(tmp_path, post_office):
    """A desk with one reader, of whom nobody has heard yet."""
    with a_desk(tmp_path, post_office()) as desk:
        yield desk


@pytest.fixture
def morning(desk):
    """The desk on the next day, with news; its first digest, on the day before, held none."""
    return on_the_next_morning(desk)


def test_the_first_digest_holds_nothing_old_and_proves_that_the_watch_lives(desk):
    desk.send()
    [mail] = desk.mails

    assert mail["Subject"] == "Elections: 0 stories, 18 March 2024"
    assert "Nothing new matched." in mail.get_content()


def test_the_first_digest_holds_old_matches_as_far_back_as_the_backlog(desk):
    desk.later(days=2)
    desk.finds("Vote of yesterday")
    desk.later(days=1)
    desk.backlog = timedelta(days=2)
    desk.send()

    assert desk.told == [["Vote of yesterday"]]


def test_before_anything_was_collected_nobody_is_mailed(tmp_path, post_office):
    with Store.open(f"sqlite:///{tmp_path}/empty.db", now=NOW) as store:
        desk = Desk(store, post_office())
        desk.send()

    assert desk.arrived == []


def test_what_was_found_since_is_told_once(morning):
    morning.send()
    morning.later(days=1)
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == [
        "Elections: 1 story, 19 March 2024",
        "Elections: 0 stories, 20 March 2024",
    ]


def test_a_digest_is_sent_once_however_often_one_asks(morning):
    morning.send()
    again = morning.send()

    assert (len(morning.arrived), again.digests, again.delivered) == (1, 0, [])


def test_before_the_hour_nothing_is_sent(morning):
    morning.now = morning.now.replace(hour=6, minute=59)
    morning.send()

    assert morning.arrived == []


def test_after_three_days_without_power_there_is_one_longer_digest(morning):
    morning.later(days=3)
    morning.finds("Vote in Poland")
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == ["Elections: 2 stories, 22 March 2024"]


def test_whoever_wants_no_empty_digest_gets_none(morning):
    morning.readers = [a_reader(when_empty=WhenEmpty.NONE)]
    morning.send()
    morning.later(days=1)
    morning.send()

    assert len(morning.arrived) == 1


def test_each_subscriber_is_told_what_he_chose(morning):
    morning.readers = [
        to("french", id=SubscriberId("french"), countries=("FR",)),
        to("polish", id=SubscriberId("polish"), countries=("PL",)),
    ]
    morning.send()
    morning.later(days=1)
    morning.finds("Vote of the next day")
    morning.send()

    assert [mail["Subject"].partition(",")[0] for mail in morning.mails] == [
        "Elections: 0 stories",
        "Elections: 0 stories",
        "Elections: 1 story",
        "Elections: 0 stories",
    ]


def test_several_addresses_are_separate_mails(morning):
    morning.readers = [to("desk", "boss", "desk")]
    morning.send()

    assert [one.rcpt_tos for one in morning.post.handler.received] == [
        ["desk@example.org"],
        ["boss@example.org"],
    ]
    assert len({mail["Message-ID"] for mail in morning.mails}) == 2


def test_no_more_than_so_many_an_hour_are_sent_and_the_rest_an_hour_later(morning):
    morning.per_hour = 2
    morning.readers = [to("a", "b", "c")]
    first = morning.send()
    morning.later(minutes=59)
    morning.send()
    before = list(morning.arrived)
    morning.later(minutes=1)
    morning.send()

    assert len(first.waiting) == 1
    assert (before, morning.arrived) == (["a", "b"], ["a", "b", "c"])


def test_what_another_living_sender_is_at_is_left_to_it(morning, tmp_path):
    morning.readers = [to("later", "desk")]
    morning.send()
    morning.later(hours=1)
    with Store.open(f"sqlite:///{tmp_path}/pollwatch.db", now=NOW) as another:
        another.deliveries.claim(now=morning.now, per_hour=60, but_not=())
        while_it_lives = morning.send()
    morning.post.handler.is_mended = True
    after_its_death = morning.send()

    assert while_it_lives.delivered == []
    assert [one.address for one in after_its_death.delivered] == ["later@example.org"]


def test_a_digest_that_cannot_be_written_costs_no_other_reader_his(morning):
    morning.readers = [
        a_reader(id=SubscriberId("odd"), to=("ü@example.org",)),
        to("desk"),
    ]
    sent = morning.send()

    assert [one.subscriber for one in sent.unmade] == ["odd"]
    assert morning.arrived == ["desk"]


def test_a_clock_that_was_ahead_sends_no_day_twice(morning):
    morning.send()
    morning.later(days=10)
    morning.send()
    morning.later(days=-10)
    morning.send()

    assert [mail["Subject"][-13:] for mail in morning.mails] == ["19 March 2024", "29 March 2024"]
