"""Who wants no mail any more gets none."""

from __future__ import annotations

import pytest

from domain.subscriber import SubscriberId
from tests.integration.mail.mailings import a_desk, on_the_next_morning, to


@pytest.fixture
def morning(tmp_path, post_office):
    """A desk with news, whose first digest, on the day before, held none."""
    with a_desk(tmp_path, post_office()) as desk:
        yield on_the_next_morning(desk)


def test_what_came_to_no_address_is_news_when_the_one_it_waited_for_is_stopped(morning):
    morning.readers = [to("nobody", "later")]
    morning.send()
    morning.store.deliveries.stop(
        SubscriberId("desk"), address="later@example.org", now=morning.now
    )
    morning.post.handler.is_mended = True
    morning.later(days=1)
    morning.send()

    assert [mail["Subject"] for mail in morning.mails] == ["Elections: 1 story, 20 March 2024"]


def test_who_stopped_gets_nothing_and_what_waits_is_withdrawn(morning):
    morning.readers = [to("later")]
    morning.send()
    morning.store.deliveries.stop(SubscriberId("desk"), now=morning.now)
    morning.post.handler.is_mended = True
    morning.later(days=1)
    morning.send()

    assert morning.arrived == []
    assert morning.states()[1:] == [("later", "withdrawn")]


def test_the_token_of_a_mail_stops_its_address_alone(morning):
    morning.unsubscribe_url = "https://example.org/out"
    morning.readers = [to("a", "b")]
    morning.send()
    token = morning.mails[0]["List-Unsubscribe"].rpartition("token=")[2].rstrip(">")
    morning.store.deliveries.stop_by(token, now=morning.now)
    morning.later(days=1)
    morning.send()

    assert morning.arrived == ["a", "b", "b"]


def test_a_token_that_nobody_was_mailed_stops_nobody(morning):
    morning.store.deliveries.stop_by("0" * 40, now=morning.now)
    morning.send()

    assert morning.arrived == ["desk"]


@pytest.mark.parametrize("spelling", ["Desk@example.org", "desk@EXAMPLE.org"])
def test_who_stopped_one_spelling_of_an_address_is_not_mailed_at_another(morning, spelling):
    morning.store.deliveries.stop(SubscriberId("desk"), address=spelling, now=morning.now)
    morning.send()

    assert morning.arrived == []


def test_what_waits_for_another_spelling_is_withdrawn(morning):
    morning.readers = [to("later")]
    morning.send()
    morning.store.deliveries.stop(
        SubscriberId("desk"), address="Later@Example.org", now=morning.now
    )

    assert morning.states()[1:] == [("later", "withdrawn")]
