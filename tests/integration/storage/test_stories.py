"""Which stories a digest gets to see."""

from __future__ import annotations

from sqlalchemy import insert, select

from domain.reading import Verdict
from domain.source import SourceId
from storage.schema import ReleaseRow, ToldRow
from tests.builders import NOW, URL, a_match, a_release, a_text, a_visit, readings_of
from tests.fakes import FakeJudge
from tests.integration.storage.saving import OTHER_FEED, after, opened, save, titled


def a_reprint(**changes):
    return a_release(source_id=SourceId("yy_foreign"), url="https://foreign.example/9", **changes)


def test_stories_come_first_seen_first(store):
    for number in (3, 1, 2):
        release = a_release(url=f"{URL}/{number}", title=f"Number {number}", text=str(number))
        save(store, a_visit(release, finished_at=after(hours=number)))
    stories = store.matched_stories("elections", since=NOW)
    assert [story.releases[0].title for story in stories] == ["Number 1", "Number 2", "Number 3"]


def test_a_story_seen_before_is_left_out(store):
    save(store, a_visit(a_release(), finished_at=after(hours=1)))
    assert store.matched_stories("elections", since=after(hours=2)) == ()


def test_an_old_story_with_a_new_release_comes_whole(store):
    save(store, a_visit(a_release(), finished_at=after(hours=1)))
    save(store, a_visit(a_reprint(), feed=OTHER_FEED, finished_at=after(hours=3)))
    (story,) = store.matched_stories("elections", since=after(hours=2))
    assert [release.source_id for release in story.releases] == ["xx_economy", "yy_foreign"]


def test_a_revision_does_not_make_an_old_release_new(store):
    save(store, a_visit(a_release(), finished_at=after(hours=1)))
    save(store, a_visit(a_release(text="Corrected."), finished_at=after(hours=3)))
    assert store.matched_stories("elections", since=after(hours=2)) == ()


def test_another_topic_sees_nothing(store):
    save(store, a_visit(a_release()))
    assert store.matched_stories("sanctions", since=NOW) == ()


def test_a_story_comes_with_releases_that_do_not_match_themselves(store):
    save(store, a_visit(a_release()))
    visit = a_visit(a_reprint(), feed=OTHER_FEED, finished_at=after(hours=1))
    save(store, visit, readings=readings_of(visit, matches=(a_match(is_match=False),)))
    (story,) = store.matched_stories("elections", since=NOW)
    assert len(story.releases) == 2


def tell(url, public_id, *, subscriber="desk", by="digest", at=NOW, revision="checksum"):
    """Note a release as told, as a digest that was sent does."""
    with opened(url) as connection:
        release_id = connection.scalar(
            select(ReleaseRow.id).where(ReleaseRow.public_id == public_id)
        )
        row = {
            "subscriber": subscriber,
            "release_id": release_id,
            "revision": revision,
            "election": "",
            "by": by,
            "told_at": at,
        }
        connection.execute(insert(ToldRow), row)


def told_release(store, url, **changes):
    """A release that was told."""
    save(store, a_visit(a_release(**changes)))
    ((release,),) = [
        story.releases for story in store.untold_stories("elections", subscriber="desk")
    ]
    tell(url, release.id)
    return release


def test_what_was_never_told_is_untold(store):
    save(store, a_visit(a_release()))
    (story,) = store.untold_stories("elections", subscriber="desk")
    assert story.releases[0].url == URL


def test_what_a_digest_told_is_not_told_again(store, database_url):
    told_release(store, database_url)
    assert store.untold_stories("elections", subscriber="desk") == ()


def test_what_one_subscriber_was_told_is_news_to_another(store, database_url):
    told_release(store, database_url)
    assert len(store.untold_stories("elections", subscriber="embassy")) == 1


def test_an_alert_does_not_count_as_told(store, database_url):
    save(store, a_visit(a_release()))
    (story,) = store.untold_stories("elections", subscriber="desk")
    tell(database_url, story.releases[0].id, by="alert")
    assert len(store.untold_stories("elections", subscriber="desk")) == 1


def test_a_told_story_is_untold_again_when_another_release_joins_it(store, database_url):
    told = told_release(store, database_url)
    save(store, a_visit(a_reprint(), feed=OTHER_FEED))
    (story,) = store.untold_stories("elections", subscriber="desk")
    assert len(story.releases) == 2
    assert story.told == {told.id}


def test_what_another_subscriber_was_told_is_not_told(store, database_url):
    told_release(store, database_url)
    (story,) = store.untold_stories("elections", subscriber="embassy")
    assert story.told == frozenset()


def test_where_nobody_in_particular_asks_nothing_is_told(store, database_url):
    told_release(store, database_url)
    (story,) = store.matched_stories("elections", since=NOW)
    assert story.told == frozenset()


def test_a_told_release_that_vanishes_hands_on_that_it_was_told(store, database_url):
    judge = FakeJudge(
        {
            frozenset({"One", "Two"}): None,
            frozenset({"One", "Bridge"}): Verdict.SAME,
            frozenset({"Two", "Bridge"}): Verdict.SAME,
        }
    )
    save(store, a_visit(titled("One")), judge=judge)
    save(store, a_visit(titled("Two")), judge=judge)
    _, second = store.untold_stories("elections", subscriber="desk")
    tell(database_url, second.releases[0].id)
    save(store, a_visit(titled("Bridge")), judge=judge)
    assert store.untold_stories("elections", subscriber="desk") == ()


def test_what_is_taken_out_of_a_told_release_counts_as_told(store, database_url):
    judge = FakeJudge(
        {
            frozenset({"Old", "Middle"}): Verdict.SAME,
            frozenset({"Middle", "New"}): Verdict.SAME,
            frozenset({"Old", "New"}): Verdict.APART,
        }
    )
    save(store, a_visit(titled("Old", "old words")), judge=judge)
    save(store, a_visit(titled("Middle", "new words")), judge=judge)
    (story,) = store.untold_stories("elections", subscriber="desk")
    tell(database_url, story.releases[0].id)
    save(store, a_visit(titled("New", "new words")), judge=judge)
    assert store.untold_stories("elections", subscriber="desk") == ()
    assert store.counts().releases == 2


def corrected(store, url, *texts, told="Before."):
    """A release that was told when it had some text, and the stories that are untold then."""
    for number, text in enumerate(texts):
        save(store, a_visit(a_release(text=text), finished_at=after(hours=number)))
        if text == told:
            ((release,),) = [
                story.releases for story in store.untold_stories("elections", subscriber="desk")
            ]
            tell(url, release.id, revision=a_text(a_release(text=text)).key.checksum)
    return store.untold_stories("elections", subscriber="desk")


def test_a_correction_of_a_told_release_is_untold(store, database_url):
    (story,) = corrected(store, database_url, "Before.", "After.")
    (as_told,) = story.as_told.values()
    assert (as_told.text, story.releases[0].text) == ("Before.", "After.")
    assert story.told == {as_told.id}


def test_what_was_changed_before_it_was_told_is_not_untold(store, database_url):
    assert corrected(store, database_url, "Draft.", "Before.") == ()


def test_a_correction_that_is_told_too_is_not_untold(store, database_url):
    (story,) = corrected(store, database_url, "Before.", "After.")
    checksum = a_text(a_release(text="After.")).key.checksum
    tell(database_url, story.releases[0].id, revision=checksum)
    assert store.untold_stories("elections", subscriber="desk") == ()


def test_a_told_release_that_no_longer_matches_is_untold(store, database_url):
    corrected(store, database_url, "Before.")
    visit = a_visit(a_release(text="After."), finished_at=after(hours=1))
    save(store, visit, readings=readings_of(visit, matches=(a_match(is_match=False),)))
    assert len(store.untold_stories("elections", subscriber="desk")) == 1


def test_the_same_text_at_another_address_is_no_correction(store, database_url):
    corrected(store, database_url, "Before.")
    copy = a_release(text="Before.", url=f"{URL}/print", title="Another title")
    save(store, a_visit(copy, finished_at=after(hours=1)))
    assert store.untold_stories("elections", subscriber="desk") == ()
