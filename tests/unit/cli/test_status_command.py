"""pollwatch status."""

from dataclasses import replace
from datetime import timedelta

from domain.poll import Code
from domain.watching import Room
from tests.builders import a_feed, a_source, an_owed
from tests.unit.cli.polls import a_known_problem
from tests.unit.digest.stories import NOW, a_state

REVIEWED = """\
Database    sqlite:////data/pollwatch.db
Feeds       2: 1 well, 1 untried
Last poll   2024-03-20 06:00 UTC
Releases    312: 14 matching, 3 revised
Stories     298
Owed        4 entries; `pollwatch status --json` lists them
Problems    none open
"""


FEED_CODES = (
    Code.FEED_UNREACHABLE,
    Code.FEED_REFUSED,
    Code.FEED_GONE,
    Code.FEED_MOVED,
    Code.FEED_NOT_A_FEED,
    Code.FEED_GAP,
    Code.FEED_SILENT,
    Code.FEED_LATE,
)


def test_everything_is_seen_at_a_glance(pollwatch):
    new = a_source(id="yy_new", feeds=(a_feed(id="yy_new/news"),))
    pollwatch.config.sources = (*pollwatch.config.sources, new)

    result = pollwatch("status")

    assert (result.exit_code, result.stdout) == (0, REVIEWED)


def test_it_exits_1_while_a_problem_is_open(pollwatch):
    pollwatch.store.known = (a_known_problem(),)

    result = pollwatch("status")

    assert result.exit_code == 1
    assert (
        "Problems    1 open; `pollwatch problems list` says what to do:\n"
        "            1 listing_empty\n"
    ) in result.stdout


def test_problems_are_counted_by_kind_within_80_columns(pollwatch):
    pollwatch.store.known = tuple(
        a_known_problem(code=code, place=f"xx_economy/{number}")
        for code in FEED_CODES
        for number in range(2)
    )

    lines = pollwatch("status").stdout.partition("Problems    16 open")[2].splitlines()

    assert lines[1:3] == [
        "            2 feed_unreachable, 2 feed_refused, 2 feed_gone, 2 feed_moved, 2",
        "            feed_not_a_feed, 2 feed_gap, 2 feed_silent, 2 feed_late",
    ]


def test_a_disk_that_is_nearly_full_is_a_problem(pollwatch):
    pollwatch.store.upkeep.disk = Room(place="/data/pollwatch.db", free=1_000, held=2_000)

    result = pollwatch("status")

    assert result.exit_code == 1
    assert "            1 disk_low\n" in result.stdout


def test_keywords_that_nobody_applied_for_a_day_are_a_problem(pollwatch):
    pollwatch.store.upkeep.rules_used_at = NOW - timedelta(days=2)
    pollwatch.store.judgements.unjudged = 214_000

    assert "            1 keywords_not_applied\n" in pollwatch("status").stdout


def test_keywords_that_were_edited_just_now_are_none(pollwatch):
    pollwatch.store.upkeep.rules_used_at = NOW - timedelta(hours=2)
    pollwatch.store.judgements.unjudged = 214_000

    result = pollwatch("status")

    assert result.exit_code == 0
    assert "214,000 stored texts not yet judged again" in result.stdout


def test_a_problem_that_may_pass_by_itself_is_not_open(pollwatch):
    pollwatch.store.known = (a_known_problem(opened_at=None),)

    assert pollwatch("status").exit_code == 0


def test_it_answers_before_the_first_run(pollwatch):
    pollwatch.store.states = {}
    pollwatch.config.sources = ()

    shown = pollwatch("status").stdout

    assert "Feeds       none\nLast poll   never\n" in shown


def test_feeds_that_left_the_configuration_are_counted_apart(pollwatch):
    gone = replace(a_state("yy_gone/news"), is_retired=True)
    pollwatch.store.states = {**pollwatch.store.states, "yy_gone/news": gone}

    assert (
        "Feeds       1: 1 well\nRetired     1 feed that the last run's configuration lacked\n"
    ) in pollwatch("status").stdout
    assert pollwatch.records("status", "--json")[0]["retired"] == 1


def test_programs_get_one_object(pollwatch):
    pollwatch.store.states = {"xx_economy/news": a_state(last_polled_at=NOW - timedelta(days=1))}

    assert pollwatch.records("status", "--json") == [
        {
            "database": "sqlite:////data/pollwatch.db",
            "feeds": {"well": 1},
            "last_polled": "2024-03-19T07:00:00Z",
            "polls": 40,
            "releases": 312,
            "matched": 14,
            "revised": 3,
            "stories": 298,
            "owed": 4,
            "owed_entries": [],
            "problems": 0,
            "open_problems": {},
            "retired": 0,
            "unjudged": 0,
        }
    ]


def test_programs_get_every_entry_that_is_owed(pollwatch):
    pollwatch.store.owes = {"xx_economy/news": (an_owed(attempts=2),)}

    assert pollwatch.records("status", "--json")[0]["owed_entries"] == [
        {
            "feed": "xx_economy/news",
            "url": "https://press.economy.example/news/1",
            "title": "Statement on the elections",
            "attempts": 2,
            "not_before": "2024-03-18T09:00:00Z",
            "reason": "budget reached",
        }
    ]


def test_a_password_of_the_database_is_starred_out(pollwatch):
    url = "postgresql://desk:s%20t@db.example/news"
    pollwatch.config.settings.database.url = url

    assert "postgresql://desk:***@db.example/news" in pollwatch("status").stdout
