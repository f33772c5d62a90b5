"""Mails are kept for a while; how they ended outlasts them."""

from datetime import date, timedelta

import pytest

from domain.delivery import DeliveryState, Letter, Written
from domain.evidence import Dropped, Retention
from domain.subscriber import SubscriberId
from tests.builders import NOW
from tests.integration.storage.saving import after

YEAR = Retention(unmatched=None, matched=None, polls=None, mails=timedelta(days=365))
MESSAGE = b"Subject: Elections: 1 story\r\n\r\nOne.\r\n"


def a_letter(address):
    return Letter(
        address=address,
        message_id=f"<{address}>",
        subject="1 story",
        message=MESSAGE,
        token=address,
    )


@pytest.fixture
def mailed(store):
    """A store with a digest to two addresses: one mail was delivered, one still waits."""
    desk = SubscriberId("desk")
    letters = (a_letter("a@example.org"), a_letter("b@example.org"))
    store.deliveries.meet(desk, topics=[], old_since=NOW, now=NOW)
    store.deliveries.make_digest(
        desk,
        topics=[],
        problems=(),
        due=lambda _: date(2024, 3, 18),
        write=lambda _: Written(letters=letters, told=frozenset()),
        now=NOW,
    )
    delivery, _ = store.deliveries.claim(now=NOW, per_hour=9, but_not=())
    store.deliveries.mark_delivered(delivery, now=after(days=1))
    return store


def test_a_mail_that_was_delivered_long_ago_goes_and_how_it_ended_stays(mailed):
    assert list(mailed.prune(YEAR, now=after(days=366, hours=1))) == [Dropped(mails=1)]
    delivery, message = mailed.deliveries.find(1)

    assert (delivery.address, delivery.state) == ("a@example.org", DeliveryState.DELIVERED)
    assert message is None


def test_a_mail_that_still_waits_is_kept_however_old(mailed):
    list(mailed.prune(YEAR, now=after(days=5000)))

    assert mailed.deliveries.find(2)[1] == MESSAGE


def test_a_mail_counts_from_its_end(mailed):
    assert list(mailed.prune(YEAR, now=after(days=365, hours=1))) == []


def test_a_mail_goes_once(mailed):
    list(mailed.prune(YEAR, now=after(days=5000)))

    assert mailed.prunable(YEAR, now=after(days=5000)) == Dropped()


def test_looking_at_which_mails_are_due_drops_none(mailed):
    assert mailed.prunable(YEAR, now=after(days=5000)) == Dropped(mails=1)
    assert mailed.deliveries.find(1)[1] == MESSAGE


def test_mails_kept_for_ever_stay(mailed):
    forever = Retention(unmatched=None, matched=None, polls=None, mails=None)

    assert list(mailed.prune(forever, now=after(days=5000))) == []


def test_the_token_of_a_mail_that_was_dropped_still_stops_its_address(mailed):
    list(mailed.prune(YEAR, now=after(days=5000)))

    assert mailed.deliveries.holder_of("a@example.org") == ("desk", "a@example.org")
