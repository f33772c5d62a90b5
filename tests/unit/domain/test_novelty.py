"""What is to be done with each entry of a listing."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.novelty import sort
from domain.poll import Fate, Owed
from domain.release import Entry, EntryKey

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)


def an_entry(name="a", **changes):
    entry = Entry(
        key=EntryKey(name),
        url=f"https://mfa.example/{name}",
        title=f"Release {name}",
        published_at=None,
    )
    return replace(entry, **changes)


def owed(entry, attempts=0, not_before_at=NOW):
    return Owed(entry=entry, attempts=attempts, not_before_at=not_before_at, reason="deferred")


def sorted_(entries, *, marks=None, owed=(), skip=(), budget=30):
    return sort(entries, marks=marks or {}, owed=owed, skip=skip, budget=budget, now=NOW)


def fates(result):
    return [(entry.key, fate) for entry, fate, _ in result.settled]


def keys(items):
    return [item.entry.key for item in items]


def test_a_new_entry_is_fetched():
    assert keys(sorted_([an_entry("a")]).fetch) == ["a"]


def test_an_entry_fetched_under_the_same_mark_is_known():
    entry = an_entry("a")

    assert fates(sorted_([entry], marks={entry.key: entry.mark})) == [("a", Fate.KNOWN)]


def test_an_entry_whose_title_changed_is_fetched_again():
    entry = an_entry("a", title="Release a, corrected")

    assert keys(sorted_([entry], marks={entry.key: an_entry("a").mark}).fetch) == ["a"]


def test_an_entry_repeated_in_one_listing_is_fetched_once_and_known_once():
    result = sorted_([an_entry("a"), an_entry("a")])

    assert (keys(result.fetch), fates(result)) == (["a"], [("a", Fate.KNOWN)])


def test_an_entry_without_address_is_skipped():
    assert fates(sorted_([an_entry("a", url="")])) == [("a", Fate.SKIPPED)]


def test_an_address_that_the_source_file_skips_is_skipped():
    entry = an_entry("a", url="https://mfa.example/agenda/monday")

    assert fates(sorted_([entry], skip=("/agenda/",))) == [("a", Fate.SKIPPED)]


def test_what_the_source_file_skips_is_no_longer_owed():
    entry = an_entry("a", url="https://mfa.example/agenda/monday")
    result = sorted_([], owed=[owed(entry, attempts=2)], skip=("/agenda/",))

    assert (fates(result), keys(result.fetch)) == ([("a", Fate.SKIPPED)], [])


def test_owed_entries_come_before_new_ones_and_the_rest_is_deferred():
    result = sorted_([an_entry("new"), an_entry("newer")], owed=[owed(an_entry("old"))], budget=2)

    assert (keys(result.fetch), keys(result.defer)) == (["old", "new"], ["newer"])


def test_an_owed_entry_waits_for_its_moment():
    later = owed(an_entry("old"), attempts=2, not_before_at=NOW + timedelta(minutes=5))

    assert keys(sorted_([], owed=[later]).defer) == ["old"]


def test_an_owed_entry_that_is_listed_again_is_taken_as_listed_and_keeps_its_attempts():
    result = sorted_(
        [an_entry("a", url="https://mfa.example/moved")], owed=[owed(an_entry("a"), attempts=3)]
    )

    assert [(item.entry.url, item.attempts) for item in result.fetch] == [
        ("https://mfa.example/moved", 3)
    ]


def test_a_budget_of_zero_lists_only():
    result = sorted_([an_entry("a")], budget=0)

    assert (keys(result.fetch), keys(result.defer)) == ([], ["a"])


names = st.text("abcde", min_size=1, max_size=1)


@given(
    listed=st.lists(names, max_size=12),
    known=st.sets(names),
    waiting=st.sets(names),
    budget=st.integers(0, 5),
)
def test_every_entry_listed_or_owed_has_exactly_one_place(listed, known, waiting, budget):
    entries = [an_entry(name) for name in listed]
    result = sorted_(
        entries,
        marks={EntryKey(name): an_entry(name).mark for name in known},
        owed=[owed(an_entry(name)) for name in sorted(waiting)],
        budget=budget,
    )

    placed = Counter(
        [entry.key for entry, _, _ in result.settled] + keys(result.fetch) + keys(result.defer)
    )
    assert placed == Counter(listed) + Counter(waiting - set(listed))
