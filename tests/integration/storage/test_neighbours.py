"""A newcomer meets what it may be like, however long that has been held."""

from __future__ import annotations

import pytest

from domain.evidence import Dropped, Retention
from domain.reading import Fingerprint, Verdict
from tests.builders import NOW, a_reading, a_release, a_text, a_visit, some_marks
from tests.fakes import FakeJudge
from tests.integration.storage.saving import after, rows, save

FOREVER = Retention(unmatched=None, matched=None, polls=None, mails=None)
ALIKE = FakeJudge({frozenset(("Early", "Late")): Verdict.SAME})
"""Two titles that are one release, wherever they stand."""
EARLY = {"title": "Early", "url": "https://press.economy.example/1", "text": "Some words."}
LATE = {"title": "Late", "url": "https://press.economy.example/2", "text": "Other words."}
NEAR = {"words": frozenset({-5, 2**63 - 1})}


def bring(store, release, *, seen_at=NOW, **marks):
    """What becomes of a text that a feed brings, with these near marks."""
    text = a_text(release)
    reading = a_reading(release, marks=some_marks(text, **marks))
    visit = a_visit(release, finished_at=seen_at)
    readings = {item.entry.key: reading for item in visit.fetched}
    return save(store, visit, readings=readings, judge=ALIKE)


@pytest.mark.parametrize("marks", [NEAR, {"document": 2**63 - 1}])
def test_texts_that_share_a_mark_are_compared(store, marks):
    bring(store, a_release(**EARLY), **marks)
    assert bring(store, a_release(**LATE), **marks).stored == 0
    assert store.counts().releases == 1


def test_texts_in_two_languages_that_name_the_same_are_compared(store):
    anchors = frozenset({7})
    bring(store, a_release(**EARLY), anchors=anchors)
    assert bring(store, a_release(**LATE, language="fr"), anchors=anchors).stored == 0


def test_texts_that_share_none_are_not(store):
    bring(store, a_release(**EARLY), **NEAR)
    assert bring(store, a_release(**LATE), words=frozenset({6})).stored == 1


def test_texts_of_one_visit_are_compared_too(store):
    releases = [a_release(**EARLY), a_release(**LATE)]
    visit = a_visit(*releases)
    readings = {
        item.entry.key: a_reading(item.release, marks=some_marks(a_text(item.release), **NEAR))
        for item in visit.fetched
    }
    assert save(store, visit, readings=readings, judge=ALIKE).stored == 1


@pytest.mark.parametrize(("days", "stored"), [(90, 0), (91, 1)])
def test_near_marks_reach_ninety_days(store, days, stored):
    bring(store, a_release(**EARLY), **NEAR)
    late = a_release(**LATE, published_at=after(days=days))
    assert bring(store, late, seen_at=after(days=days), **NEAR).stored == stored


def test_a_text_without_a_date_counts_for_the_day_it_was_first_seen(store):
    bring(store, a_release(**EARLY, published_at=None), **NEAR)
    late = a_release(**LATE, published_at=None)
    assert bring(store, late, seen_at=after(days=200), **NEAR).stored == 1


def pruned(store, *, now):
    return sum(store.prune(FOREVER, now=now), start=Dropped()).marks


def test_near_marks_go_when_nothing_that_appears_can_be_near(store, database_url):
    bring(store, a_release(**EARLY), **NEAR)
    assert store.prunable(FOREVER, now=after(days=92)).marks == 2
    assert pruned(store, now=after(days=92)) == 2
    assert rows(database_url, "SELECT count(*) FROM bands") == [(0,)]


def test_near_marks_stay_as_long_as_something_can_be_near(store):
    bring(store, a_release(**EARLY), **NEAR)
    assert (
        store.prunable(FOREVER, now=after(days=90)).marks,
        pruned(store, now=after(days=90)),
    ) == (
        0,
        0,
    )


def test_near_marks_of_an_archive_stay_ninety_days_after_it_came(store):
    bring(store, a_release(**EARLY, published_at=after(days=-900)), **NEAR)
    assert pruned(store, now=after(days=80)) == 0
    late = a_release(**LATE, published_at=after(days=-890))
    assert bring(store, late, seen_at=after(days=80), **NEAR).stored == 0


def test_exact_words_and_addresses_are_found_for_ever(store):
    bring(store, a_release(**EARLY), **NEAR)
    pruned(store, now=after(days=900))
    again = a_release(**EARLY | {"url": "https://press.economy.example/relaunched"})
    assert bring(store, again, seen_at=after(days=901)).stored == 0
    assert bring(store, a_release(**LATE | {"url": EARLY["url"]})).stored == 0


def mark(text):
    """The marks of an older text, as another version makes them."""
    fingerprint = Fingerprint(version=2, exact="anew", words=text.fingerprint.words)
    return fingerprint, some_marks(text, **NEAR)


def test_older_texts_that_are_marked_anew_are_found(store):
    bring(store, a_release(**EARLY))
    assert list(store.judgements.mark_rest(mark, version=2)) == [1]
    assert bring(store, a_release(**LATE), **NEAR).stored == 0


def test_texts_are_marked_anew_once(store, database_url):
    bring(store, a_release(**EARLY))
    list(store.judgements.mark_rest(mark, version=2))
    assert list(store.judgements.mark_rest(mark, version=2)) == []
    assert rows(database_url, "SELECT fingerprint_version, fingerprint FROM texts") == [(2, "anew")]


def test_marking_anew_goes_on_where_it_was_ended(store, another, database_url):
    bring(store, a_release(**EARLY))
    ended = store.judgements.mark_rest(mark, version=2)
    next(ended)
    assert list(another.judgements.mark_rest(mark, version=2)) == [1]
    assert list(ended) == []
    assert rows(database_url, "SELECT count(*) FROM bands") == [(2,)]
