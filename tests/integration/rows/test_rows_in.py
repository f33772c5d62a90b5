"""Rows come in once, under their own ids, and never as news."""

from __future__ import annotations

import pytest

from domain.record import Imported
from domain.source import SourceId
from tests.builders import NOW, a_feed, a_record, a_release, a_source, a_visit
from tests.integration.storage.saving import save

LONG = " ".join(f"word{number}" for number in range(80))


def test_a_row_is_a_new_release_of_a_new_source(desk):
    assert desk.take_in(a_record()) == Imported(
        new=1, releases=1, matched=1, stories=1, sources=(SourceId("plmfa"),)
    )


def test_a_row_that_is_known_is_nothing_new(desk):
    desk.take_in(a_record(), a_record(id="a2", title="", text="", url=""))
    before = desk.rows()
    again = desk.take_in(a_record(), a_record(id="a2", title="", text="", url=""))
    assert again == Imported(known=2)
    assert [row | {"first_seen": ""} for row in desk.rows()] == [
        row | {"first_seen": ""} for row in before
    ]


def test_a_row_with_another_text_is_a_revision(desk):
    desk.take_in(a_record(text="We do not recognise the elections."))
    changed = desk.take_in(a_record(text="We do not recognise the elections there."))
    assert (changed.revised, changed.new, changed.releases) == (1, 0, 0)
    row = desk.row()
    assert (row["text"], row["revisions"]) == ("We do not recognise the elections there.", 1)
    release = desk.store.release(row["release"])
    assert [one.text for one in release.revisions] == [
        "We do not recognise the elections.",
        "We do not recognise the elections there.",
    ]


def test_one_id_is_one_release_however_little_its_texts_have_in_common(desk):
    desk.take_in(a_record(title="Before", text="One thing."))
    assert desk.take_in(a_record(title="After", text="Quite another matter.")).revised == 1
    assert desk.store.counts().releases == 1


def test_one_id_is_one_release_also_where_its_address_changed(desk):
    desk.take_in(a_record(text="One thing."))
    moved = a_record(text="Quite another matter.", url="https://msz.example/moved")
    assert desk.take_in(moved).revised == 1
    row = desk.row()
    assert (row["url"], row["text"]) == ("https://msz.example/moved", "Quite another matter.")
    assert row["revisions"] == 1


def test_a_second_text_in_the_same_file_is_a_revision_too(desk):
    done = desk.take_in(a_record(text="Before."), a_record(text="After."))
    assert (done.new, done.revised) == (1, 1)
    assert desk.row()["text"] == "After."


def test_a_row_may_go_back_to_its_earlier_text(desk):
    desk.take_in(a_record(text="Before."))
    desk.take_in(a_record(text="After."))
    assert desk.take_in(a_record(text="Before.")).revised == 1
    row = desk.row()
    assert (row["text"], row["revisions"]) == ("Before.", 1)
    assert desk.store.release(row["release"]).text == "Before."


def test_a_row_that_takes_the_words_of_another_joins_its_release(desk):
    desk.take_in(
        a_record(id="a1", text=f"One {LONG}", url="https://msz.example/1"),
        a_record(id="a2", text=f"Two {LONG}", url="https://msz.example/2"),
    )
    desk.take_in(a_record(id="a1", text=f"Two {LONG}", url="https://msz.example/2"))
    one, two = desk.rows()
    assert (one["id"], two["id"]) == ("a2", "a1")
    assert one["release"] == two["release"]
    assert desk.store.check() == ()


def test_every_id_is_an_appearance_of_its_own(desk):
    desk.take_in(a_record(id="a1"), a_record(id="a2"))
    assert [row["id"] for row in desk.rows()] == ["a1", "a2"]
    assert desk.store.counts().releases == 1


def test_the_same_id_in_two_sources_is_two_rows(desk):
    desk.take_in(a_record(), a_record(source_id=SourceId("jpmofa"), country="JP"))
    assert {row["source"]: row["country"] for row in desk.rows()} == {"plmfa": "PL", "jpmofa": "JP"}


def test_rows_without_an_address_are_told_apart(desk):
    desk.take_in(
        a_record(id="a1", url="", title="", text=f"One {LONG}"),
        a_record(id="a2", url="", title="", text=f"Two {LONG}"),
    )
    assert desk.store.counts().releases == 2


def test_one_text_in_two_sources_is_one_story(desk):
    desk.take_in(a_record(text=LONG), a_record(source_id=SourceId("jpmofa"), text=LONG))
    assert (desk.store.counts().releases, desk.store.counts().stories) == (2, 1)


def test_each_row_keeps_its_own_institution(desk):
    desk.take_in(
        a_record(id="a1", url="https://msz.example/1", text=f"One {LONG}"),
        a_record(
            id="a2",
            url="https://mofa.example/2",
            text=f"Two {LONG}",
            institution="Ministry of Foreign Affairs of Japan",
            country="JP",
        ),
    )
    releases = (desk.store.release(row["release"]) for row in desk.rows())
    assert {(one.institution, one.country) for one in releases} == {
        ("Ministry of Foreign Affairs of Poland", "PL"),
        ("Ministry of Foreign Affairs of Japan", "JP"),
    }


def test_a_source_that_is_configured_keeps_its_name(desk):
    desk.store.remember_sources([a_source(id=SourceId("plmfa"), name="Poland")], now=NOW)
    assert desk.take_in(a_record()).sources == ()
    assert desk.store.release(desk.row()["release"]).institution == "Poland"


def test_an_imported_source_is_watched_by_nobody_and_never_retired(desk):
    desk.take_in(a_record())
    desk.store.remember_sources([a_source()], now=NOW)
    assert [*desk.store.feed_states()] == ["xx_economy/news"]
    assert desk.take_in(a_record(id="a2")).sources == ()


def test_an_imported_match_is_news_to_nobody(desk):
    desk.take_in(a_record(), subscribers=("desk", "boss"))
    assert desk.store.untold_stories("elections", subscriber="desk") == ()
    assert desk.store.untold_stories("elections", subscriber="boss") == ()


def test_an_imported_revision_that_begins_to_match_is_news_to_nobody(desk):
    desk.take_in(a_record(title="Trade", text="Steel."), subscribers=("desk",))
    desk.take_in(a_record(title="Elections", text="Steel."), subscribers=("desk",))
    assert desk.row()["relevant"]
    assert desk.store.untold_stories("elections", subscriber="desk") == ()


def test_what_a_feed_brought_stays_news_when_it_is_imported_too(desk):
    feed = a_feed(source_id=SourceId("plmfa"))
    desk.store.remember_sources([a_source(id=SourceId("plmfa"), feeds=(feed,))], now=NOW)
    listed = a_release(source_id=SourceId("plmfa"), text="Elections, they say.")
    save(desk.store, a_visit(listed, feed=feed))
    desk.take_in(a_record(url=listed.url, text="Elections, they say!"), subscribers=("desk",))
    (story,) = desk.store.untold_stories("elections", subscriber="desk")
    assert len(story.releases) == 1


def test_what_was_imported_is_found_by_its_address(desk):
    desk.take_in(a_record(url="https://msz.example/statement?utm_source=mail"))
    release = desk.row()["release"]
    assert desk.store.release_at("https://MSZ.example/statement").id == release
    assert desk.store.release_at("https://msz.example/statement?utm_source=mail").id == release
    assert desk.store.release_at("https://msz.example/other") is None


@pytest.mark.parametrize("odd", ["a\x00b", "long " * 5000])
def test_odd_words_are_stored_and_known_again(desk, odd):
    record = a_record(id=odd, title=odd, text=odd, url=odd, institution=odd, country=odd)
    assert desk.take_in(record).new == 1
    assert desk.take_in(record).known == 1
    assert desk.store.check() == ()
