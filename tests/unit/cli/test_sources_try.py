"""pollwatch sources check and try."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import Busy
from domain.poll import HostMemory
from domain.release import Witness
from tests.builders import (
    NOW,
    a_failed_visit,
    a_feed,
    a_fetched,
    a_problem,
    a_release,
    a_source,
    a_visit,
    an_entry,
    an_original,
    an_owed,
)

WITNESSES = {
    "title": Witness.META,
    "text": Witness.EXTRACTOR,
    "published_at": Witness.TIME,
    "language": Witness.FEED,
}
GOOD = a_release(witnesses=WITNESSES)
OWED = an_owed(
    an_entry(key="2", url="https://press.economy.example/news/2", title="Fishing quotas")
)
REVIEWED = """\
xx_economy/news
  2 entries listed: 1 fetched, 1 deferred
    2024-03-18  Statement on the elections
    2024-03-18  Fishing quotas

  https://press.economy.example/news/1
    title       Statement on the elections (meta)
    published   2024-03-18 09:00 UTC (time)
    language    en (feed)
    text        71 letters (extractor)
      The ministry does not recognise the vote. It was neither free nor fair.

"""


@pytest.fixture
def trying(pollwatch):
    """What `sources try` says of visits."""

    def run(*visits, words=()):
        pollwatch.house.try_source = lambda source_id: visits
        return pollwatch("sources", "try", "xx_economy", *words)

    return run


def test_entries_and_releases_show_with_their_witnesses(trying):
    result = trying(a_visit(GOOD, owed=[OWED]))

    assert (result.exit_code, result.stdout) == (0, REVIEWED)


def test_a_field_without_a_witness_is_told_and_the_exit_is_1(trying):
    witnesses = {name: one for name, one in WITNESSES.items() if name != "published_at"}
    result = trying(a_visit(a_release(witnesses=witnesses, published_at=None)))

    assert result.exit_code == 1
    assert "published   not given (no witness)" in result.stdout
    assert "To do: published: name its place in the source's file: under release, date" in (
        result.stdout
    )


def undecided(*, text, page="en", file=("pl",)):
    """A visit of a feed in these languages that brought a page which declares another."""
    witnesses = {name: one for name, one in WITNESSES.items() if name != "language"}
    body = f"<html lang='{page}'><title>Statement</title></html>".encode()
    release = a_release(
        witnesses=witnesses,
        language=None,
        title="",
        text=text,
        original=an_original(body=body),
    )
    return a_visit(release), a_source(feeds=(a_feed(languages=file),))


POLISH = "Polska nie uznaje wyborów przeprowadzonych na okupowanym terytorium Ukrainy."


def test_where_page_and_file_differ_both_are_shown_and_the_text_decides(pollwatch, trying):
    visit, source = undecided(text=POLISH)
    pollwatch.config.sources = (source,)
    result = trying(visit)
    (feed,) = pollwatch.records("sources", "try", "xx_economy", "--json")

    assert result.exit_code == 0
    assert "    language    pl (its words); the page says en (meta), the file pl (feed)\n" in (
        result.stdout
    )
    assert "To do" not in result.stdout
    assert feed["releases"][0]["languages"] == {"page": "en", "file": ["pl"], "text": "pl"}


def test_a_language_that_the_file_lacks_is_to_be_added_at_the_feed(pollwatch, trying):
    visit, source = undecided(text=POLISH, file=("de",))
    pollwatch.config.sources = (source,)
    result = trying(visit)

    assert result.exit_code == 1
    assert "To do: language: add pl to the feed's, if the release is in it\n" in result.stdout


def test_a_feed_in_several_languages_is_no_fault_where_the_page_says_none(pollwatch, trying):
    visit, source = undecided(text=POLISH, page="", file=("en", "pl"))
    pollwatch.config.sources = (source,)
    result = trying(visit)

    assert result.exit_code == 0
    assert "pl (its words); the page says none, the file en or pl (feed)\n" in (result.stdout)


def test_a_problem_is_told_and_the_exit_is_1(trying):
    result = trying(a_failed_visit(a_problem()))

    assert result.exit_code == 1
    assert "  could not be read\n" in result.stdout
    assert "  listing_empty  xx_economy/news\n" in result.stdout


def test_a_feed_without_a_release_is_nothing_to_rely_on(trying):
    assert trying(a_visit()).exit_code == 1


def test_a_host_that_asks_for_patience_is_told(trying):
    host = HostMemory(host="press.economy.example", not_before_at=NOW + timedelta(hours=1))

    assert "press.economy.example asked to be left alone until 2024-03-18 10:00 UTC." in (
        trying(a_failed_visit(host=host)).stdout
    )


def test_many_entries_are_counted(trying):
    owed = [an_owed(an_entry(key=str(number))) for number in range(12)]

    assert "    … and 2 more\n" in trying(a_visit(owed=owed)).stdout


def test_a_hostile_title_stays_a_title(trying):
    entry = an_entry(key="3", title="Vote\r\n\x1b[2Jheld \u202eback", url=GOOD.url)
    shown = trying(a_visit(a_fetched(GOOD, entry=entry))).stdout

    assert "    2024-03-18  Vote [2Jheld back\n" in shown


def test_a_host_that_somebody_else_asks_is_said_and_the_exit_is_3(pollwatch):
    pollwatch.house.error = Busy("x is being asked by another pollwatch")

    assert pollwatch("sources", "try", "xx_economy").exit_code == 3


def test_programs_get_a_line_for_each_feed(pollwatch, trying):
    trying(a_visit(GOOD, owed=[OWED]))
    (shown,) = pollwatch.records("sources", "try", "xx_economy", "--json")

    assert (shown["feed"], shown["listed"], shown["problems"]) == ("xx_economy/news", 2, [])
    assert [entry["title"] for entry in shown["entries"]] == [
        "Statement on the elections",
        "Fishing quotas",
    ]
    assert shown["releases"][0]["witnesses"] == {
        "title": "meta",
        "text": "extractor",
        "published_at": "time",
        "language": "feed",
    }


def test_check_counts_trust_and_health_and_exits_0(pollwatch):
    pollwatch.store.states = {}
    result = pollwatch("sources", "check")

    assert (result.exit_code, result.stdout) == (
        0,
        "No mistakes in 1 source, 1 feed.\nTrust   1 checked\nHealth  1 untried\n",
    )


def test_programs_get_the_counts(pollwatch):
    assert pollwatch.records("sources", "check", "--json") == [
        {"sources": 1, "feeds": 1, "trust": {"checked": 1}, "health": {"well": 1}}
    ]


def test_a_day_without_an_hour_is_shown_as_a_day_of_the_feeds_zone(pollwatch, trying):
    midnight = datetime(2024, 3, 17, 23, 0, tzinfo=UTC)
    pollwatch.config.sources = (a_source(feeds=(a_feed(zone="Europe/Warsaw"),)),)
    entry = an_entry(published_at=midnight)
    visit = a_visit(a_fetched(replace(GOOD, published_at=midnight), entry=entry))
    shown = trying(visit).stdout
    (feed,) = pollwatch.records("sources", "try", "xx_economy", "--json")

    assert "    2024-03-18  Statement on the elections\n" in shown
    assert "    published   2024-03-18 (time)\n" in shown
    assert feed["entries"][0]["published"] == "2024-03-18"
    assert feed["releases"][0]["published"] == "2024-03-18"
