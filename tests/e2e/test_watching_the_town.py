"""The main job, from press offices to what is held, as a process of its own."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest
from protego import Protego

from pollwatch.demo.expected import PROBLEMS, REPRINTS, Subject, addresses, statements
from pollwatch.demo.offices.press import press_offices
from tests.e2e.conftest import a_program

DEMO_DAY = date(2024, 3, 20)
CORRECTION_DAY = date(2024, 3, 21)
PAUSE_S = 0.020
TOLERANCE_S = 0.010


@pytest.fixture(scope="module")
def first(tmp_path_factory, town):
    """A first visit to the whole town, with its visitor's book and what was held after it."""
    program = a_program(tmp_path_factory.mktemp("first"), town)
    done = program("run", "--all", "--json")
    return program, done, town.book, program.held()


@pytest.fixture(scope="module")
def again(first, town):
    """The same visit once more, while the town has nothing new."""
    program, *_ = first
    town.clear_book()
    done = program("run", "--all", "--json")
    return done, town.book, program.held()


def feeds(done):
    return {feed["feed"]: feed for feed in done.json["feeds"]}


def requests_by_host(book):
    hosts = defaultdict(list)
    for note in sorted(book, key=lambda note: note.began):
        hosts[note.host].append(note)
    return hosts


def test_every_entry_of_every_feed_has_one_fate(first):
    _, done, *_ = first
    fates = ("known", "stored", "revised", "deferred", "skipped", "failed")

    unequal = [
        name
        for name, feed in feeds(done).items()
        if sum(feed[fate] for fate in fates) != feed["listed"] + feed["owed"]
    ]
    assert unequal == []


def test_problems_open_and_the_exit_code_says_so(first):
    _, done, *_ = first

    reported = {name: feed["problems"] for name, feed in feeds(done).items() if name in PROBLEMS}
    assert done.code == 1
    assert reported == {name: [code] for name, code in PROBLEMS.items()}


def test_the_founding_case_is_held_with_the_reprint_in_one_story(first):
    *_, held = first

    stories = {row["story"] for row in held if row["source"] in {"eu_eeas", "se_gov"}}
    by_source = {
        (row["source"], row["story"])
        for row in held
        if row["source"] in {"eu_eeas", "se_gov"} and row["matches"] and row["matches"][0][2]
    }
    shared = [story for story in stories if {("eu_eeas", story), ("se_gov", story)} <= by_source]
    assert len(shared) == 1


def test_one_request_at_a_time_goes_to_a_host_and_the_pause_is_kept(first):
    *_, book, _ = first

    too_soon = [
        (earlier.path, later.path, later.began - earlier.ended)
        for notes in requests_by_host(book).values()
        for earlier, later in pairwise(notes)
        if later.began - earlier.ended < PAUSE_S - TOLERANCE_S
    ]
    assert too_soon == []


def test_the_first_thing_asked_of_a_host_is_its_robots_txt_and_only_once(first):
    *_, book, _ = first

    asked = {
        host: [note.path for note in notes].index("/robots.txt")
        for host, notes in requests_by_host(book).items()
    }
    times = [note.host for note in book if note.path == "/robots.txt"]
    assert set(asked.values()) == {0}
    assert len(times) == len(set(times))


def test_nothing_is_asked_for_that_robots_txt_disallows(first):
    *_, book, _ = first

    rules = {office.host: Protego.parse(office.robots) for office in press_offices()}
    asked = [note for note in book if note.host in rules and note.path != "/robots.txt"]
    assert "Disallow: /media-only/" in "".join(office.robots for office in press_offices())
    assert [
        note.path for note in asked if not rules[note.host].can_fetch(note.path, "pollwatch")
    ] == []


def test_we_say_who_we_are_and_keep_no_cookies(first):
    *_, book, _ = first

    agents = {note.headers.get("user-agent") for note in book}
    assert agents == {"pollwatch (demo in a town on this machine)"}
    assert [note for note in book if "cookie" in note.headers] == []


def test_a_second_visit_asks_conditionally_and_brings_nothing(again):
    done, book, _ = again

    answered = {note.path for note in book if note.status == 304}
    assert done.json["releases"] == 0
    assert len(answered) >= 15


def test_a_second_visit_asks_for_no_robots_txt_and_no_page_that_it_had(first, again):
    _, _, book, _ = first
    _, second, _ = again

    listings = {note.path for note in second if note.status in {200, 304}}
    had = {note.path for note in book if note.status == 200} - listings
    assert [note.path for note in second if note.path == "/robots.txt"] == []
    assert [note.path for note in second if note.path in had] == []


def test_a_host_that_asked_for_patience_is_left_alone(again):
    _, book, _ = again

    assert [note.path for note in book if note.host == "busy.example"] == []


def test_a_second_visit_changes_nothing_that_is_held(first, again):
    *_, held = first
    *_, held_again = again

    assert held_again == held


def test_a_corrected_release_is_one_revision(tmp_path, town):
    program = a_program(tmp_path / "corrected", town)
    program("run", "--all")
    town.day = CORRECTION_DAY
    done = program("run", "--all", "--json")
    town.day = DEMO_DAY

    assert sum(feed["revised"] for feed in done.json["feeds"]) == 1
    assert max(len(row["revisions"]) for row in program.held()) == 2


@pytest.fixture(scope="module")
def told(first):
    """The stories that a digest of everything tells."""
    program, *_ = first
    return [json.loads(line) for line in program("digest", "preview", "--json").out.splitlines()]


def test_the_digest_holds_each_statement_once(told):
    titles = Counter(story["title"] for story in told)

    expected = [one.title for one in statements(DEMO_DAY) if one.source_id not in REPRINTS]
    assert {title: titles[title] for title in expected} == dict.fromkeys(expected, 1)


def test_a_reprint_stands_beneath_the_statement_that_it_repeats(told):
    assert [
        [place["institution"] for place in story["also"]] for story in told if story["also"]
    ] == [["Government of Sweden"]]


@pytest.mark.parametrize("about", [Subject.LOOK_ALIKE, Subject.ORDINARY])
def test_the_digest_holds_no_look_alike_and_nothing_ordinary(told, about):
    told_addresses = {re.sub(r"^http://|:\d+(?=/)", "", story["url"]) for story in told}

    assert told_addresses.intersection(addresses(DEMO_DAY, about=Subject.THE_VOTE))
    assert told_addresses.intersection(addresses(DEMO_DAY, about=about)) == set()


@pytest.mark.parametrize(
    "statement",
    [one for one in statements(DEMO_DAY) if one.source_id not in REPRINTS],
    ids=lambda one: f"{one.source_id} {one.language}",
)
def test_the_digest_quotes_the_sentence_that_decides(first, statement):
    program, *_ = first
    digest = "".join(program("digest", "preview").out.replace("*", "").split())

    assert "".join(statement.decisive.split()) in digest
