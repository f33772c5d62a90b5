"""pollwatch problems."""

from datetime import timedelta

from domain.poll import Code
from domain.watching import Room
from tests.unit.cli.polls import a_known_problem
from tests.unit.digest.stories import NOW

PASSING = a_known_problem(code=Code.FEED_UNREACHABLE, opened_at=None, count=1)
OVER = a_known_problem(
    code=Code.PAGE_TOO_LARGE,
    place="https://press.economy.example/a b",
    closed_at=NOW - timedelta(hours=2),
)

REVIEWED = """\
listing_empty  xx_economy/news
  Since 2024-03-19 07:00 UTC; seen in 23 polls, last 2024-03-20 06:00 UTC.
  'article.teaser' found nothing on a good page of 84 kB
  To do: see whether the page was redesigned, and mend listing.item

"""


def test_an_open_problem_says_what_where_since_when_and_what_to_do(pollwatch):
    pollwatch.store.known = (a_known_problem(), PASSING, OVER)

    result = pollwatch("problems", "list")

    assert (result.exit_code, result.stdout) == (0, REVIEWED)


def test_all_shows_what_may_pass_and_what_is_over(pollwatch):
    pollwatch.store.known = (PASSING, OVER)

    shown = pollwatch("problems", "list", "--all").stdout

    assert (
        "feed_unreachable  xx_economy/news\n"
        "  Since 2024-03-19 07:00 UTC, may still pass by itself; seen in 1 poll, last\n"
        "  2024-03-20 06:00 UTC.\n"
    ) in shown
    assert (
        "page_too_large  https://press.economy.example/a%20b\n"
        "  Over since 2024-03-20 05:00 UTC; seen in 23 polls, last 2024-03-20 06:00\n  UTC.\n"
    ) in shown


def test_none_open_is_said(pollwatch):
    assert pollwatch("problems", "list").stdout == "No problem is open.\n"


def test_none_open_is_silence_where_quiet_was_asked_for(pollwatch):
    assert pollwatch("problems", "list", "--quiet").stdout == ""


def test_a_problem_without_a_hint_promises_none(pollwatch):
    pollwatch.store.known = (a_known_problem(hint=""),)

    assert "To do" not in pollwatch("problems", "list").stdout


def test_what_a_page_wrote_cannot_move_the_cursor(pollwatch):
    pollwatch.store.known = (a_known_problem(detail="\x1b[2J\nAll is well"),)

    assert "\n  [2J All is well\n" in pollwatch("problems", "list").stdout


def test_programs_get_a_line_each(pollwatch):
    pollwatch.store.known = (a_known_problem(),)

    assert pollwatch.records("problems", "list", "--json") == [
        {
            "code": "listing_empty",
            "place": "xx_economy/news",
            "feed": "xx_economy/news",
            "state": "open",
            "since": "2024-03-19T07:00:00Z",
            "last": "2024-03-20T06:00:00Z",
            "count": 23,
            "detail": "'article.teaser' found nothing on a good page of 84 kB",
            "hint": "see whether the page was redesigned, and mend listing.item",
        }
    ]


def test_programs_learn_the_state_of_each(pollwatch):
    pollwatch.store.known = (PASSING, OVER)
    states = [line["state"] for line in pollwatch.records("problems", "list", "--all", "--json")]

    assert states == ["waiting", "closed"]


def test_programs_get_nothing_where_nothing_is_open(pollwatch):
    assert pollwatch.records("problems", "list", "--json") == []


def test_what_can_only_be_seen_now_says_when(pollwatch):
    pollwatch.store.upkeep.disk = Room(place="/data/pollwatch.db", free=1_000_000, held=2_000_000)

    assert pollwatch("problems", "list").stdout == (
        "disk_low  /data/pollwatch.db\n"
        "  Seen 2024-03-20 07:00 UTC.\n"
        "  1 MB are free on the disk of the database, which takes 2 MB; an upgrade\n"
        "  copies it first\n"
        "  To do: Make room: old copies lie beside the database, and `pollwatch db\n"
        "  prune` lets it use its own room again\n\n"
    )
