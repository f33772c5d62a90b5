"""Releases and their texts: the same again, corrected, joined, taken apart."""

from __future__ import annotations

import pytest

from domain.reading import HitKind, Part, Verdict
from domain.release import Witness
from domain.source import SourceId
from tests.builders import (
    NOW,
    TEXT,
    URL,
    a_fetched,
    a_hit,
    a_match,
    a_release,
    a_visit,
    an_entry,
    an_original,
    readings_of,
)
from tests.fakes import FakeJudge
from tests.integration.storage.saving import OTHER_FEED, after, rows, save, titled

CORRECTED = "The ministry does not recognise the vote.\nIt was not free."
ELSEWHERE = "https://press.economy.example/en/news/1"


def first(store):
    """The release that was first seen."""
    return store.matched_stories("elections", since=NOW)[0].releases[0]


def fetched_again(release, **entry):
    """The release as the same entry brings it under another mark."""
    return a_fetched(release, entry=an_entry(published_at=after(hours=3), **entry))


def test_a_release_comes_back_whole(store):
    hits = (a_hit(), a_hit(term="vote", kind=HitKind.WEAK, where=Part.TEXT, start=36, end=40))
    match = a_match(score=1.5, hits=hits, where=Part.TEXT, start=0, end=41)
    visit = a_visit(a_release())
    save(store, visit, readings=readings_of(visit, matches=(match,), language="en-GB"))
    release = first(store)
    assert (release.source_id, release.institution, release.country) == (
        "xx_economy",
        "Ministry of Economy",
        "FR",
    )
    assert (release.url, release.title, release.text) == (URL, "Statement on the elections", TEXT)
    assert (release.language, release.published_at, release.first_seen_at) == (
        "en-GB",
        NOW,
        after(seconds=2),
    )
    assert release.matches == (match,)
    assert release.witnesses == {"title": Witness.HEADING, "text": Witness.EXTRACTOR}


def test_a_release_answers_to_its_id(store):
    save(store, a_visit(a_release()))
    assert store.release(first(store).id) == first(store)


def test_nobody_answers_to_an_id_never_given(store):
    assert store.release("abcdefgh") is None


def test_ids_are_short_and_have_no_signs_that_look_alike(store):
    save(store, a_visit(a_release()))
    assert len(first(store).id) == 8
    assert set(first(store).id).isdisjoint("ilou")


def test_a_release_and_its_story_have_different_ids(store):
    save(store, a_visit(a_release()))
    assert first(store).id != first(store).story_id


def test_the_page_that_brought_a_text_is_kept(store, database_url):
    body = b"<html>proof</html>"
    original = an_original(body=body, headers=(("Set-Cookie", "a"), ("Set-Cookie", "b")))
    save(store, a_visit(a_release(original=original)))
    (row,) = rows(
        database_url, "SELECT url, checksum, length(body) AS size, headers FROM originals"
    )
    assert (row.url, row.checksum) == (URL, original.checksum)
    assert row.size < len(body) + 20
    assert "Set-Cookie" in str(row.headers)


def test_the_same_words_again_are_known_and_bring_no_second_page(store, database_url):
    save(store, a_visit(a_release()))
    poll = save(store, a_visit(fetched_again(a_release()), finished_at=after(hours=4)))
    assert (poll.known, poll.revised, poll.matched) == (1, 0, 0)
    assert len(first(store).revisions) == 1
    assert store.counts().revisions == 0
    assert len(rows(database_url, "SELECT * FROM originals")) == 1


def test_other_words_at_the_same_address_are_a_revision(store):
    save(store, a_visit(a_release()))
    poll = save(
        store,
        a_visit(fetched_again(a_release(text=CORRECTED)), finished_at=after(hours=4)),
    )
    release = first(store)
    assert (poll.revised, poll.stored, poll.known, poll.matched, poll.stories) == (1, 0, 0, 0, 0)
    assert release.text == CORRECTED
    assert [(one.text, one.seen_at) for one in release.revisions] == [
        (TEXT, after(seconds=2)),
        (CORRECTED, after(hours=4)),
    ]
    assert (release.first_seen_at, store.counts().revisions) == (after(seconds=2), 1)
    assert len(release.appearances) == 1


def test_the_match_of_the_text_in_force_is_shown(store):
    save(store, a_visit(a_release()))
    visit = a_visit(fetched_again(a_release(text=CORRECTED)))
    save(store, visit, readings=readings_of(visit, matches=(a_match(score=0.5),)))
    assert [match.score for match in first(store).matches] == [0.5]


def test_a_release_that_no_longer_matches_is_no_longer_of_interest(store):
    save(store, a_visit(a_release()))
    visit = a_visit(fetched_again(a_release(text=CORRECTED)))
    save(store, visit, readings=readings_of(visit, matches=()))
    assert store.matched_stories("elections", since=NOW) == ()


def test_words_taken_back_are_in_force_again(store):
    save(store, a_visit(a_release()))
    save(store, a_visit(fetched_again(a_release(text=CORRECTED)), finished_at=after(hours=4)))
    save(store, a_visit(fetched_again(a_release()), finished_at=after(hours=8)))
    release = first(store)
    assert release.text == TEXT
    assert [(one.text, one.seen_at) for one in release.revisions] == [
        (CORRECTED, after(hours=4)),
        (TEXT, after(hours=8)),
    ]


def test_other_commas_are_no_revision(store):
    judge = FakeJudge()
    save(store, a_visit(a_release(text="Free and fair")), judge=judge)
    poll = save(store, a_visit(fetched_again(a_release(text="free  and fair"))), judge=judge)
    assert (poll.known, poll.revised) == (1, 0)
    assert [one.text for one in first(store).revisions] == ["free  and fair"]


def test_the_same_words_at_another_address_are_the_same_release(store):
    save(store, a_visit(a_release()))
    poll = save(store, a_visit(a_release(url=ELSEWHERE), finished_at=after(hours=4)))
    release = first(store)
    assert (poll.known, poll.stored, poll.revised) == (1, 0, 0)
    assert [one.url for one in release.appearances] == [URL, ELSEWHERE]
    assert release.url == URL
    assert len(release.revisions) == 1


def test_both_addresses_in_one_visit_are_one_release(store):
    poll = save(store, a_visit(a_release(), a_release(url=ELSEWHERE)))
    assert (poll.stored, poll.known, poll.matched, poll.stories) == (1, 1, 1, 1)


def test_a_correction_at_the_second_address_is_a_revision(store):
    save(store, a_visit(a_release()))
    save(store, a_visit(a_release(url=ELSEWHERE)))
    corrected = a_release(url=ELSEWHERE, text=CORRECTED)
    entry = an_entry(url=ELSEWHERE, published_at=after(hours=3))
    poll = save(store, a_visit(a_fetched(corrected, entry=entry)))
    assert poll.revised == 1
    assert [one.text for one in first(store).revisions] == [TEXT, CORRECTED]


def test_another_text_at_a_rolling_address_is_another_release(store):
    judge = FakeJudge({frozenset({"Week 11", "Week 12"}): None})
    save(store, a_visit(a_release(title="Week 11")), judge=judge)
    poll = save(
        store,
        a_visit(fetched_again(a_release(title="Week 12", text="Something else."))),
        judge=judge,
    )
    assert (poll.stored, poll.revised, store.counts().releases) == (1, 0, 2)


def test_the_same_words_of_another_source_are_another_release_of_one_story(store):
    save(store, a_visit(a_release()))
    reprint = a_release(source_id=SourceId("yy_foreign"), url="https://foreign.example/9")
    poll = save(store, a_visit(reprint, feed=OTHER_FEED, finished_at=after(hours=1)))
    (story,) = store.matched_stories("elections", since=NOW)
    assert (poll.stored, poll.stories) == (1, 0)
    assert [release.country for release in story.releases] == ["FR", "PL"]


def joined(store, *, bridge_says):
    """Two texts that are nothing to each other, and then one that is something to both."""
    judge = FakeJudge(
        {
            frozenset({"One", "Two"}): None,
            frozenset({"One", "Bridge"}): bridge_says,
            frozenset({"Two", "Bridge"}): bridge_says,
        }
    )
    save(store, a_visit(titled("One")), judge=judge)
    save(store, a_visit(titled("Two"), finished_at=after(hours=1)), judge=judge)
    before = store.matched_stories("elections", since=NOW)
    poll = save(store, a_visit(titled("Bridge"), finished_at=after(hours=2)), judge=judge)
    return before, poll


def test_a_text_that_is_like_two_releases_makes_them_one(store):
    (kept, _), poll = joined(store, bridge_says=Verdict.SAME)
    (story,) = store.matched_stories("elections", since=NOW)
    (release,) = story.releases
    assert (poll.stored, poll.revised) == (0, 1)
    assert (release.id, story.id) == (kept.releases[0].id, kept.id)
    assert [one.title for one in release.appearances] == ["One", "Two", "Bridge"]


def test_a_release_that_vanished_is_answered_for_by_its_heir(store):
    (_, vanished), _ = joined(store, bridge_says=Verdict.SAME)
    assert store.release(vanished.releases[0].id) == first(store)
    assert first(store).id != vanished.releases[0].id
    assert (store.counts().releases, store.counts().stories) == (1, 1)
    assert store.check() == ()


def test_a_text_that_joins_two_stories_makes_them_one_and_keeps_the_releases(store):
    _, poll = joined(store, bridge_says=Verdict.JOINS)
    (story,) = store.matched_stories("elections", since=NOW)
    assert (poll.stored, poll.stories) == (1, 0)
    assert [release.title for release in story.releases] == ["One", "Two", "Bridge"]
    assert {release.story_id for release in story.releases} == {story.id}
    assert store.check() == ()


def test_an_alias_of_an_alias_leads_to_the_living(store):
    judge = FakeJudge(
        {
            frozenset({"One", "Two"}): None,
            frozenset({"One", "Three"}): None,
            frozenset({"Two", "Three"}): None,
            frozenset({"One", "Three again"}): None,
        }
    )
    save(store, a_visit(titled("One")), judge=judge)
    save(store, a_visit(titled("Two")), judge=judge)
    save(store, a_visit(titled("Three")), judge=judge)
    _, _, third = store.matched_stories("elections", since=NOW)
    save(store, a_visit(titled("Three again")), judge=judge)
    save(store, a_visit(titled("One and all")), judge=judge)
    assert store.counts().releases == 1
    assert store.release(third.releases[0].id) == first(store)


APART = FakeJudge(
    {
        frozenset({"Old", "Middle"}): Verdict.SAME,
        frozenset({"Middle", "New"}): Verdict.SAME,
        frozenset({"Old", "New"}): Verdict.APART,
    }
)


@pytest.fixture
def split(store):
    """A release whose second text turns out to belong with a newcomer, apart from the first."""
    save(store, a_visit(titled("Old", "old words")), judge=APART)
    save(store, a_visit(titled("Middle", "new words")), judge=APART)
    return save(store, a_visit(titled("New", "new words")), judge=APART)


def test_a_release_is_taken_apart_where_a_newcomer_shows_it_was_two(store, split):
    stories = store.matched_stories("elections", since=NOW)
    assert [release.title for story in stories for release in story.releases] == ["Old", "New"]
    assert [len(story.releases[0].appearances) for story in stories] == [1, 2]
    assert store.check() == ()


def test_what_was_taken_apart_is_no_news(store, split):
    assert (split.stored, split.revised, split.matched, split.stories) == (0, 1, 0, 0)
