"""pollwatch run."""

import json
from contextlib import redirect_stderr
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from domain.poll import Code, Outcome
from pollwatch.cli import commands
from pollwatch.cli.run import poll_line, summary
from pollwatch.wiring import RunResult
from tests.builders import a_problem
from tests.unit.cli.polls import a_poll
from tests.unit.digest.stories import NOW

EMPTY = a_poll(
    outcome=Outcome.FAILED,
    listed=0,
    owed=0,
    known=0,
    stored=0,
    revised=0,
    deferred=0,
    problems=(Code.LISTING_EMPTY,),
    opened=(a_problem(),),
    matched=0,
    stories=0,
)
QUIET = replace(EMPTY, outcome=Outcome.UNCHANGED, problems=(), opened=())


def test_off_a_terminal_a_run_without_problems_is_silent(pollwatch):
    pollwatch.house.polls = (a_poll(),)

    assert (pollwatch("run").output, pollwatch("run").exit_code) == ("", 0)


def test_a_run_that_opens_a_problem_says_what_to_do_and_exits_1(pollwatch):
    pollwatch.house.polls = (a_poll(), EMPTY)

    result = pollwatch("run", "--quiet")

    assert result.exit_code == 1
    assert result.stderr == (
        "listing_empty  xx_economy/news\n"
        "  The listing holds no entries\n"
        "  To do: See whether the page was redesigned\n"
    )


def test_feeds_that_a_configuration_lacks_are_named_with_its_folder(pollwatch):
    pollwatch.house.retired = tuple(f"xx_{number}/news" for number in range(7))
    pollwatch.config.folder = Path("mine")

    result = pollwatch("run", "--quiet")

    assert (result.exit_code, result.stderr) == (
        0,
        (
            "pollwatch: 7 feeds retired, for mine lacks them: xx_0/news, xx_1/news, xx_2/news, "
            "xx_3/news, xx_4/news, …\n"
            "They keep their state, and go on once a configuration names them again.\n"
        ),
    )


def test_a_problem_that_was_open_before_is_not_told_again(pollwatch):
    pollwatch.house.polls = (a_poll(problems=(Code.LISTING_EMPTY,)),)

    assert (pollwatch("run").output, pollwatch("run").exit_code) == ("", 0)


def test_json_ends_with_one_line_about_all_feeds(pollwatch):
    pollwatch.house.polls = (a_poll(), EMPTY)

    (line,) = pollwatch("run", "--json").stdout.splitlines()

    assert json.loads(line) == {
        "feeds": [
            {
                "feed": "xx_economy/news",
                "outcome": "news",
                "listed": 25,
                "owed": 1,
                "known": 20,
                "stored": 2,
                "revised": 1,
                "deferred": 3,
                "skipped": 0,
                "failed": 0,
                "problems": [],
            },
            {
                "feed": "xx_economy/news",
                "outcome": "failed",
                "listed": 0,
                "owed": 0,
                "known": 0,
                "stored": 0,
                "revised": 0,
                "deferred": 0,
                "skipped": 0,
                "failed": 0,
                "problems": ["listing_empty"],
            },
        ],
        "releases": 2,
        "matched": 1,
        "stories": 2,
        "seconds": 41.26,
    }


def test_sources_and_all_are_passed_on(pollwatch):
    pollwatch("run", "--source", "xx_economy", "--all")

    assert pollwatch.house.asked == (("xx_economy",), True)


def test_an_unknown_source_is_wrong_usage(pollwatch):
    result = pollwatch("run", "--source", "xx_economi")

    assert result.exit_code == 2
    assert "there is no source 'xx_economi'" in result.stderr


def test_a_run_that_was_stopped_exits_130(pollwatch):
    pollwatch.house.was_stopped = True

    assert pollwatch("run").exit_code == 130


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (("xx_economy/news",), "xx_economy/news\n"),
        ((), "Nothing is due.\n"),
    ],
)
def test_a_dry_run_names_what_is_due_and_asks_nobody(pollwatch, due, said):
    pollwatch.store.due = due

    assert pollwatch("run", "--dry-run").stdout == said
    assert pollwatch.store.asked_due == (NOW, False)
    assert pollwatch.house.asked is None


def test_a_dry_run_of_all_names_feeds_that_are_not_due(pollwatch):
    assert pollwatch.records("run", "--dry-run", "--all", "--json") == [
        {"due": ["xx_economy/news"]}
    ]


class Terminal(StringIO):
    """A place where somebody reads along."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["run"],
            ("xx_economy/news                  unchanged\n1 feed polled in 41.3 s: nothing new.\n"),
        ),
        (["run", "--quiet"], ""),
    ],
)
def test_on_a_terminal_each_poll_is_a_line_unless_quiet_was_asked_for(pollwatch, words, said):
    pollwatch.house.polls = (QUIET,)
    terminal = Terminal()

    with redirect_stderr(terminal):
        commands.main(words, obj=pollwatch.house.wire, standalone_mode=False)

    assert terminal.getvalue() == said


def test_a_poll_is_one_line_of_what_it_brought():
    assert poll_line(a_poll()) == (
        "xx_economy/news                  news      25 listed, 2 stored, 1 revised, 3 deferred"
    )


def test_a_failed_poll_is_a_line_with_its_problem():
    assert poll_line(EMPTY) == "xx_economy/news                  failed    listing_empty"


@pytest.mark.parametrize(
    ("polls", "was_stopped", "said"),
    [
        (
            (a_poll(), EMPTY),
            False,
            (
                "2 feeds polled in 41.2 s: 2 new releases, 1 matching, 2 new stories, 1 revised, "
                "1 without an answer to read.\n"
                "`pollwatch digest preview` shows what matched."
            ),
        ),
        ((), False, "Nothing is due; `pollwatch run --all` polls nonetheless."),
        ((a_poll(),), True, "Stopped. What was not reached is kept for the next run."),
    ],
)
def test_a_summary_says_what_came_and_what_to_do_next(polls, was_stopped, said):
    assert summary(RunResult(polls=polls, seconds=41.2, was_stopped=was_stopped)) == said
