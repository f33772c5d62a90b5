"""Pages that were fetched again, with the real judgement of what is their text."""

import pytest

from scheduler.ingest import Ingest
from tests.builders import URL, a_fetched, a_release, a_visit, an_entry
from tests.integration.storage.saving import after, save

TITLE = "Minister meets the head of the observation mission"
TEXT = (
    "The ministry does not recognise the vote that was held on the occupied territories, and calls "
    "upon all states to do likewise, today and in all the years to come.\n\n"
    "The ambassador was summoned at noon.\nRelated news"
)


@pytest.fixture
def store(store):
    other = a_release(url="https://press.economy.example/9", title=TITLE, text="Today.")
    save(store, a_visit(a_fetched(other, entry=an_entry(url=other.url))))
    save(store, a_visit(a_release(text=TEXT)))
    return store


def fetched_later(store, text):
    again = a_fetched(a_release(text=text), entry=an_entry(published_at=after(hours=3)))
    return save(store, a_visit(again, finished_at=after(hours=4)), judge=Ingest())


def test_a_title_of_the_source_below_a_text_is_no_revision(store):
    poll = fetched_later(store, f"{TEXT}\n{TITLE}\nViews: 12")
    assert (poll.known, poll.revised, store.counts().revisions) == (1, 0, 0)


def test_a_text_that_was_fetched_so_was_seen_again(store):
    fetched_later(store, f"{TEXT}\n{TITLE}")
    release = store.release_at(URL)
    assert (release.text, release.appearances[0].last_seen_at) == (TEXT, after(hours=4))


def test_a_sentence_beside_it_is_one(store):
    poll = fetched_later(store, f"{TEXT}\n{TITLE}\nWe recognise the vote.")
    assert (poll.known, poll.revised, store.counts().revisions) == (0, 1, 1)
