"""What is remembered of digests: due, made, on their way, at the end of it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.delivery import DeliveryState, Letter, Written
from domain.record import Brought
from domain.subscriber import SubscriberId
from tests.builders import NOW, a_reading, a_record, a_release, a_visit
from tests.fakes import FakeJudge
from tests.integration.storage.saving import after, save

DESK = SubscriberId("desk")
TODAY = date(2024, 3, 18)


def a_letter(address="desk@example.org", **changes):
    values = {
        "message_id": f"<{address}>",
        "subject": "Elections: 1 story",
        "message": b"Subject: Elections: 1 story\r\n\r\nOne.\r\n",
        "token": f"token of {address}",
    }
    return Letter(address=address, **values | changes)


def make(store, *letters, day=TODAY):
    """Make the digest of a day, which tells of everything."""
    return store.deliveries.make_digest(
        DESK,
        topics=["elections"],
        problems=(),
        due=lambda last: day if last is None or last < day else None,
        write=lambda untold: Written(letters=letters, told=ids(untold)),
        now=NOW,
    )


def ids(untold):
    return frozenset(
        release.id for story in untold.stories["elections"] for release in story.releases
    )


def claim(store, *, now=NOW, but_not=(), per_hour=60):
    return store.deliveries.claim(now=now, per_hour=per_hour, but_not=but_not)


@pytest.fixture
def met(store):
    """A store that knows a subscriber, and then comes by a match."""
    meet(store)
    save(store, a_visit(a_release()))
    return store


def meet(store, *, old_since=NOW):
    store.deliveries.meet(DESK, topics=["elections"], old_since=old_since, now=NOW)


def untold(store):
    return [story.releases[0].url for story in store.untold_stories("elections", subscriber=DESK)]


def test_an_empty_store_holds_nothing_to_tell(store):
    before = store.deliveries.holds_anything()
    save(store, a_visit())

    assert (before, store.deliveries.holds_anything()) == (False, True)


def test_what_is_held_when_a_subscriber_is_met_is_old_to_him(store):
    save(store, a_visit(a_release()))
    meet(store, old_since=after(seconds=2))

    assert untold(store) == []


def test_what_is_within_the_backlog_is_news(store):
    save(store, a_visit(a_release()))
    meet(store, old_since=after(days=-1))

    assert len(untold(store)) == 1


def test_imported_rows_are_old_to_whoever_is_met_however_far_back_he_looks(store):
    row = Brought(record=a_record(), release=a_release(), reading=a_reading())
    store.import_rows([row], subscribers=(), judge=FakeJudge(), now=NOW)
    meet(store, old_since=after(days=-30))

    assert untold(store) == []


def test_a_subscriber_is_met_once(met):
    meet(met, old_since=after(days=1))

    assert len(untold(met)) == 1


def test_a_digest_that_is_made_counts_as_told(met):
    day = make(met, a_letter())

    assert (day, untold(met)) == (TODAY, [])
    assert met.deliveries.standings()[DESK].last_digest_on == TODAY


def test_a_digest_is_made_once(met, another):
    assert (make(met, a_letter()), make(another, a_letter())) == (TODAY, None)


def test_where_writing_fails_nothing_was_made_nor_told(met):
    with pytest.raises(ZeroDivisionError):
        met.deliveries.make_digest(
            DESK,
            topics=["elections"],
            problems=(),
            due=lambda last: TODAY,
            write=lambda _: 1 / 0,
            now=NOW,
        )

    assert len(untold(met)) == 1
    assert met.deliveries.standings()[DESK].last_digest_on is None


def test_a_mail_is_claimed_by_one_sender(met, another):
    make(met, a_letter())
    delivery, message = claim(met)

    assert message == a_letter().message
    assert (delivery.address, claim(met), claim(another)) == ("desk@example.org", None, None)


def test_a_claim_is_void_once_its_owner_is_gone(met, another):
    make(met, a_letter())
    first = claim(another)
    another.close()

    assert claim(met) == first


def test_a_delivered_mail_is_never_claimed_again(met):
    make(met, a_letter())
    delivery, _ = claim(met)
    met.deliveries.mark_delivered(delivery, now=NOW)
    [held] = met.deliveries.listed()

    assert claim(met, now=after(days=9)) is None
    assert (held.state, held.attempts, held.settled_at) == (DeliveryState.DELIVERED, 1, NOW)


def test_mails_on_their_way_count_for_the_hour_too(met, another):
    make(met, a_letter("a@example.org"), a_letter("b@example.org"))
    claim(met, per_hour=1)

    assert claim(another, per_hour=1) is None


def test_a_mail_that_is_put_off_is_claimed_when_its_time_has_come(met):
    make(met, a_letter())
    delivery, _ = claim(met)
    met.deliveries.put_off(delivery, until=after(minutes=5), answer="451 later")
    early, (due, _) = claim(met, now=after(minutes=4)), claim(met, now=after(minutes=5))

    assert (early, due.attempts, due.answer) == (None, 1, "451 later")


def test_what_was_given_up_is_news_again(met):
    make(met, a_letter())
    delivery, _ = claim(met)
    met.deliveries.give_up(delivery, answer="550 nobody", now=NOW)

    assert len(untold(met)) == 1


def test_what_another_address_still_waits_for_is_told(met):
    make(met, a_letter("a@example.org"), a_letter("b@example.org"))
    delivery, _ = claim(met)
    met.deliveries.give_up(delivery, answer="550 nobody", now=NOW)

    assert untold(met) == []


def test_mails_to_addresses_that_left_the_file_are_withdrawn(met):
    make(met, a_letter("a@example.org"), a_letter("b@example.org"))
    met.deliveries.withdraw_others({DESK: ["b@example.org"]}, now=NOW)

    assert [one.state.value for one in met.deliveries.listed()] == ["waiting", "withdrawn"]


def test_a_stop_is_remembered_whatever_waited(met):
    make(met, a_letter())
    met.deliveries.stop(DESK, address="desk@example.org", now=NOW)

    assert met.deliveries.standings()[DESK].stopped == {"desk@example.org"}
    assert claim(met) is None


def test_a_token_leads_to_whom_it_was_mailed(met):
    make(met, a_letter())

    assert met.deliveries.holder_of("token of desk@example.org") == (DESK, "desk@example.org")
    assert met.deliveries.holder_of("token of nobody") is None
