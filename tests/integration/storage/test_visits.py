"""What a visit leaves behind: marks, what is owed, fates that add up."""

from __future__ import annotations

import pytest

from domain.errors import StorageError
from domain.poll import Fate, Outcome
from domain.release import EntryKey
from tests.builders import (
    NOW,
    a_fetched,
    a_match,
    a_problem,
    a_release,
    a_visit,
    an_entry,
    an_original,
    an_owed,
    readings_of,
)
from tests.fakes import FakeJudge
from tests.integration.storage.saving import FEED, OTHER_FEED, after, save

FIRST = an_entry(url="https://press.economy.example/1")
SECOND = an_entry(url="https://press.economy.example/2")
THIRD = an_entry(url="https://press.economy.example/3")


def owed_by(store):
    """What the feed owes, as the next poll would get it."""
    (work,) = store.lease_due_hosts([FEED], now=after(days=30), everything=True)
    store.end_leases([work.host.host])
    ((_, memory),) = work.feeds
    return memory.owed


def test_a_first_visit_stores_what_it_fetched(store):
    poll = save(store, a_visit(a_release(), owed=[an_owed(SECOND)]))
    assert (poll.stored, poll.deferred) == (1, 1)
    assert (poll.listed, poll.owed, poll.known, poll.revised, poll.failed) == (2, 0, 0, 0, 0)
    assert (poll.matched, poll.stories) == (1, 1)


def test_what_was_fetched_is_known_by_its_mark(store):
    entry = an_entry()
    save(store, a_visit(a_release()))
    assert store.marks(FEED.id, [entry.key, SECOND.key]) == {entry.key: entry.mark}


def test_marks_are_a_feeds_own(store):
    save(store, a_visit(a_release()))
    assert store.marks(OTHER_FEED.id, [an_entry().key]) == {}


def test_marks_can_be_asked_for_thousands_of_entries(store):
    save(store, a_visit(a_release()))
    keys = [EntryKey(f"key {number}") for number in range(2000)]
    assert store.marks(FEED.id, [*keys, an_entry().key]) == {an_entry().key: an_entry().mark}


def test_a_new_mark_replaces_the_old_one(store):
    save(store, a_visit(a_release()))
    renamed = an_entry(title="Statement on the elections (corrected)")
    save(store, a_visit(a_fetched(entry=renamed)))
    assert store.marks(FEED.id, [renamed.key]) == {renamed.key: renamed.mark}


def test_what_is_owed_comes_back_oldest_first(store):
    save(store, a_visit(owed=[an_owed(FIRST), an_owed(SECOND)]))
    save(store, a_visit(owed=[an_owed(THIRD), an_owed(SECOND), an_owed(FIRST)]))
    assert [item.entry for item in owed_by(store)] == [FIRST, SECOND, THIRD]


def test_an_owed_entry_comes_back_with_all_that_the_feed_said(store):
    item = an_owed(
        an_entry(summary="In short.", published_at=None),
        attempts=2,
        not_before_at=after(minutes=20),
        reason="The server did not answer",
    )
    save(store, a_visit(owed=[item]))
    assert owed_by(store) == (item,)


def test_a_failed_attempt_is_remembered(store):
    save(store, a_visit(owed=[an_owed(FIRST)]))
    tried = an_owed(FIRST, attempts=1, not_before_at=after(minutes=10), reason="404")
    save(store, a_visit(owed=[tried]))
    assert owed_by(store) == (tried,)


def test_what_was_fetched_is_no_longer_owed(store):
    entry = an_entry()
    save(store, a_visit(owed=[an_owed(entry), an_owed(SECOND)]))
    poll = save(store, a_visit(a_release(), owed=[an_owed(SECOND)], listed=0, taken_up=2))
    assert [item.entry for item in owed_by(store)] == [SECOND]
    assert (poll.listed, poll.owed, poll.stored, poll.deferred) == (0, 2, 1, 1)


def test_what_was_given_up_is_no_longer_owed_and_counts_as_known(store):
    save(store, a_visit(owed=[an_owed(FIRST)]))
    visit = a_visit(given_up=(FIRST,), fates=((FIRST.key, Fate.FAILED),), taken_up=1, listed=0)
    poll = save(store, visit)
    assert poll.failed == 1
    assert owed_by(store) == ()
    assert store.marks(FEED.id, [FIRST.key]) == {FIRST.key: FIRST.mark}


def test_an_owed_entry_that_a_visit_does_not_mention_stays_owed(store):
    save(store, a_visit(owed=[an_owed(FIRST)]))
    save(store, a_visit(outcome=Outcome.FAILED))
    assert [item.entry for item in owed_by(store)] == [FIRST]


def test_a_known_entry_is_seen_again(store):
    save(store, a_visit(a_release()))
    visit = a_visit(fates=((an_entry().key, Fate.KNOWN),), listed=1, finished_at=after(days=1))
    poll = save(store, visit)
    (story,) = store.matched_stories("elections", since=NOW)
    (appearance,) = story.releases[0].appearances
    assert poll.known == 1
    assert appearance.first_seen_at == after(seconds=2)
    assert appearance.last_seen_at == after(days=1)


def test_the_same_visit_twice_stores_once(store):
    visit = a_visit(a_release(), a_release(url="https://press.economy.example/2", text="Other."))
    save(store, visit)
    poll = save(store, visit)
    assert (poll.stored, poll.known, poll.matched, poll.stories) == (0, 2, 0, 0)
    assert store.counts().releases == 2
    assert store.check() == ()


def test_one_entry_listed_twice_counts_twice(store):
    visit = a_visit(
        a_release(),
        listed=2,
        fates=((an_entry().key, Fate.FETCHED), (an_entry().key, Fate.KNOWN)),
    )
    poll = save(store, visit)
    assert (poll.listed, poll.stored, poll.known) == (2, 1, 1)


def test_a_release_that_matches_nothing_is_stored_all_the_same(store):
    visit = a_visit(a_release())
    poll = save(store, visit, readings=readings_of(visit, matches=()))
    assert (poll.stored, poll.matched) == (1, 0)


def test_a_match_below_the_threshold_is_kept_and_does_not_count(store):
    visit = a_visit(a_release())
    weak = a_match(is_match=False, score=0.4)
    poll = save(store, visit, readings=readings_of(visit, matches=(weak,)))
    (record,) = store.dump()
    assert poll.matched == 0
    assert record["matches"] == [["elections", 0.4, False]]


def test_a_visit_that_contradicts_itself_is_refused_as_a_whole(store):
    visit = a_visit(a_release(), listed=7)
    with pytest.raises(ValueError, match="fetched 1, but listed 7 and took up 0"):
        save(store, visit)
    assert store.counts().releases == 0
    assert store.marks(FEED.id, [an_entry().key]) == {}


def test_a_judge_that_fails_leaves_nothing_behind(store):
    class Broken(FakeJudge):
        def partition(self, texts, likenesses):
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        save(store, a_visit(a_release()), judge=Broken())
    assert (store.counts().releases, store.counts().polls) == (0, 0)


def test_a_visit_of_an_unknown_feed_is_refused(store):
    with pytest.raises(StorageError, match="contradicts itself"):
        save(store, a_visit(feed_id="zz_nobody/news"))


def test_what_was_fetched_makes_a_feed_lively(store):
    save(store, a_visit(a_release()))
    assert store.feed_states()[FEED.id].last_new_at == after(seconds=2)


def test_words_that_no_database_takes_are_replaced_and_lose_nothing_else(store):
    url = "https://press.economy.example/\x00"
    release = a_release(
        url=url,
        title="Half \ud83d a sign",
        text="The vo\x00te",
        original=an_original(url=url, headers=(("X-Odd", "\x00\udcff"),)),
    )
    visit = a_visit(a_fetched(release, entry=an_entry(url=url)))
    assert [save(store, visit).stored, save(store, visit).known] == [1, 1]
    (record,) = store.dump()
    assert record["title"] == "Half \ufffd a sign"
    assert record["text"] == "The vo\ufffdte"


def test_an_owed_entry_with_such_words_is_owed_once(store):
    entry = an_entry(key=EntryKey("key\x00"), url="https://a.example/\x00", summary="\udcff")
    save(store, a_visit(owed=[an_owed(entry)]))
    save(store, a_visit(owed=[an_owed(entry, attempts=1)]))
    ((attempts, summary),) = [(item.attempts, item.entry.summary) for item in owed_by(store)]
    assert (attempts, summary) == (1, "\ufffd")


def test_keys_and_addresses_have_no_greatest_length(store):
    long = "https://press.economy.example/" + "".join(str(number) for number in range(9000))
    entry = an_entry(url=long)
    visit = a_visit(
        a_fetched(a_release(url=long), entry=entry),
        owed=[an_owed(an_entry(url=long + "/2"))],
        problems=(a_problem(place=long),),
    )
    save(store, visit)
    assert store.marks(FEED.id, [entry.key]) == {entry.key: entry.mark}


def test_what_is_owed_is_listed_by_feed(store):
    owed = an_owed(an_entry(url="https://press.economy.example/2"))
    save(store, a_visit(a_release(), owed=[owed]))
    assert store.owed() == {FEED.id: (owed,)}
