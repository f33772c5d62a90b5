"""Every appearance leaves as a row of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.source import SourceId
from tests.builders import NOW, URL, a_fetched, a_record, a_release, a_source, a_visit, an_entry
from tests.integration.storage.saving import SOURCES, after, save

LONG = " ".join(f"word{number}" for number in range(80))


def test_a_row_has_the_fields_of_the_format_in_their_order(desk):
    desk.take_in(a_record(title="Elections", text="They were held."))
    row = desk.row()
    assert (
        " ".join(row) == "id release story source institution country lang url title text published"
        " first_seen relevant score revisions"
    )
    assert {name: row[name] for name in row if name not in {"release", "story"}} == {
        "id": "a1",
        "source": "plmfa",
        "institution": "Ministry of Foreign Affairs of Poland",
        "country": "PL",
        "lang": "en",
        "url": "https://msz.example/statement",
        "title": "Elections",
        "text": "They were held.",
        "published": "2024-03-18",
        "first_seen": "2024-03-18T10:00:00Z",
        "relevant": True,
        "score": 1.0,
        "revisions": 0,
    }


@pytest.mark.parametrize("published", ["2024", "2024-03", "Mon, 18 Mar 2024 10:00:00 +0100"])
def test_a_date_leaves_as_it_came(desk, published):
    desk.take_in(a_record(published=published, published_at=None))
    assert desk.row()["published"] == published


def test_a_date_that_was_not_given_is_none(desk):
    desk.take_in(a_record(published="", published_at=None))
    assert desk.row()["published"] is None


def test_a_language_that_was_not_given_is_the_one_that_was_read(desk):
    desk.take_in(a_record(language="", text="The ministry takes note of the elections today."))
    assert desk.row()["lang"] == "en"


def test_rows_of_one_release_keep_their_own_address_title_date_and_language(desk):
    desk.take_in(
        a_record(id="a1", text=LONG, language="en-GB"),
        a_record(
            id="a2",
            url="https://msz.example/print/1#top",
            title="Printed",
            text=f"{LONG}!",
            published="2024-03-19",
        ),
    )
    one, two = desk.rows()
    assert one["release"] == two["release"]
    assert (one["url"], one["title"], one["text"], one["published"], one["lang"]) == (
        "https://msz.example/statement",
        "Statement on the elections",
        LONG,
        "2024-03-18",
        "en-GB",
    )
    assert (two["url"], two["title"], two["text"], two["published"], two["lang"]) == (
        "https://msz.example/print/1#top",
        "Printed",
        f"{LONG}!",
        "2024-03-19",
        "en",
    )


def test_rows_of_one_announcement_share_its_story(desk):
    desk.take_in(a_record(text=LONG), a_record(source_id=SourceId("jpmofa"), text=LONG))
    one, two = desk.rows()
    assert one["story"] == two["story"]
    assert one["release"] != two["release"]


def test_text_keeps_its_line_breaks(desk):
    desk.take_in(a_record(text=" One.\r\n\r\nTwo.\tThree \n"))
    assert desk.row()["text"] == " One.\r\n\r\nTwo.\tThree \n"


def test_a_fed_release_leaves_under_an_id_that_stays(desk):
    desk.store.remember_sources(SOURCES, now=NOW)
    save(desk.store, a_visit(a_release(text="Before.")))
    before = desk.row()
    corrected = a_fetched(a_release(text="After."), entry=an_entry(title="Corrected"))
    save(desk.store, a_visit(corrected, finished_at=after(hours=1)))
    row = desk.row()
    assert (row["id"], row["url"], row["text"], row["revisions"]) == (
        before["id"],
        URL,
        "After.",
        1,
    )
    assert (row["published"], row["first_seen"]) == (
        "2024-03-18T09:00:00Z",
        "2024-03-18T09:00:02Z",
    )


def test_a_fed_release_without_an_hour_leaves_with_its_day_in_the_sources_zone(desk):
    desk.store.remember_sources(SOURCES, now=NOW)
    desk.zones = {SourceId("xx_economy"): ZoneInfo("Europe/Warsaw")}
    save(desk.store, a_visit(a_release(published_at=datetime(2024, 3, 17, 23, 0, tzinfo=UTC))))
    assert desk.row()["published"] == "2024-03-18"


def test_a_month_stays_a_month_for_whoever_reads_the_release(desk):
    desk.take_in(a_record(published="2024-03", published_at=None))
    (seen,) = desk.store.release(desk.row()["release"]).appearances
    assert (seen.is_imported, seen.published, seen.published_at) == (True, "2024-03", None)


def test_what_a_feed_listed_is_not_called_imported(desk):
    desk.store.remember_sources(SOURCES, now=NOW)
    save(desk.store, a_visit(a_release()))
    (seen,) = desk.store.release(desk.row()["release"]).appearances
    assert (seen.is_imported, seen.published) == (False, "")


def test_two_appearances_of_a_fed_release_have_two_ids(desk):
    desk.store.remember_sources(SOURCES, now=NOW)
    save(desk.store, a_visit(a_release(), a_release(url="https://press.economy.example/en/1")))
    one, two = desk.rows()
    assert one["release"] == two["release"]
    assert one["id"] != two["id"]


def test_an_export_may_hold_one_source_only(desk):
    desk.take_in(a_record(text=LONG), a_record(source_id=SourceId("jpmofa"), text=LONG))
    assert [row["source"] for row in desk.rows(source="jpmofa")] == ["jpmofa"]
    assert desk.rows(source="nobody") == []


def test_more_releases_than_fit_in_a_portion_all_leave(desk):
    desk.store.remember_sources([a_source()], now=NOW)
    desk.take_in(
        *(
            a_record(id=number, url=f"https://msz.example/{number}", text=f"Number {number}.")
            for number in range(1100)
        )
    )
    assert {row["id"] for row in desk.rows()} == {str(number) for number in range(1100)}


def test_an_institution_that_nobody_named_is_not_known(desk):
    desk.take_in(a_record(institution=""))
    assert desk.row()["institution"] is None


def test_the_institution_of_a_configured_source_is_its_name(desk):
    desk.store.remember_sources(SOURCES, now=NOW)
    save(desk.store, a_visit(a_release()))
    assert desk.row()["institution"] == "Ministry of Economy"
