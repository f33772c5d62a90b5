"""What becomes of sources and feeds as the configuration changes."""

from __future__ import annotations

from datetime import timedelta

from domain.poll import Outcome, Validators
from tests.builders import NOW, a_feed, a_source, a_visit
from tests.integration.storage.saving import FEED, OTHER_FEED, SOURCE, SOURCES, after, save


def test_a_feed_never_polled_is_known_and_has_no_history(store):
    state = store.feed_states()[FEED.id]
    assert state.first_polled_at is None
    assert state.last_outcome is None
    assert state.failures == 0
    assert not state.is_retired


def test_a_source_that_is_no_longer_configured_is_retired(store):
    store.remember_sources([SOURCE], now=after(days=1))
    states = store.feed_states()
    assert states[OTHER_FEED.id].is_retired
    assert not states[FEED.id].is_retired


def test_a_retired_feed_is_not_due_even_when_asked_for(store):
    store.remember_sources([SOURCE], now=after(days=1))
    assert store.lease_due_hosts([OTHER_FEED], now=after(days=2), everything=True) == ()


def test_a_source_that_comes_back_has_kept_its_state(store):
    save(store, a_visit(validators=Validators(etag='"kept"')))
    store.remember_sources([], now=after(days=1))
    store.remember_sources(SOURCES, now=after(days=2))
    assert not store.feed_states()[FEED.id].is_retired
    ((_, ((_, memory),)),) = _leased(store)
    assert memory.validators.etag == '"kept"'


def test_a_feed_that_moved_is_asked_soon_and_unconditionally(store):
    save(store, a_visit(validators=Validators(etag='"old"')), next_poll_at=after(days=1))
    moved = a_feed(url="https://new.economy.example/feed")
    store.remember_sources([a_source(feeds=(moved,))], now=NOW)
    (work,) = store.lease_due_hosts([moved], now=after(minutes=1), everything=False)
    ((_, memory),) = work.feeds
    assert work.host.host == "new.economy.example"
    assert memory.validators == Validators()


def test_a_feed_is_not_due_before_its_time(store):
    save(store, a_visit(), next_poll_at=after(minutes=30))
    assert store.lease_due_hosts([FEED], now=after(minutes=29), everything=False) == ()


def test_a_feed_is_due_at_its_time(store):
    save(store, a_visit(), next_poll_at=after(minutes=30))
    (work,) = store.lease_due_hosts([FEED], now=after(minutes=30), everything=False)
    assert [feed.id for feed, _ in work.feeds] == ["xx_economy/news"]


def test_everything_overrides_the_pace(store):
    save(store, a_visit(), next_poll_at=after(minutes=30))
    (work,) = store.lease_due_hosts([FEED], now=after(minutes=1), everything=True)
    assert [feed.id for feed, _ in work.feeds] == ["xx_economy/news"]


def test_feeds_of_one_host_come_together(store):
    speeches = a_feed(name="speeches", url="https://press.economy.example/speeches")
    store.remember_sources([a_source(feeds=(FEED, speeches))], now=NOW)
    (work,) = store.lease_due_hosts([FEED, speeches], now=NOW, everything=False)
    assert [feed.name for feed, _ in work.feeds] == ["news", "speeches"]


def test_only_the_feeds_asked_for_are_leased(store):
    (work,) = store.lease_due_hosts([OTHER_FEED], now=NOW, everything=False)
    assert work.host.host == "foreign.example"


def test_failures_count_up_and_a_good_visit_ends_them(store):
    save(store, a_visit(outcome=Outcome.FAILED))
    save(store, a_visit(outcome=Outcome.FAILED))
    assert store.feed_states()[FEED.id].failures == 2
    save(store, a_visit(outcome=Outcome.UNCHANGED))
    assert store.feed_states()[FEED.id].failures == 0


def test_a_stopped_visit_says_nothing_of_failures(store):
    save(store, a_visit(outcome=Outcome.FAILED))
    save(store, a_visit(outcome=Outcome.STOPPED))
    assert store.feed_states()[FEED.id].failures == 1


def test_a_failed_visit_leaves_the_validators_alone(store):
    save(store, a_visit(validators=Validators(etag='"good"', checksum="abc")))
    save(store, a_visit(outcome=Outcome.FAILED, validators=Validators()))
    ((_, ((_, memory),)),) = _leased(store)
    assert memory.validators == Validators(etag='"good"', checksum="abc")
    assert memory.failures == 1


def test_a_feed_remembers_when_it_was_polled_first_and_last(store):
    save(store, a_visit())
    save(
        store,
        a_visit(started_at=after(hours=1), finished_at=after(hours=1, seconds=5)),
        next_poll_at=after(hours=2),
    )
    state = store.feed_states()[FEED.id]
    assert state.first_polled_at == NOW
    assert state.last_polled_at == after(hours=1, seconds=5)
    assert state.next_poll_at == after(hours=2)
    assert state.next_poll_at.utcoffset() == timedelta(0)
    assert state.last_outcome is Outcome.NEWS


def _leased(store):
    """Hosts and feeds with their memories, of all that is configured."""
    batch = store.lease_due_hosts([FEED], now=after(days=9), everything=True)
    return [(work.host, work.feeds) for work in batch]


def test_feeds_that_are_retired_just_now_are_named_once(store):
    assert store.remember_sources([SOURCE], now=after(hours=1)) == (OTHER_FEED.id,)
    assert store.remember_sources([SOURCE], now=after(hours=2)) == ()
    assert store.remember_sources(SOURCES, now=after(hours=3)) == ()
    assert store.remember_sources([SOURCE], now=after(hours=4)) == (OTHER_FEED.id,)
