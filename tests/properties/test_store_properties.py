"""What holds of the store whatever is brought to it, in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import novelty
from domain.poll import Fate, Outcome, Visit
from domain.source import SourceId
from storage.store import Store
from tests.builders import (
    NOW,
    a_feed,
    a_fetched,
    a_release,
    a_source,
    a_visit,
    an_entry,
    an_owed,
    readings_of,
)
from tests.fakes import FakeJudge

FEEDS = (a_feed(), a_feed(source_id=SourceId("yy_foreign"), url="https://foreign.example/feed"))
SOURCES = tuple(a_source(id=feed.source_id, feeds=(feed,)) for feed in FEEDS)

# Few addresses, titles and wordings, so that texts meet.
feeds = st.sampled_from(FEEDS)
brought = st.tuples(st.integers(0, 3), st.sampled_from(["A", "B"]), st.sampled_from(["x", "y z"]))
other_fates = st.lists(
    st.sampled_from([Fate.KNOWN, Fate.SKIPPED, Fate.DEFERRED, Fate.FAILED]), max_size=3
)

few = settings(max_examples=20)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """A visit that fetched some texts and did other things with other entries."""
    feed = draw(feeds)
    texts = draw(st.lists(brought, max_size=4, unique_by=lambda text: text[0]))
    fetched = [_fetched(feed, *text) for text in texts]
    fates = [(item.entry.key, Fate.FETCHED) for item in fetched]
    fates += [(f"other {n}", fate) for n, fate in enumerate(draw(other_fates))]
    taken_up = draw(st.integers(0, len(fates)))
    finished_at = NOW + timedelta(minutes=draw(st.integers(0, 500)))
    return a_visit(
        *fetched,
        feed=feed,
        fates=tuple(fates),
        listed=len(fates) - taken_up,
        taken_up=taken_up,
        finished_at=finished_at,
    )


def _fetched(feed, number, title, text):
    url = f"https://{feed.source_id}.example/{number}"
    release = a_release(source_id=feed.source_id, url=url, title=title, text=text)
    return a_fetched(release, entry=an_entry(url=url, title=title, summary=text))


@contextmanager
def a_store() -> Iterator[Store]:
    """A store on a file of its own."""
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/x.db", now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        yield store


def save_all(store: Store, brought: Sequence[Visit]):
    """The polls that these visits make."""
    return [
        store.save_visit(
            visit,
            readings=readings_of(visit),
            next_poll_at=NOW,
            judge=FakeJudge(),
            host_is_done=True,
        )
        for visit in brought
    ]


def grouped(store: Store, by: str) -> set[frozenset[str]]:
    """Which addresses stand together, whatever their release or story is called."""
    groups = defaultdict(set)
    for record in store.dump():
        groups[record[by]].add(record["url"])
    return {frozenset(group) for group in groups.values()}


@few
@given(st.lists(visits(), max_size=5))
def test_fates_add_up(brought):
    with a_store() as store:
        polls = save_all(store, brought)
    sums = [
        poll.known + poll.stored + poll.revised + poll.deferred + poll.skipped + poll.failed
        for poll in polls
    ]
    assert sums == [visit.listed + visit.taken_up for visit in brought]


@few
@given(st.lists(visits(), max_size=4))
def test_polling_twice_stores_once(brought):
    with a_store() as store:
        save_all(store, brought)
        once = store.counts()
        again = save_all(store, brought)
        assert [(poll.stored, poll.revised, poll.stories) for poll in again] == [
            (0, 0, 0) for _ in brought
        ]
        assert (store.counts().releases, store.counts().stories) == (once.releases, once.stories)


@few
@given(st.lists(visits(), max_size=5))
def test_a_release_is_in_exactly_one_story_and_nothing_is_left_over(brought):
    with a_store() as store:
        polls = save_all(store, brought)
        stories = store.matched_stories("elections", since=NOW)
        ids = [release.id for story in stories for release in story.releases]
        assert len(ids) == len(set(ids)) == store.counts().releases
        assert store.counts().stories == len(stories)
        assert store.counts().releases <= sum(poll.stored for poll in polls)
        assert store.check() == ()


@few
@given(st.data())
def test_the_order_of_arrival_does_not_matter(data):
    texts = data.draw(st.lists(st.tuples(feeds, brought), min_size=1, max_size=6, unique=True))
    singly = [a_visit(_fetched(feed, *text), feed=feed) for feed, text in texts]
    shuffled = data.draw(st.permutations(singly))
    with a_store() as one, a_store() as other:
        save_all(one, singly)
        save_all(other, shuffled)
        assert grouped(one, "release") == grouped(other, "release")
        assert grouped(one, "story") == grouped(other, "story")


@few
@given(count=st.integers(1, 7), budget=st.integers(1, 2))
def test_whatever_the_budget_all_that_was_listed_once_is_stored(count, budget):
    entries = [an_entry(url=f"https://xx_economy.example/{number}") for number in range(count)]
    with a_store() as store:
        first = poll(store, listing=entries, budget=budget)
        later = [poll(store, listing=[], budget=budget) for _ in range(count)]
        assert sum(one.stored for one in [first, *later]) == count
        assert store.counts().owed == 0


def poll(store: Store, *, listing, budget):
    """Poll as the crawler does; from the second time on the server says that nothing changed."""
    (work,) = store.lease_due_hosts([FEEDS[0]], now=NOW, everything=True)
    ((feed, memory),) = work.feeds
    marks = store.marks(feed.id, [entry.key for entry in listing])
    todo = novelty.sort(listing, marks=marks, owed=memory.owed, skip=(), budget=budget, now=NOW)
    fetched = [
        a_fetched(a_release(url=item.entry.url, text=item.entry.url), entry=item.entry)
        for item in todo.fetch
    ]
    visit = a_visit(
        *fetched,
        owed=[an_owed(item.entry) for item in todo.defer],
        outcome=Outcome.NEWS if listing else Outcome.UNCHANGED,
        listed=len(listing),
        taken_up=len(todo.fetch) + len(todo.defer) - len(listing),
    )
    (result,) = save_all(store, [visit])
    return result
