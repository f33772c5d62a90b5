"""pollwatch releases find."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.search import Scope
from tests.builders import a_source
from tests.unit.digest.stories import MORNING, NOW, a_stored_release


def test_what_was_found_is_listed(pollwatch):
    pollwatch.store.found = (a_stored_release(), a_stored_release(id="r7", country="JP"))

    result = pollwatch("releases", "find", "vote")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Date        From  Id        Title\n"
        "2024-03-18  FR    r2k4m7p9  Statement on the vote of 17 March\n"
        "2024-03-18  JP    r7        Statement on the vote of 17 March\n"
    )


def test_a_wide_title_gives_way_and_a_missing_one_is_said(pollwatch):
    pollwatch.store.found = (a_stored_release(title="選挙" * 40), a_stored_release(title=""))

    _, wide, bare = pollwatch("releases", "find", "vote").stdout.splitlines()

    assert wide == f"2024-03-18  FR    r2k4m7p9  {'選挙' * 12}…"
    assert bare.endswith("  (no title)")


@pytest.mark.parametrize(
    ("published_at", "date"),
    [
        (None, "not given"),
        (MORNING - timedelta(days=3), "2024-03-15"),
        (MORNING + timedelta(days=400), "2024-03-18"),
    ],
)
def test_a_missing_date_is_not_given_and_one_to_come_is_when_we_saw_it(
    pollwatch, published_at, date
):
    pollwatch.store.found = (a_stored_release(published_at=published_at),)

    assert f"\n{date}  FR" in pollwatch("releases", "find", "vote").stdout


def test_what_was_asked_for_reaches_the_store(pollwatch):
    pollwatch(
        *("releases", "find", "vote", '"so called"', "--limit", "5", "--country", "pl"),
        *("--source", "pl_mfa", "--since", "30d"),
    )
    wanted, scope, at_most = pollwatch.store.asked_for

    assert len(wanted.terms) == 2
    assert (wanted.has_phrases, at_most) == (True, 6)
    assert scope == Scope(source_id="pl_mfa", country="PL", since=NOW - timedelta(days=30))


def test_a_span_that_leaves_the_calendar_means_everything(pollwatch):
    pollwatch("releases", "find", "vote", "--since", "9999y")

    assert pollwatch.store.asked_for[1].since < datetime(1925, 1, 1, tzinfo=NOW.tzinfo)


def test_that_there_is_more_is_said(pollwatch):
    pollwatch.store.found = (a_stored_release(),) * 3

    result = pollwatch("releases", "find", "vote", "--limit", "2")

    assert len(result.stdout.splitlines()) == 3
    assert result.stderr == "These are the newest 2; there are more (--limit).\n"


def test_that_nothing_was_found_is_said_where_it_disturbs_no_program(pollwatch):
    result = pollwatch("releases", "find", "vote")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing found.\n")


@pytest.mark.parametrize("words", ['"', "* --- ()", ""])
def test_without_a_word_there_is_nothing_to_do(pollwatch, words):
    result = pollwatch("releases", "find", words)

    assert result.exit_code == 2
    assert "there is no word to look for" in result.stderr


def test_older_texts_are_made_ready_first_and_it_is_said(pollwatch):
    pollwatch.store.unfolded = (1_200, 700, 200)

    result = pollwatch("releases", "find", "vote")

    assert result.stderr == (
        "Making 1,200 older texts ready for searches, this once …\nNothing found.\n"
    )


def test_programs_get_one_object_a_release(pollwatch):
    pollwatch.store.found = (a_stored_release(),)

    assert pollwatch.records("releases", "find", "vote", "--json") == [
        {
            "release": "r2k4m7p9",
            "story": "s3w5x8z2",
            "source": "xx_economy",
            "institution": "Ministry of Economy",
            "country": "FR",
            "lang": "en",
            "url": "https://press.economy.example/news/1",
            "title": "Statement on the vote of 17 March",
            "published": "2024-03-18T09:00:00Z",
            "first_seen": "2024-03-18T10:00:00Z",
            "relevant": True,
        }
    ]


def test_a_day_is_the_one_that_it_was_where_the_source_is(pollwatch):
    pollwatch.config.sources = (a_source(zone="Asia/Tokyo"),)
    midnight_in_tokyo = datetime(2024, 3, 14, 15, tzinfo=UTC)
    pollwatch.store.found = (
        a_stored_release(source_id="xx_economy", published_at=midnight_in_tokyo),
    )

    assert "\n2024-03-15  FR" in pollwatch("releases", "find", "vote").stdout


def test_programs_get_a_day_where_no_hour_is_known(pollwatch):
    pollwatch.config.sources = (a_source(zone="Europe/Warsaw"),)
    midnight = datetime(2024, 3, 17, 23, 0, tzinfo=UTC)
    pollwatch.store.found = (a_stored_release(published_at=midnight),)

    (release,) = pollwatch.records("releases", "find", "vote", "--json")

    assert release["published"] == "2024-03-18"


def test_the_first_day_of_the_calendar_is_no_reason_to_fail(pollwatch):
    pollwatch.config.sources = (a_source(zone="America/New_York"),)
    first = datetime(1, 1, 1, tzinfo=UTC)
    pollwatch.store.found = (a_stored_release(published_at=first),)

    assert "\n0001-01-01  FR" in pollwatch("releases", "find", "vote").stdout


@pytest.mark.parametrize(
    ("option", "word", "said"),
    [
        ("--source", "xx_econmy", "No source 'xx_econmy' is configured; 'xx_economy' is."),
        ("--country", "poland", "'POLAND' is no code of a country; Poland is PL."),
        ("--country", "qq", "'QQ' is no code of a country; codes are like PL, EU or UN."),
    ],
)
def test_where_nothing_is_found_a_name_that_nobody_knows_is_told(pollwatch, option, word, said):
    result = pollwatch("releases", "find", "vote", option, word)

    assert (result.exit_code, result.stderr) == (0, f"Nothing found. {said}\n")
