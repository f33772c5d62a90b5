"""A live check of all sources: polite, kept, and gone on with after a stop."""

from __future__ import annotations

import json
import signal
from threading import Event

import pytest

from pollwatch.demo.offices import town_offices
from pollwatch.demo.town import Answer, Town
from tests.e2e.conftest import a_program, finished

# Starting takes a second, on a busy machine many more.
STARTED_S = 60


@pytest.fixture(scope="module")
def checked(tmp_path_factory, town):
    """A town that was polled in part, checked, checked again, and polled by a run."""
    folder = tmp_path_factory.mktemp("checked")
    program = a_program(folder, town)
    program("run", "--source", "ua_mfa", "--all")
    town.clear_book()
    first = program("sources", "check", "--live", "--json", "--html", str(folder / "feeds.html"))
    asked = town.book
    town.clear_book()
    again = program("sources", "check", "--live")
    asked_again = town.book
    later = program("run", "--all", "--json")
    return {
        "folder": folder,
        "first": first,
        "feeds": {one["feed"]: one for one in map(json.loads, first.out.splitlines())},
        "asked": asked,
        "again": again,
        "asked_again": asked_again,
        "run": later.json,
    }


def test_every_feed_is_shown_and_trouble_never_counts(checked):
    assert (checked["first"].code, checked["first"].err) == (0, "")
    assert len(checked["feeds"]) == 33


@pytest.mark.parametrize(
    ("feed", "health", "problems"),
    [
        ("fr_mfa/news", "well", []),
        ("it_mae/news", "well", ["feed_moved"]),
        ("xx_closed/press", "refused", ["feed_refused"]),
        ("xx_vanished/press", "failing", ["feed_unreachable"]),
    ],
)
def test_a_feed_says_how_it_is_and_what_is_to_be_mended(checked, feed, health, problems):
    found = checked["feeds"][feed]

    assert (found["health"], [one["code"] for one in found["problems"]]) == (health, problems)


def test_no_more_than_two_releases_of_a_feed_are_asked_for(checked):
    asked = [note.path for note in checked["asked"] if note.host == "diplomatie.france.example"]

    assert [path for path in asked if path != "/robots.txt"] == [
        "/fr/backend.xml",
        "/fr/conseils-voyageurs/cyclone-madagascar",
        "/fr/onu/conseil-programme-alimentaire",
    ]


def test_what_was_asked_within_the_day_is_not_asked_again(checked):
    assert (checked["again"].code, checked["asked_again"]) == (0, ())
    assert "33 feeds, 0 polled now" in checked["again"].out


def test_what_a_check_did_not_fetch_is_owed_to_the_next_run(checked):
    (feed,) = [one for one in checked["run"]["feeds"] if one["feed"] == "fr_mfa/news"]

    assert (feed["stored"], feed["failed"]) == (2, 0)


def test_the_page_names_each_feed_and_its_mend(checked):
    page = (checked["folder"] / "feeds.html").read_text("utf-8")

    assert "<td>fr_mfa/news</td>" in page
    assert "Write the new address into the source&#39;s file." in page


def test_a_page_without_a_live_check_is_wrong_usage(program):
    done = program("sources", "check", "--html", "x.html")

    assert done.code == 2
    assert "--html goes with --live" in done.err


def test_what_a_run_polled_within_the_day_is_taken_from_there(checked):
    feeds = checked["feeds"]

    assert [name for name, one in feeds.items() if not one["polled_now"]] == ["ua_mfa/news"]
    assert feeds["ua_mfa/news"]["health"] == "well"


def test_a_check_that_is_stopped_says_how_to_go_on(tmp_path):
    is_asked = Event()

    def silent(_):
        is_asked.set()
        return Answer(silence=True)

    with Town({host: {"/robots.txt": silent} for host in town_offices()}) as town:
        process = a_program(tmp_path, town).start("sources", "check", "--live")
        is_asked.wait(timeout=STARTED_S)
        process.send_signal(signal.SIGTERM)
        done = finished(process)

    assert done.code == 130
    assert "still to be asked; the same command goes on with them" in done.err
