"""Pages are kept behind releases, and dropped when their time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.evidence import Dropped, Retention
from tests.builders import (
    a_fetched,
    a_match,
    a_release,
    a_visit,
    an_entry,
    an_original,
    readings_of,
)
from tests.integration.storage.saving import after, opened, save

PAGE = b"<html>" + b"words " * 1_000 + b"</html>"
FOREVER = Retention(unmatched=None, matched=None, polls=None, mails=None)
USUAL = Retention(unmatched=timedelta(days=30), matched=timedelta(days=365), polls=None, mails=None)
KINDS = ("unmatched", "matched", "polls", "mails")
LATER = {"now": after(days=31)}
MUCH_LATER = {"now": after(days=366)}


@pytest.fixture
def held(store):
    """A store with a release that matches, and one that does not; their ids."""
    matching = a_release(url="https://press.economy.example/1", original=an_original(body=PAGE))
    other = a_release(url="https://press.economy.example/2", text="Trade.", title="Trade")
    save(store, a_visit(matching))
    visit = a_visit(other)
    save(store, visit, readings=readings_of(visit, matches=(a_match(is_match=False),)))
    return {record["title"]: record["release"] for record in store.dump()}


def page_of(store, release_id):
    (exhibit,) = store.evidence(release_id).exhibits
    return exhibit.page


def test_evidence_holds_the_page_as_it_was_received(store, held):
    page = page_of(store, held["Statement on the elections"])

    assert page.body == PAGE
    assert page.headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert page.dropped_at is None


def test_evidence_holds_every_text_of_a_release_with_its_page(store):
    first = an_original(body=b"before")
    save(store, a_visit(a_release(text="Before.", original=first)))
    second = an_original(body=b"after", fetched_at=after(hours=1))
    corrected = a_release(text="After.", original=second)
    entry = an_entry(title="Corrected")
    save(store, a_visit(a_fetched(corrected, entry=entry), finished_at=after(hours=1)))
    (record,) = store.dump()
    exhibits = store.evidence(record["release"]).exhibits

    assert [one.revision.text for one in exhibits] == ["Before.", "After."]
    assert [one.page.body for one in exhibits] == [b"before", b"after"]


def test_an_imported_row_is_told_from_a_page(store, held, database_url):
    fetched = page_of(store, held["Trade"])
    with opened(database_url) as connection:
        connection.exec_driver_sql("UPDATE appearances SET entry_id = NULL")

    assert (fetched.is_row, page_of(store, held["Trade"]).is_row) == (False, True)


def test_there_is_no_evidence_of_what_is_not_held(store):
    assert store.evidence("nonsense") is None


@pytest.mark.parametrize(
    ("retention", "moment", "numbers"),
    [
        (USUAL, after(days=29), (0, 0)),
        (USUAL, after(days=31), (1, 0)),
        (USUAL, after(days=366), (1, 1)),
        (FOREVER, after(days=36_500), (0, 0)),
        (replace(FOREVER, matched=timedelta(0)), after(days=1), (0, 1)),
        (Retention(**dict.fromkeys(KINDS, timedelta.max)), after(days=1), (0, 0)),
    ],
)
def test_pages_are_due_when_they_were_kept_long_enough(store, held, retention, moment, numbers):
    due = store.prunable(retention, now=moment)

    assert (due.unmatched, due.matched) == numbers


def test_looking_at_what_is_due_drops_nothing(store, held):
    store.prunable(USUAL, **MUCH_LATER)

    assert page_of(store, held["Trade"]).body == b"<html><title>Statement</title></html>"


def test_a_dropped_page_loses_its_body_and_nothing_else(store, held):
    before = page_of(store, held["Trade"])
    list(store.prune(USUAL, **LATER))
    page = page_of(store, held["Trade"])

    assert (page.body, page.dropped_at) == (None, after(days=31))
    assert (page.url, page.headers) == (before.url, before.headers)
    assert (page.fetched_at, page.checksum) == (before.fetched_at, before.checksum)


def test_pages_of_matching_releases_stay_longer(store, held):
    list(store.prune(USUAL, **LATER))

    assert page_of(store, held["Statement on the elections"]).body == PAGE


def test_texts_stay_when_their_pages_go(store, held):
    list(store.prune(USUAL, **MUCH_LATER))

    assert store.release(held["Trade"]).text == "Trade."
    assert store.check() == ()


def test_what_is_dropped_is_said_and_is_what_was_due(store, held):
    due = store.prunable(USUAL, **MUCH_LATER)

    assert list(store.prune(USUAL, **MUCH_LATER)) == [due]
    assert due.size > 0


def test_what_was_dropped_is_not_dropped_again(store, held):
    list(store.prune(USUAL, **MUCH_LATER))

    assert list(store.prune(USUAL, **MUCH_LATER)) == []
    assert store.prunable(USUAL, **MUCH_LATER) == Dropped(unmatched=0, matched=0, size=0)
